"""Citations in running text: where a document number or a 第…条 stands, and what it names.

Reading running text is guessing where a name begins (see LEADING); a mention is a help for reader and graph, and never
the ground of a decision.
"""

import re
from typing import NamedTuple

from gongbao.kernel.citation import official_number, read_places
from gongbao.kernel.numerals import NUMERAL, to_chinese, to_int

# words that come before the code of an issuer without a mark between: 根据国办发〔2019〕35号
LEADING = (
    "根据",
    "依据",
    "按照",
    "依照",
    "参照",
    "执行",
    "印发",
    "贯彻",
    "落实",
    "废止",
    "修订",
    "以及",
    "的",
    "和",
    "及",
    "与",
    "见",
    "对",
    "年",
)

_OPEN, _CLOSE = "[(（\\[［〔【]", "[)）\\]］〕】]"
_ANY = f"(?:[0-9０-９]+|[{NUMERAL}]+)"
_YEAR = "(?:[12１２][0-9０-９]{3}|[一二][〇○零一二三四五六七八九]{3})"
_CODE = f"[一-龥]{{1,14}}\\s*(?:{_OPEN}\\s*{_YEAR}\\s*{_CLOSE}|令)"
_NUMBER = re.compile(f"{_CODE}\\s*第?\\s*{_ANY}\\s*号")
_TITLE = re.compile("《[^《》]*[^《》\\s][^《》]*》")
_BELOW = f"第\\s*(?:{_OPEN}\\s*{_ANY}\\s*{_CLOSE}|{_ANY})\\s*[款项目]"
_ARTICLE = f"第\\s*{_ANY}\\s*条(?:之[{NUMERAL}]+)?"
_PROVISION = re.compile(f"{_ARTICLE}(?:\\s*{_BELOW})*")
_LIST = re.compile(f"第\\s*((?:{_ANY}\\s*、\\s*)+{_ANY})\\s*条")  # 第二、三条
_NEXT = re.compile(f"\\s*(?:至|到|、|和|及|或|或者|以及|与|—|-|~|～)\\s*({_BELOW}(?:\\s*{_BELOW})*)")
_SOMEWHERE = re.compile(f"{_NUMBER.pattern}|{_TITLE.pattern}|{_LIST.pattern}|{_PROVISION.pattern}")


class Mention(NamedTuple):
    """start, end: positions in the text; document: official number or 《title》, "" where none is named (this one);
    steps: of the provision, () where the document alone is named."""

    start: int
    end: int
    document: str
    steps: tuple[str, ...]


def find_document_numbers(text: str) -> list[Mention]:
    """Every document number in the text, in order: 京建法〔2025〕2号, 国发[2012]52号, 国务院令第427号."""
    found = []
    for match in _NUMBER.finditer(text):
        start = match.start() + _leading(match[0])
        found.append(Mention(start, match.end(), official_number(text[start : match.end()]), ()))
    return found


def find_citations(text: str) -> list[Mention]:
    """Every document number, and every 第…条 with the document named right before it, in order of the text.

    《条例》第六十五条第(一)项至第(六)项 gives both ends, 第二、三条 two articles. The heading "第七条" at the start of
    an article is found too: the caller knows where articles begin.
    """
    found: list[Mention] = []
    document, document_end, title_start = "", -1, -1
    at = 0
    while match := _SOMEWHERE.search(text, at):
        at = match.end()
        if match[0].startswith("《"):
            document, document_end, title_start = official_number(match[0]), at, match.start()
            continue
        if numbers := find_document_numbers(match[0]):
            start = match.start() + numbers[0].start
            document, document_end, title_start = numbers[0].document, at, -1
            found.append(Mention(start, at, document, ()))
            continue
        near = document_end >= 0 and re.fullmatch(r"[)）〕]?\s*(?:的|中)?\s*", text[document_end : match.start()])
        named = document if near else ""
        if near and title_start < 0:  # the number and its provision are one mention
            start = (
                found.pop().start if found and found[-1].document == named and not found[-1].steps else match.start()
            )
        else:
            start = title_start if near else match.start()
        mentions, at = _provisions(text, match, start, named)
        found += mentions
        document_end, title_start = -1, -1
    return found


def _leading(code: str) -> int:
    """How many characters at the start of a code belong to the sentence before it."""
    issuer = re.match("[一-龥]+", code)
    run = issuer[0].removesuffix("令") if issuer else ""
    return max((run.rfind(word, 0, -1) + len(word) for word in LEADING if word in run[:-1]), default=0)


def _provisions(text: str, match: re.Match[str], start: int, document: str) -> tuple[list[Mention], int]:
    """The provisions that begin at a match, with those joined to it (至, 、, 和), and the end of the last."""
    listed = _LIST.fullmatch(match[0])
    if listed:
        articles = [f"第{to_chinese(to_int(number.strip()))}条" for number in listed[1].split("、")]
        return [Mention(start, match.end(), document, (article,)) for article in articles], match.end()
    first = Mention(start, match.end(), document, read_places(match[0]) or ())
    found, end = [first], match.end()
    while joined := _NEXT.match(text, end):
        depth = 1 if "款" in joined[1] or len(first.steps) < 3 else 2  # 第一款第（二）项、第（三）项 keeps 第一款
        above = "".join(first.steps[:depth])
        found.append(Mention(joined.start(1), joined.end(), document, read_places(above + joined[1]) or ()))
        end = joined.end()
    return found, end
