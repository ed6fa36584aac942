"""One document of an issue: its number, its notice, what it issues, its annexes, its force."""

import re
from dataclasses import dataclass, field, replace

from gongbao.gazette.rules.contents import tidy_title
from gongbao.gazette.rules.dates import read_date
from gongbao.gazette.rules.force import read_force
from gongbao.gazette.rules.heads import (
    Found,
    Section,
    could_be_head,
    cut_sections,
    signatories,
    take_addressees,
    take_annex_list,
    take_signature,
    title_issuers,
)
from gongbao.gazette.rules.lines import Line, squeeze, tidy
from gongbao.gazette.rules.paragraphs import Paragraph, is_ended
from gongbao.gazette.rules.provisions import Address, read_provisions
from gongbao.gazette.rules.references import each_once, find_references, same_reference
from gongbao.gazette.rules.structure import Document, Matter, Noise, Provision, Reference, Role, Table, Work
from gongbao.gazette.rules.tables import NOTE, read_table

_ISSUES = re.compile("(?:印发|公布|发布)(?:给你们)?《(.+)》")
_LISTS = re.compile(r"清单(?:[(（][^()（）]*[)）])?$")


@dataclass
class _Reading:
    """What is collected while a document is read."""

    matter: list[Matter] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    grounds: list[Paragraph] = field(default_factory=list)
    table_references: list[Reference] = field(default_factory=list)

    def put(self, lines: list[Line], what: str) -> None:
        self.matter += [Matter(line.no, line.text, what) for line in lines]  # type: ignore[arg-type]


def read_document(lines: list[Line], found: Found) -> tuple[Document, list[Matter], list[Noise]]:
    """The document in these lines (title first); found: where its number stands, counted within the lines."""
    reading = _Reading()
    title_lines, number_line = lines[: found.at], lines[found.at]
    reading.put(title_lines, "title")
    reading.put([number_line], "number")
    title = found.entry.title if found.entry else tidy_title(" ".join(line.text for line in title_lines))

    rest = lines[found.at + 1 :]
    head, addressees = take_addressees(rest)
    reading.put(head, "addressees")
    rest = rest[len(head) :]
    first, end = take_signature(rest)
    reading.put(rest[first:end], "signature")
    reading.put(rest[end : end + 1], "date")
    body, after = rest[:first], rest[end + 1 :]
    listed, names = take_annex_list(body)
    reading.put(listed, "annexes")
    body = [line for line in body if line not in listed]

    issued = _issued_title(title)
    sections, more, matter = cut_sections(after, squeeze(issued))
    reading.matter += matter
    works = [_work(Section(title_lines, body), "notice", "通知" if sections else "", title, found, reading)]
    works += _other_works(sections, names + more, found, reading)
    signed = signatories(rest[first:end])
    issued_on = read_date(rest[end].text) if end < len(rest) else None
    own = {found.number} | {squeeze(work.title) for work in works} | {squeeze(issued), squeeze(title)}
    cited = each_once([*_references(reading.paragraphs), *reading.table_references])
    document = Document(
        number=found.number,
        title=title,
        title_en=found.entry.title_en if found.entry else "",
        issuers=signed or title_issuers(title_lines),
        addressees=addressees,
        issued_on=issued_on,
        section=found.entry.section if found.entry else "",
        page=found.entry.page if found.entry else None,
        works=tuple(works),
        force=read_force(reading.paragraphs, reading.grounds, title, issued_on, own),
        cites=tuple(reference for reference in cited if same_reference(reference) not in own),
    )
    return document, reading.matter, reading.noise


def _issued_title(title: str) -> str:
    """What a notice issues, from its title: 关于印发《…》的通知."""
    match = _ISSUES.search(title)
    return match[1] if match else ""


def _other_works(sections: list[Section], names: list[str], found: Found, reading: _Reading) -> list[Work]:
    works = []
    annexes = sum(section.mark is not None for section in sections)
    counted = 0
    for section in sections:
        title = tidy("".join(line.text for line in section.title))
        if section.mark is None:
            works.append(_work(section, "issued", "", title, found, reading))
            continue
        counted += 1
        name = "附件" + (section.mark or str(counted) if annexes > 1 else "")
        work = _work(section, "annex", name, title, found, reading)
        announced = names[counted - 1] if counted <= len(names) else ""
        if announced and squeeze(announced) != squeeze(title):
            work = replace(work, aliases=(announced,), title=title or announced)
        works.append(work)
    return works


def _work(section: Section, role: Role, name: str, title: str, found: Found, reading: _Reading) -> Work:
    """Provisions and tables of one section."""
    if role != "notice":
        reading.put(section.title, "title")
    address = Address(found.number, name)
    text, zones = _tables_apart(section.body)
    tables: list[Table] = []
    for title_lines, rows, notes in zones:
        reading.put(title_lines, "table")
        heading = tidy("".join(line.text for line in title_lines)) or title
        place = address if role == "annex" and not tables else _table_address(address, heading, len(tables))
        table, matter, noise = read_table(rows, heading, notes, place)
        tables.append(table)
        reading.matter += matter
        reading.noise += noise
        for row in table.rows:
            cells = "\n".join(row.cells)
            reading.table_references += [r for _, r in find_references(cells, lambda _, at=row.lines[0]: at)]  # type: ignore[misc]
    provisions, paragraphs = read_provisions(text, address)
    reading.paragraphs += paragraphs
    reading.grounds += _grounds(provisions, paragraphs)
    return Work(role, title, provisions, tuple(tables), (), str(address.cite()))


def _table_address(address: Address, title: str, before: int) -> Address:
    """清单 where the table calls itself so, otherwise 附表; the second one in a text is 附表2."""
    if _LISTS.search(title) and not before:
        return Address(address.document, "清单")
    return Address(address.document, f"附表{before + 1 if before else ''}")


def _tables_apart(lines: list[Line]) -> tuple[list[Line], list[tuple[list[Line], list[Line], list[Line]]]]:
    """Lines of text, and the tables between them: title, rows, notes of each."""
    text: list[Line] = []
    zones: list[tuple[list[Line], list[Line], list[Line]]] = []
    at = 0
    while at < len(lines):
        if "\t" not in lines[at].text:
            text.append(Line(lines[at].no, tidy(lines[at].text)))
            at += 1
            continue
        title: list[Line] = []
        while text and could_be_head(text[-1]) and (len(text) < 2 or is_ended(text[-2].text) or title == []):
            title.insert(0, text.pop())
        end = max(i for i in range(at, len(lines)) if _in_table(lines, at, i)) + 1
        notes = end
        while notes < len(lines) and NOTE.match(lines[notes].text):
            notes += 1
        zones.append((title, lines[at:end], lines[end:notes]))
        at = notes
    return text, zones


def _in_table(lines: list[Line], start: int, at: int) -> bool:
    """Does the table that starts at `start` reach line `at`, with nothing between its rows but single words?"""
    return "\t" in lines[at].text and all("\t" in line.text or could_be_head(line) for line in lines[start:at])


def _grounds(provisions: tuple[Provision, ...], paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs that say why a text is made: the preamble, or the first article where there is none."""
    if not provisions:
        return []
    first = provisions[0]
    while first.children and first.level in ("chapter", "section"):
        first = first.children[0]
    if first.level not in ("preamble", "article"):
        return []
    return [p for p in paragraphs if first.lines[0] <= p.pieces[0].no <= first.lines[1]]


def _references(paragraphs: list[Paragraph]) -> list[Reference]:
    return [
        reference for paragraph in paragraphs for _, reference in find_references(paragraph.text, paragraph.line_at)
    ]
