"""From a citation to the place in a document that it names."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.gazette.rules.structure import Document, Provision, Table, TableRow, Work
from gongbao.kernel.citation import Citation

NOTICE = "通知"
_ORDER = {"issued": 0, "annex": 1, "notice": 2}  # 通知 must be said, unless nothing else bears the number

Target = Document | Work | Provision | Table | TableRow


@dataclass(frozen=True)
class Place:
    """What a citation names. inside: what it stands in, from the outermost (work, chapter, article, table)."""

    cite: str
    target: Target
    inside: tuple[Target, ...] = ()


def find(document: Document, citation: Citation) -> Place | None:
    """The place in a document; None where there is none. The issued text is searched first, the notice last."""
    known = places(document)
    return next((known[cite] for cite in spellings(citation) if cite in known), None)


def spellings(citation: Citation) -> Iterator[str]:
    """The citations under which a place may stand: the one that was said first, in the notice last."""
    for said in (citation, _without_only_paragraph(citation)):
        yield str(said)
        if not said.work:
            yield str(Citation(said.document, NOTICE, said.steps))


def nearest(document: Document, citation: Citation) -> Place:
    """The innermost place on the way down to a citation that does exist, at least the document itself."""
    for length in range(len(citation.steps) - 1, -1, -1):
        above = Citation(citation.document, citation.work, citation.steps[:length])
        if place := find(document, above):
            return place
    return Place(document.number, document)


def below(place: Place) -> tuple[str, ...]:
    """The citations directly below a place, in the order of the text."""
    match place.target:
        case Document(works=works):
            return tuple(c for work in sorted(works, key=lambda w: _ORDER[w.role]) for c in below(Place("", work)))
        case Work(provisions=provisions, tables=tables):
            return (*(provision.cite for provision in provisions), *(table.cite for table in tables))
        case Provision(children=children):
            return tuple(child.cite for child in children)
        case Table(rows=rows):
            return tuple(row.cite for row in rows)
        case TableRow():
            return ()


def _without_only_paragraph(citation: Citation) -> Citation:
    """An article of one paragraph is its own 第一款: 第七条第一款 is 第七条, where 第七条 has no others."""
    return Citation(citation.document, citation.work, tuple(step for step in citation.steps if step != "第一款"))


def places(document: Document) -> dict[str, Place]:
    """Official citation -> place; the first to bear a citation has it, works in the order of search."""
    found = {document.number: Place(document.number, document)}
    for work in sorted(document.works, key=lambda w: _ORDER[w.role]):
        for place in _work(work):
            found.setdefault(place.cite, place)
    return found


def _work(work: Work) -> Iterator[Place]:
    if work.cite:
        yield Place(work.cite, work)
    for provision in work.provisions:
        yield from _provision(provision, (work,))
    for table in work.tables:
        yield Place(table.cite, table, (work,))
        for row in table.rows:
            yield Place(row.cite, row, (work, table))


def _provision(provision: Provision, inside: tuple[Target, ...]) -> Iterator[Place]:
    yield Place(provision.cite, provision, inside)
    for child in provision.children:
        yield from _provision(child, (*inside, provision))
