"""A document cut into the pieces that search finds: its titles, each provision, each row of a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.gazette.rules.structure import Document, Provision, Table, Work

_LABELS = {
    "part": "{}、",
    "chapter": "第{}章",
    "section": "第{}节",
    "item": "（{}）",
    "subitem": "{}.",
    "point": "（{}）",
}


@dataclass(frozen=True)
class Piece:
    """A text under its citation. Cells, headings and paragraphs stand on lines of their own."""

    cite: str
    text: str


def label(provision: Provision) -> str:
    """The number of a provision the way it is printed: 第七条, 第三条之一, 二、, （二）. "" for what bears none."""
    if provision.level == "article":
        number, *inserted = provision.number.split("之")
        return "之".join((f"第{number}条", *inserted))
    return _LABELS[provision.level].format(provision.number) if provision.level in _LABELS else ""


def labelled(provision: Provision, text: str) -> str:
    """A text behind the number of its provision, as printed: 第七条 …, 二、…; no space is left at the end."""
    space = " " if provision.level in ("chapter", "section", "article") else ""
    return f"{label(provision)}{space}{text}".strip()


def pieces(document: Document) -> Iterator[Piece]:
    """All pieces that hold a text, in its order, the document's titles, names and issuers first."""
    return (piece for piece in _all(document) if piece.text)


def _all(document: Document) -> Iterator[Piece]:
    names = [document.number, document.title, document.title_en]
    for work in document.works:
        names += [work.title, *work.aliases]
    names += document.issuers
    yield Piece(document.number or document.title, _lines(dict.fromkeys(names)))
    for work in document.works:
        yield from _work(work)


def _work(work: Work) -> Iterator[Piece]:
    for provision in work.provisions:
        yield from _provision(provision)
    for table in work.tables:
        yield from _table(table)


def _provision(provision: Provision) -> Iterator[Piece]:
    yield Piece(provision.cite, labelled(provision, _lines((provision.heading, provision.text))))
    for child in provision.children:
        yield from _provision(child)


def _table(table: Table) -> Iterator[Piece]:
    yield Piece(table.cite, _lines((table.title, *table.head, *table.notes)))
    for row in table.rows:
        yield Piece(row.cite, _lines((row.group, *row.cells)))


def _lines(parts: "tuple[str, ...] | dict[str, None]") -> str:
    return "\n".join(part for part in parts if part)
