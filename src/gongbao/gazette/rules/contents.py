"""The front of an issue: cover, and the tables of contents in both languages (the Chinese one is official)."""

import re
from dataclasses import dataclass
from datetime import date

from gongbao.gazette.rules.dates import DATE, read_date
from gongbao.gazette.rules.lines import HAN, Line, squeeze, tidy
from gongbao.gazette.rules.structure import Matter
from gongbao.kernel.mentions import find_document_numbers

_NUMBER = re.compile(r"(?<!总)第\s*(\d+)\s*期")
_TOTAL = re.compile(r"总第\s*(\d+)\s*期")
_DATE = re.compile(DATE)
_SECTION = re.compile("【([^】]+)】")
_PAGE = re.compile(r"[(（](\d{1,3})[)）]\s*$")
_FOREIGN_NUMBER = re.compile(r"[(（]([^()（）]*?[〔\[]\s*(\d{4})\s*[〕\]]\s*No\.?\s*(\d+))\s*[)）]\s*$", re.IGNORECASE)
_ORGAN_GAP = re.compile(f"(委员会|局|部|厅|办公室|政府|法院|检察院)[ \t]+(?=[{HAN}])(?!关于|印发|转发|公布)")


@dataclass(frozen=True)
class Entry:
    """A line of the contents: one document, as announced."""

    number: str
    title: str
    title_en: str
    section: str
    page: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Front:
    """Cover and contents. length: how many lines they take; what follows is the documents."""

    number: int | None
    total: int | None
    published_on: date | None
    entries: tuple[Entry, ...]
    matter: tuple[Matter, ...]
    length: int


def is_number_line(text: str) -> str:
    """The official number, where a line is a document number and nothing else; otherwise ""."""
    found = find_document_numbers(text)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text.strip())
    return found[0].document if whole else ""


def tidy_title(text: str) -> str:
    """A title on one line: scan spaces gone, the space between two issuers before 《 kept."""
    head, mark, rest = text.partition("《")
    kept = _ORGAN_GAP.sub(lambda m: m[1] + "\0", head)
    return (tidy(kept) + mark + tidy(rest)).replace("\0", " ")


def read_front(lines: list[Line]) -> Front:
    """Cover and contents of an issue; everything is None or empty where the text begins with a document."""
    start = next((at for at, line in enumerate(lines) if squeeze(line.text) == "目录"), None)
    first_document = next((at for at, line in enumerate(lines) if is_number_line(line.text)), len(lines))
    if start is None or start > first_document:
        cover_end = _cover_without_contents(lines[:first_document])
        return _front(lines[:cover_end], [], (), cover_end)
    end = _end_of_contents(lines, start + 1, first_document)
    chinese = [line for line in lines[start + 1 : end] if re.search(f"[{HAN}]", _FOREIGN_NUMBER.sub("", line.text))]
    foreign = [line for line in lines[start + 1 : end] if line not in chinese]
    entries = _with_english(_chinese_entries(chinese), _english_titles(foreign))
    return _front(lines[:start], lines[start:end], entries, end)


def _front(cover: list[Line], contents: list[Line], entries: tuple[Entry, ...], length: int) -> Front:
    text = "\n".join(tidy(line.text) for line in cover)
    number, total, day = _NUMBER.search(text), _TOTAL.search(text), _DATE.search(text)
    matter = [Matter(line.no, line.text, "cover") for line in cover]
    matter += [Matter(line.no, line.text, "contents") for line in contents]
    return Front(
        number=int(number[1]) if number else None,
        total=int(total[1]) if total else None,
        published_on=read_date(day[0]) if day else None,
        entries=entries,
        matter=tuple(matter),
        length=length,
    )


def _cover_without_contents(lines: list[Line]) -> int:
    """How many lines before the first title belong to a cover: up to the last one that names the issue or its date."""
    naming = [at for at, line in enumerate(lines) if _NUMBER.search(line.text) or _DATE.fullmatch(line.text)]
    return naming[-1] + 1 if naming else 0


def _end_of_contents(lines: list[Line], start: int, first_document: int) -> int:
    """Contents end with the last entry (a page in brackets at the end of the line), and foreign lines after it."""
    last = max((at for at in range(start, first_document) if _PAGE.search(lines[at].text)), default=start - 1)
    end = last + 1
    while end < first_document and not re.search(f"[{HAN}]", lines[end].text):
        end += 1
    return end


def _chinese_entries(lines: list[Line]) -> list[Entry]:
    entries: list[Entry] = []
    section, parts = "", list[Line]()
    for line in lines:
        head = _SECTION.fullmatch(tidy(line.text))
        if head:
            section, parts = head[1], []
            continue
        parts.append(line)
        page = _PAGE.search(line.text)
        if page:
            text = _PAGE.sub("", " ".join(part.text for part in parts)).strip()
            numbers = find_document_numbers(text)
            number = numbers[-1] if numbers and text[numbers[-1].end :].strip() in (")", "）", "") else None
            title = text[: number.start].rstrip(" \t(（") if number else text
            document = number.document if number else ""
            entries.append(
                Entry(document, tidy_title(title), "", section, int(page[1]), tuple(part.no for part in parts))
            )
            parts = []
    return entries


def _english_titles(lines: list[Line]) -> list[tuple[str, int | None]]:
    """(title, page) of each entry in English, in order."""
    titles: list[tuple[str, int | None]] = []
    parts: list[str] = []
    begun = False
    for line in lines:
        if "【" in line.text or squeeze(line.text).upper() == "CONTENTS":
            begun, parts = True, []
            continue
        if not begun:
            continue
        parts.append(line.text.strip())
        page = _PAGE.search(line.text)
        if page:
            text = re.sub(r"\s+", " ", _PAGE.sub("", " ".join(parts))).strip()
            title = re.sub(r"(?<=[–—])\s+", "", _FOREIGN_NUMBER.sub("", text).strip())
            titles.append((title, int(page[1])))
            parts = []
    return titles


def _with_english(entries: list[Entry], titles: list[tuple[str, int | None]]) -> tuple[Entry, ...]:
    """Entries of both languages meet by page, several on a page by order."""
    left = list(titles)
    joined = []
    for entry in entries:
        match = next((title for title in left if title[1] == entry.page), None)
        if match:
            left.remove(match)
        title = match[0] if match else ""
        joined.append(Entry(entry.number, entry.title, title, entry.section, entry.page, entry.lines))
    return tuple(joined)
