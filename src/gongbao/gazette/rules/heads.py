"""Where a document begins and what stands around its text: title, number, addressees, signatures, date, annexes."""

import re
from dataclasses import dataclass

from gongbao.gazette.rules.contents import Entry, is_number_line
from gongbao.gazette.rules.dates import is_date_line
from gongbao.gazette.rules.labels import read_bare_heading, read_label
from gongbao.gazette.rules.lines import Line, squeeze, tidy
from gongbao.gazette.rules.paragraphs import is_ended
from gongbao.gazette.rules.structure import Matter

_LONGEST_TITLE_LINE = 60
_ANNEX_LIST = re.compile(r"附\s*件\s*(?:\d{1,2}\s*)?[:：]\s*(.+)")
_ANNEX_HEAD = re.compile(r"附\s*件\s*(\d{0,2})\s*[:：]?")
_ISSUER_ENDS = re.compile("关于|印发|转发|公布")


@dataclass(frozen=True)
class Found:
    """A document in the lines: index of its first title line and of its number line, and its entry of the contents."""

    first: int
    at: int
    number: str
    entry: Entry | None


@dataclass(frozen=True)
class Section:
    """Lines of one work: its title, its body; mark: the number of an annex ("" none), None where it is no annex."""

    title: list[Line]
    body: list[Line]
    mark: str | None = None


def could_be_head(line: Line) -> bool:
    """Short, no sentence, no label, no table: a line of a title, or a name."""
    text = line.text
    if "\t" in text or len(text) > _LONGEST_TITLE_LINE or text.startswith(("注", "附件", "<")):
        return False
    return not (is_ended(text) or is_date_line(text) or read_label(text) or is_number_line(text))


def find_documents(lines: list[Line], entries: tuple[Entry, ...]) -> list[Found]:
    """Every document: a line that is a document number, and the title lines right above it."""
    by_number = {entry.number: entry for entry in entries}
    found: list[Found] = []
    floor = 0
    for at, line in enumerate(lines):
        number = is_number_line(line.text)
        if not number:
            continue
        first = at
        while first > floor and could_be_head(lines[first - 1]):
            first -= 1
        entry = by_number.get(number)
        if entry:  # the title of the contents tells where it begins, should a loose line stand above it
            begins = squeeze(entry.title)
            same = (i for i in range(first, at) if begins.startswith(squeeze(lines[i].text)[:6]))
            first = next(same, first)
        if first < at:
            found.append(Found(first, at, number, entry))
        floor = at + 1
    return found


def find_back_matter(lines: list[Line], masthead: str) -> int:
    """Index of the first line behind the documents that speaks of the gazette itself; len(lines) without any."""
    for at, line in enumerate(lines):
        gazette = "公报" in line.text and could_be_head(line)
        if gazette and (not masthead or "政府公报" in line.text or masthead in squeeze(line.text)):
            return at
    return len(lines)


def title_issuers(lines: list[Line]) -> tuple[str, ...]:
    """The offices that a title begins with: what stands before 关于 or 印发, by line and by space."""
    names: list[str] = []
    for line in lines:
        end = _ISSUER_ENDS.search(line.text)
        head = line.text[: end.start()] if end else line.text
        names += [name for name in re.split(r"[ \u3000]+", head) if name]
        if end:
            break
    return tuple(names)


def take_addressees(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines of the addressees (they end with a colon) at the head of a notice, and the groups as printed."""
    text = ""
    for count, line in enumerate(lines[:3], start=1):
        if read_label(line.text) or "。" in line.text:
            break
        text += tidy(line.text)
        if text.endswith(("：", ":")):
            groups = tuple(group for group in re.split("[，,；;]", text[:-1]) if group)
            return lines[:count], groups
    return [], ()


def take_signature(lines: list[Line]) -> tuple[int, int]:
    """(first line of the signatures, index of the date line) of a notice; (n, n) where no date line stands."""
    end = next((at for at, line in enumerate(lines) if is_date_line(line.text)), None)
    if end is None:
        return len(lines), len(lines)
    first = end
    while first > 0 and could_be_head(lines[first - 1]) and not re.search("[，。,《]", lines[first - 1].text):
        first -= 1
    return first, end


def signatories(lines: list[Line]) -> tuple[str, ...]:
    """The names of a signature block, by line and by space."""
    return tuple(name for line in lines for name in re.split(r"[ \u3000]+", line.text) if name)


def take_annex_list(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines 附件:1.… 2.… of a body, to its end, and the names of the annexes."""
    at = next((at for at, line in enumerate(lines) if _ANNEX_LIST.fullmatch(line.text)), None)
    if at is None:
        return [], []
    taken = lines[at : at + 1]
    for line in lines[at + 1 :]:
        label = read_label(line.text)
        if not label or label.level != "subitem":
            break
        taken.append(line)
    names = [
        tidy(re.sub(r"^(?:附\s*件\s*(?:\d{1,2}\s*)?[:：])?\s*(?:\d{1,2}[.．、])?", "", line.text)) for line in taken
    ]
    return taken, names


def cut_sections(lines: list[Line], issued: str) -> tuple[list[Section], list[str], list[Matter]]:
    """What follows a notice: the text that it issues, and annexes, each with its title; names that a list announces.

    issued: squeezed title that the notice announces, so that the printed title ends where it is complete.
    """
    sections: list[Section] = []
    names: list[str] = []
    matter: list[Matter] = []
    rest, mark = lines, _annex_mark(lines[0]) if lines else None
    while rest:
        if mark is not None and _annex_mark(rest[0]) is not None:
            matter.append(Matter(rest[0].no, rest[0].text, "annexes"))
            rest = rest[1:]
        title = _title_lines(rest, issued if mark is None else "")
        body = rest[len(title) :]
        end = next((at for at, line in enumerate(body) if _annex_mark(line) is not None), len(body))
        listed, found = take_annex_list(body[:end])
        if listed:
            start = body.index(listed[0])
            matter += [Matter(line.no, line.text, "annexes") for line in listed]
            names += found
            end = start + len(listed)
            sections.append(Section(title, body[:start], mark))
        else:
            sections.append(Section(title, body[:end], mark))
        rest = body[end:]
        mark = (_annex_mark(rest[0]) or "") if rest else None
    return sections, names, matter


def _annex_mark(line: Line) -> str | None:
    match = _ANNEX_HEAD.fullmatch(line.text)
    return match[1] if match else None


def _title_lines(lines: list[Line], issued: str) -> list[Line]:
    taken: list[Line] = []
    for line in lines[:5]:
        if not could_be_head(line) or read_bare_heading(line.text):
            break
        taken.append(line)
        if issued and squeeze("".join(part.text for part in taken)) == issued:
            break
    return taken
