"""The permit lists in an issue of the gazette: rows as printed, and what the document says of the edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.gazette.rules.lines import squeeze
from gongbao.gazette.rules.structure import Document, Issue, Provision, Table
from gongbao.kernel.text import Text
from gongbao.permits.rules.editions import Head, Row
from gongbao.permits.rules.items import NAMES
from gongbao.permits.rules.writing import wide

_COLUMNS = ("no", "city_departments", "name", "legal_bases", "zone_departments", "implementing_bodies", "remark")
HEADS = tuple(NAMES[column].zh for column in _COLUMNS)  # as a list prints them
_EDITION = re.compile(r"(\d{4})年版")
_NOTHING_ELSE = "清单之外"


@dataclass(frozen=True)
class PrintedList:
    """A list as an issue prints it. Its count is the last number that was read: rows behind it cannot be missed."""

    head: Head
    rows: tuple[Row, ...]


def printed_lists(issue: Issue) -> Iterator[PrintedList]:
    """Every table of an issue that has the columns of a permit list."""
    for document in issue.documents:
        yield from lists_of(document)


def lists_of(document: Document) -> Iterator[PrintedList]:
    """Every table of a document that has the columns of a permit list."""
    for work in document.works:
        for table in work.tables:
            if tuple(map(squeeze, table.head)) == tuple(map(squeeze, HEADS)):
                yield PrintedList(_head(document, table), tuple(_row(row.cells) for row in table.rows))


def _row(cells: tuple[str, ...]) -> Row:
    return Row(int(cells[0]), cells[1:])


def _head(document: Document, table: Table) -> Head:
    year = _EDITION.search(table.title) or _EDITION.search(document.title)
    rule = next((p.cite for w in document.works for p in _all(w.provisions) if _NOTHING_ELSE in p.text), "")
    replaced = document.force.replaces[0].number if document.force.replaces else ""
    return Head(
        edition=year[1] if year else document.number,
        cite=document.number,
        list=table.cite,
        rule=rule or document.number,
        title=Text(wide(table.title), document.title_en or wide(table.title)),
        in_force=document.issued_on if document.force.from_publication else document.force.begins,
        replaces=replaced,
        count=int(table.rows[-1].cells[0]),
    )


def _all(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        yield provision
        yield from _all(provision.children)
