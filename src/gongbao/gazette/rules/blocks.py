"""A document laid out for a page: each provision a block with an anchor, the documents that its words name as links."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongbao.gazette.rules.anchors import name_below, name_children, row_name
from gongbao.gazette.rules.passages import label, labelled
from gongbao.gazette.rules.structure import Level, Provision, Table, Work
from gongbao.kernel.mentions import find_citations

_TITLE = re.compile("《[^《》]+》")

Leads = Callable[[str, tuple[str, ...]], str]
"""From a document ("" this one, a number, a 《title》) and steps to the citation that a link leads to; "": no link."""


@dataclass(frozen=True)
class Span:
    """Words of a paragraph; cite: where they lead, "" for plain words."""

    text: str
    cite: str = ""


@dataclass(frozen=True)
class Block:
    """One provision without those below it. depth: 0 for the outermost of its work; name: its number and title; head:
    the same where it is a line of its own, else ""; paragraphs: the other words, the number in front of the first."""

    cite: str
    anchor: str
    depth: int
    level: Level
    name: str
    head: str
    paragraphs: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class SheetRow:
    """A row of a table. group: "" where its group was said by the row before, or there is none."""

    cite: str
    anchor: str
    group: str
    cells: tuple[tuple[str, tuple[Span, ...]], ...]  # head of the column, words


@dataclass(frozen=True)
class Sheet:
    """A table, its cells with links."""

    table: Table
    anchor: str
    rows: tuple[SheetRow, ...]


def blocks(work: Work, name: str, leads: Leads) -> Iterator[Block]:
    """The provisions of a work in the order of the text. name: of the work, in front of every anchor."""
    for anchor, provision in name_children(work.provisions, name):
        anchor = f"{name}__{anchor}" if provision.level == "article" else anchor
        yield from provision_blocks(provision, anchor, leads)


def provision_blocks(provision: Provision, anchor: str, leads: Leads, depth: int = 0) -> Iterator[Block]:
    """A provision and all below it."""
    lines = provision.text.split("\n") if provision.text else []
    head = labelled(provision, provision.heading) if provision.heading else ""
    if not head:
        first = labelled(provision, lines[0] if lines else "")
        lines = [first, *lines[1:]] if first else lines
    paragraphs = tuple(spans(line, lambda d, s: _elsewhere(leads(d, s), provision.cite)) for line in lines)
    yield Block(provision.cite, anchor, depth, provision.level, head or label(provision), head, paragraphs)
    for name, child in name_below(provision, anchor):
        yield from provision_blocks(child, name, leads, depth + 1)


def _elsewhere(cite: str, here: str) -> str:
    return "" if cite == here else cite


def sheet(table: Table, anchor: str, leads: Leads) -> Sheet:
    """A table laid out for a page."""
    rows, said = [], ""
    for count, row in enumerate(table.rows, start=1):
        heads = table.head if len(table.head) == len(row.cells) else ("",) * len(row.cells)
        cells = tuple((head, spans(cell, leads)) for head, cell in zip(heads, row.cells, strict=True))
        rows.append(SheetRow(row.cite, row_name(anchor, count), row.group if row.group != said else "", cells))
        said = row.group
    return Sheet(table, anchor, tuple(rows))


def spans(text: str, leads: Leads) -> tuple[Span, ...]:
    """The words of a text, those that name a document or provision as links where they lead somewhere."""
    named = [(m.start, m.end, leads(m.document, m.steps)) for m in find_citations(text)]
    named += [(m.start(), m.end(), leads(m[0], ())) for m in _TITLE.finditer(text)]
    found: list[Span] = []
    at = 0
    for start, end, cite in sorted(named, key=lambda one: (one[0], -one[1])):  # 《…》第三条 before 《…》 alone
        if not cite or start < at:
            continue
        found += [Span(text[at:start]), Span(text[start:end], cite)]
        at = end
    return tuple(span for span in (*found, Span(text[at:])) if span.text)
