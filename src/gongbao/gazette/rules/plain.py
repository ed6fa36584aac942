"""Texts as plain lines, the way a person reads them: numbers in front, what stands below indented."""

from collections.abc import Iterable, Iterator

from gongbao.gazette.rules.passages import labelled
from gongbao.gazette.rules.resolve import Target
from gongbao.gazette.rules.structure import Document, Provision, Table, TableRow, Work

INDENT = "  "


def plain(target: Target, head: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines of a document, work, provision, table or row. head: of the table, where a row stands alone."""
    match target:
        case Document():
            yield from _document(target)
        case Work():
            yield from _work(target)
        case Provision():
            yield from _provision(target, "")
        case Table():
            yield from _table(target)
        case TableRow():
            yield from _row(target, head)


def number_runs(numbers: Iterable[int]) -> str:
    """Numbers with runs drawn together: 4–8, 28."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in found)


def outline(document: Document) -> Iterator[str]:
    """What is in a document: its works, headings and articles two levels down, tables with the number of their rows."""
    for work in document.works:
        yield ""
        yield work.title
        for provision in work.provisions:
            yield from _outline(provision, INDENT, 2)
        for table in work.tables:
            yield f"{INDENT}{table.title or table.cite}: {len(table.rows)} 行 rows"


def _outline(provision: Provision, indent: str, levels: int) -> Iterator[str]:
    name = labelled(provision, provision.heading)
    if name and levels:
        yield indent + name
    for child in provision.children if levels else ():
        yield from _outline(child, indent + INDENT, levels - 1)


def _document(document: Document) -> Iterator[str]:
    yield document.title
    yield document.number
    for work in document.works:
        yield ""
        yield from _work(work)
    if document.issued_on:
        yield ""
        yield from document.issuers
        yield document.issued_on.isoformat()


def _work(work: Work) -> Iterator[str]:
    yield work.title
    for provision in work.provisions:
        yield from _provision(provision, "")
    for table in work.tables:
        yield ""
        yield from _table(table)


def _provision(provision: Provision, indent: str) -> Iterator[str]:
    heading = f"{provision.heading}\n" if provision.heading else ""
    for at, line in enumerate(f"{heading}{provision.text}".strip("\n").split("\n")):
        yield f"{indent}{labelled(provision, line)}" if at == 0 else f"{indent}{INDENT}{line}"
    for child in provision.children:
        yield from _provision(child, indent + INDENT)


def _table(table: Table) -> Iterator[str]:
    yield from (line for line in (table.title, " | ".join(table.head)) if line)
    for row in table.rows:
        yield " | ".join((f"[{row.group}]", *row.cells) if row.group else row.cells)
    yield from table.notes


def _row(row: TableRow, head: tuple[str, ...]) -> Iterator[str]:
    if row.group:
        yield row.group
    names = head if len(head) == len(row.cells) else ("",) * len(row.cells)
    for name, cell in zip(names, row.cells, strict=True):
        if cell:
            yield f"{name}: {cell}" if name else cell
