"""Writing the works of a revision: provisions level by level, so that each knows the one it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.gazette import models as m
from gongbao.gazette.rules import structure as s


@dataclass
class _Node:
    """A provision on its way into the database: its depth in the tree and its place in the text."""

    value: s.Provision
    depth: int
    position: int
    parent: "_Node | None"
    row: m.Provision | None = None


def content_create(*, revision: m.Revision, works: tuple[s.Work, ...]) -> None:
    """Store works with their provisions and tables. The caller holds the transaction."""
    for position, work in enumerate(works):
        row = m.Work.objects.create(
            revision=revision, position=position, role=work.role, cite=work.cite, title=work.title, aliases=work.aliases
        )
        _provisions_create(row, work.provisions)
        for at, table in enumerate(work.tables):
            _table_create(row, at, table)


def _provisions_create(work: m.Work, provisions: tuple[s.Provision, ...]) -> None:
    nodes: list[_Node] = []
    for provision in provisions:
        _walk(provision, 0, None, nodes)
    for depth in range(max((node.depth for node in nodes), default=-1) + 1):
        level = [node for node in nodes if node.depth == depth]
        for node, row in zip(level, m.Provision.objects.bulk_create(_rows(work, level)), strict=True):
            node.row = row


def _walk(provision: s.Provision, depth: int, parent: _Node | None, nodes: list[_Node]) -> None:
    node = _Node(provision, depth, len(nodes), parent)
    nodes.append(node)
    for child in provision.children:
        _walk(child, depth + 1, node, nodes)


def _rows(work: m.Work, nodes: list[_Node]) -> Iterator[m.Provision]:
    for node in nodes:
        value = node.value
        yield m.Provision(
            work=work,
            parent=node.parent.row if node.parent else None,
            position=node.position,
            cite=value.cite,
            level=value.level,
            number=value.number,
            heading=value.heading,
            text=value.text,
            first_line=value.lines[0],
            last_line=value.lines[1],
            responsible=value.responsible,
        )


def _table_create(work: m.Work, position: int, table: s.Table) -> None:
    row = m.Table.objects.create(
        work=work,
        position=position,
        cite=table.cite,
        title=table.title,
        head=table.head,
        notes=table.notes,
        missing=table.missing,
    )
    m.Row.objects.bulk_create(
        m.Row(
            table=row,
            position=at,
            cite=value.cite,
            group=value.group,
            cells=value.cells,
            first_line=value.lines[0],
            last_line=value.lines[1],
        )
        for at, value in enumerate(table.rows)
    )
