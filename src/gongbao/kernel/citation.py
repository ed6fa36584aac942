"""Where a rule stands: one citation, whatever way it was written.

A citation names a document (文号, or 《title》 of a law), if need be a work issued under that number (通知, 附件, 清单,
说明), and the steps down to the provision. Two kinds of steps: *places* in a text that is cut into numbered parts
(第七条, 第三条之一, 三（三）8) and *rows* of a table (附件 项目人员素质, 附件 扣分项 3, 清单 59).

    parse("京建法[2025]第2号第7条") == parse("京建法〔2025〕2号 第七条")

How a form is written out is explained in docs/explanation/citations.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering

from gongbao.kernel.numerals import NUMERAL, to_chinese, to_int

EXPECTED = (
    "应为文号加条款,如“京建法〔2025〕2号 第七条”、“京技管发〔2025〕33号 三（三）8”、“京建法〔2025〕2号 附件 党员发展”"
    " / expected a document number and a provision, such as 京建法〔2025〕2号 第七条"
)

_OPEN, _CLOSE = "[(\\[〔【]", "[)\\]〕】]"
_ANY = f"(?:[0-9]+|[{NUMERAL}]+)"
_CN = f"[{NUMERAL}]+"
_DOCUMENT = re.compile(
    f"[(]?(?:(?P<issuer>[^\\W\\d_]+){_OPEN}(?P<year>{_ANY}){_CLOSE}第?(?P<no>{_ANY})号"
    f"|(?P<by>[^\\W\\d_]+)令第?(?P<order>{_ANY})号|(?P<title>《.+?》))[)]?"
)
_WORK = re.compile(f"(?P<name>通知|说明|清单|附件|附表|附录)(?P<no>{_ANY}(?=[\\s第(:,]|$))?")
# what may stand between document, work and provision
_BETWEEN = re.compile("(?:[\\s,:、]|的(?=第|附|通知|说明|清单))*")
_TABLES = ("附件", "附表", "附录", "清单")
_PLACE = re.compile(
    f"第(?P<open>\\()?(?P<no>{_ANY})(?(open)\\))(?P<kind>编|章|节|条|款|项|目|部分)(?P<of>(?:之{_ANY})*)"
    f"|\\((?P<item>{_ANY})\\)|(?P<part>{_CN})、?|(?P<number>[0-9]+(?:\\.[0-9]+)*)[.、]?"
)
# full-width forms of what NFKC made narrow; only these are the official ones
_WIDE = str.maketrans("(),:;!?", "（），：；！？")


def _narrow(text: str) -> str:
    """Full-width digits, letters and brackets made half-width (① and ⑴ too), spaces at both ends dropped."""
    return unicodedata.normalize("NFKC", text).strip()


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def official_number(text: str) -> str:
    """The official form of a document number or 《title》: 京建法［2025］第２号 → 京建法〔2025〕2号.

    Raises ValueError (Chinese and English) for anything else.
    """
    match = _DOCUMENT.fullmatch(_squeeze(_narrow(text)))
    if not match:
        raise ValueError(f"“{text}”不是文号;应如“京建法〔2025〕2号” / not a document number such as 京建法〔2025〕2号")
    return _document(match)


def _document(match: re.Match[str]) -> str:
    if match["title"]:
        return match["title"].translate(_WIDE)
    if match["order"]:
        return f"{match['by']}令第{to_int(match['order'])}号"
    return f"{match['issuer']}〔{to_int(match['year'])}〕{to_int(match['no'])}号"


def _place(match: re.Match[str], before: str) -> str:
    """The official form of one step, given the step before it (项 is written out only below a 款)."""
    if match["item"]:
        arabic = match["item"].isdigit()
        if not arabic and before.endswith("款"):
            return f"第（{to_chinese(to_int(match['item']))}）项"
        return f"（{int(match['item']) if arabic else to_chinese(to_int(match['item']))}）"
    if match["part"]:
        return to_chinese(to_int(match["part"]))
    if match["number"]:
        return ".".join(str(int(part)) for part in match["number"].split("."))
    kind, number = match["kind"], to_int(match["no"])
    if kind == "目":
        return str(number)
    if kind == "部分":
        return to_chinese(number)
    if kind == "项":
        if before.endswith("款"):
            return f"第（{to_chinese(number)}）项"
        if match["no"].isdigit() and "条" not in before:  # 第8项 of a document in numbered parts
            return f"（{number}）" if match["open"] else str(number)
        return f"（{to_chinese(number)}）"
    inserted = "".join(f"之{to_chinese(to_int(n))}" for n in match["of"].split("之")[1:])
    return f"第{to_chinese(number)}{kind}{inserted}"


def read_places(text: str) -> tuple[str, ...] | None:
    """The steps of "第十条第一款第（二）项" or "三（三）8"; None when the text is no such thing."""
    steps: list[str] = []
    text, at = _squeeze(_narrow(text)), 0
    while at < len(text):
        match = _PLACE.match(text, at)
        if not match:
            return None
        try:
            step = _place(match, steps[-1] if steps else "")
        except ValueError:  # 第〇条, 第10000条
            return None
        if "条" in step and all(s.endswith(("编", "章", "节")) for s in steps):
            steps.clear()  # articles are counted through the whole document, whatever chapter they stand in
        steps.append(step)
        at = match.end()
    return tuple(steps)


def _row(text: str) -> tuple[str, ...]:
    """Group (it ends in 项 or 类) and name or position of a row: "加分项 *党建融合" two steps, "12345 诉求" one."""
    words = [word for word in re.split(r"\s+|(?<=\s)[*]|^[*]", text) if word]
    group = [words.pop(0)] if len(words) > 1 and words[0].endswith(("项", "类")) else []
    name = "".join(words).lstrip("*,:、").translate(_WIDE)
    quotes = iter("“”" * name.count('"'))
    name = re.sub('"', lambda _: next(quotes), name)
    return (*group, str(int(name)) if name.isdecimal() else name) if name else tuple(group)


@total_ordering
@dataclass(frozen=True)
class Citation:
    """document: official number or 《title》; work: "" (the issued document itself) or 通知, 附件2 …; steps: downwards.

    Whatever spelling goes in, the official one is kept, so equal citations are equal. Sorted in the order of the
    document: 第二条 before 第十条, 第三条 before 第三条之一. Raises ValueError where a part is none.
    """

    document: str
    work: str = ""
    steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        document, work, steps = _read(f"{self.document} {self.work} {' '.join(self.steps)}")
        if len(steps) > len(self.steps) or (len(steps) < len(self.steps) and "条" not in "".join(steps)):
            raise ValueError(f"{self.steps} 不能逐级读出 / cannot be read step by step; {EXPECTED}")
        object.__setattr__(self, "document", document)
        object.__setattr__(self, "work", work)
        object.__setattr__(self, "steps", steps)
        if _read(str(self)) != (document, work, steps):  # a row 7 of an annex would read as annex 7
            raise ValueError(f"“{self}”会读成另一条 / would read as another one; {EXPECTED}")

    def __str__(self) -> str:
        table = bool(self.steps) and read_places("".join(self.steps)) != self.steps
        return " ".join(part for part in (self.document, self.work, (" " if table else "").join(self.steps)) if part)

    def __lt__(self, other: "Citation") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        return (_counted(self.document), _counted(self.work), tuple(_counted(step) for step in self.steps))


def _counted(text: str) -> tuple[tuple[str, int], ...]:
    """A text as pairs of words and numbers, so that 第二条 sorts before 第十条."""
    pairs = re.findall(f"([^0-9{NUMERAL}]*)([0-9]+|{_CN})?", text)
    return tuple((words, to_int(number) if number else -1) for words, number in pairs if words or number)


def _read(text: str) -> tuple[str, str, tuple[str, ...]]:
    narrow = _narrow(text)
    # The number may have spaces in it, a row name too: squeeze only up to the end of the document.
    for end in (m.end() for m in re.finditer("号[)]?|》[)]?", narrow)):
        document = _DOCUMENT.fullmatch(_squeeze(narrow[:end]))
        if document:
            break
    else:
        raise ValueError(f"“{text.strip()}”:没有文号 / names no document; {EXPECTED}")
    work, below = _work(_BETWEEN.sub("", narrow[end:], count=1))
    steps = read_places(below)
    if steps is None:
        if not work.startswith(_TABLES):
            raise ValueError(f"“{text.strip()}”:读不出条款“{below}” / no provision can be read in it; {EXPECTED}")
        steps = _row(below)
    return _document(document), work, steps


def _work(text: str) -> tuple[str, str]:
    """The work named at the start of a text, "" where none is, and what stands below it."""
    match = _WORK.match(text)
    if not match:
        return "", text
    name, number = match["name"], match["no"]
    if not name.startswith("附"):  # 清单59 is a row, 通知三 a part
        return name, _BETWEEN.sub("", text[len(name) :], count=1)
    below = _BETWEEN.sub("", text[match.end() :], count=1)
    if not number and (spaced := re.match(r"([0-9]+)(?:\s|$)", below)):  # 附件 2 is the second annex
        number, below = spaced[1], below[spaced.end() :].lstrip()
    return name + (str(to_int(number)) if number else ""), below


def parse(text: str) -> Citation:
    """The citation that a text is, in any usual spelling. Raises ValueError that says in both languages what is due."""
    document, work, steps = _read(text)
    return Citation(document, work, steps)
