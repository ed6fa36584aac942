"""What a document says of its own force: from when, until when, on trial, instead of what, on which ground, by whom."""

import re
from datetime import date

from gongbao.gazette.rules.dates import DATE, read_date
from gongbao.gazette.rules.paragraphs import Paragraph
from gongbao.gazette.rules.provisions import responsible_offices
from gongbao.gazette.rules.references import each_once, find_references, same_reference
from gongbao.gazette.rules.structure import Force, Reference

_SELF = "本(?:[一-龥]{0,4}?)(?:办法|措施|通知|清单|指引|规定|意见|决定|细则|条例|规则|方案|标准|公告|目录|政策)"
_RUNS = "(?:起)?(?:试行|施行|执行|实施|生效)"
_FROM_DATE = re.compile(f"{_SELF}自(?P<date>{DATE}){_RUNS}")
_FROM_PUBLICATION = re.compile(f"{_SELF}自(?:{_SELF})?(?:公布|发布|印发)之日{_RUNS}")
_UNTIL = re.compile(f"(?:有效期)?至(?P<date>{DATE})(?:结束|止|失效)|有效期(?:限)?(?:截)?至(?P<last>{DATE})")
_YEARS = re.compile(r"有效期(?:为)?(\d{1,2})年")
_TRIAL = re.compile(f"{_SELF}自[^。；;]{{1,20}}起试行|[(（]试行[)）]")
_ENDS_OTHERS = re.compile("停止执行|废止|失效")
_GROUND = re.compile("依据|根据|按照|贯彻落实|贯彻|落实")
_EXPLAINS = (
    re.compile(f"{_SELF}由([^，。；,;]+?)(?:负责解释|解释)"),
    re.compile("([^，。；,;]+?)对本[一-龥]{2,6}负责解释"),
    re.compile("具体解释工作由([^，。；,;]+?)(?:承担|负责)"),
)


def read_force(
    paragraphs: list[Paragraph], grounds: list[Paragraph], title: str, issued_on: date | None, own: set[str]
) -> Force:
    """Everything a document says of its force.

    paragraphs: of all its works; grounds: those that say why it is made (preambles, first article); own: squeezed
    titles and the number of the document itself, which is neither its ground nor replaced by it.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    begins = _first_date(_FROM_DATE, texts)
    published = any(_FROM_PUBLICATION.search(text) for text in texts)
    replaces = [r for paragraph in paragraphs for r in _replaced(paragraph)]
    based_on = [r for paragraph in grounds for r in _grounds(paragraph)]
    start = begins or (issued_on if published else None)
    return Force(
        begins=start,
        ends=_first_date(_UNTIL, texts) or _after_years(start, texts),
        trial=bool(re.search("[(（]试行[)）]", title))
        or any("起试行" in text and _TRIAL.search(text) for text in texts),
        from_publication=published and begins is None,
        replaces=each_once(r for r in replaces if same_reference(r) not in own),
        based_on=each_once(r for r in based_on if same_reference(r) not in own),
        explained_by=tuple(dict.fromkeys(m[1] for text in texts for p in _EXPLAINS for m in p.finditer(text))),
        responsible=tuple(dict.fromkeys(office for text in texts for office in responsible_offices(text))),
    )


def _first_date(pattern: re.Pattern[str], texts: list[str]) -> date | None:
    for text in texts:
        for match in pattern.finditer(text):
            named = match.groupdict()
            found = read_date(named["date"] or named.get("last") or "")
            if found:
                return found
    return None


def _after_years(start: date | None, texts: list[str]) -> date | None:
    """The last day of 有效期5年: the day before the same day five years on (29 February counts as the 28th)."""
    years = next((int(match[1]) for text in texts if (match := _YEARS.search(text))), None)
    if start is None or years is None:
        return None
    day = date(start.year + years, start.month, min(start.day, 28) if start.month == 2 else start.day)
    return date.fromordinal(day.toordinal() - (start.day != 29 or start.month != 2))


def _clauses(paragraph: Paragraph) -> list[tuple[int, str]]:
    """Sentences and half-sentences (ended by 。；;) with their offsets, brackets and quotes left whole enough to read."""
    return [(m.start(), m[0]) for m in re.finditer("[^。；;]+[。；;]?", paragraph.text)]


def _replaced(paragraph: Paragraph) -> list[Reference]:
    """Documents named in a sentence before 废止, 停止执行 or 失效."""
    found = []
    for start, clause in _clauses(paragraph):
        verbs = list(_ENDS_OTHERS.finditer(clause))
        if verbs:
            named = find_references(clause[: verbs[-1].start()], lambda at, s=start: paragraph.line_at(s + at))  # type: ignore[misc]
            found += [reference for _, reference in named]
    return found


def _grounds(paragraph: Paragraph) -> list[Reference]:
    """Documents named after 依据, 根据, 按照, 为贯彻落实, in the sentence that says so."""
    found = []
    for start, clause in _clauses(paragraph):
        word = _GROUND.search(clause)
        if word:
            named = find_references(clause, lambda at, s=start: paragraph.line_at(s + at))  # type: ignore[misc]
            found += [reference for at, reference in named if at >= word.end()]
    return found
