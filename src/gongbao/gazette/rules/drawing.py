"""Drawings of the reader as numbers on a sheet WIDTH wide: when documents hold, and who names whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 960
ROW = 32  # height of a line
HEAD = 28  # above the first line
_LEFT = 200  # where bars begin: in front of them stand the numbers
_COLUMN = 210  # where the lines of the graph begin; and on the right, WIDTH less the wide column
_WIDE = 420
_BEYOND = 5  # years shown behind the last known day


@dataclass(frozen=True)
class Tick:
    """The first day of a year."""

    x: int
    year: int


@dataclass(frozen=True)
class Bar:
    """The days of a document; open: no last day is known, the bar runs to the edge. y: its upper edge."""

    key: str
    x: int
    y: int
    width: int
    open: bool


@dataclass(frozen=True)
class Timeline:
    """bars and ticks on a sheet of this height; on_x: the day asked for, None outside the sheet."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    on_x: int | None


def timeline(spans: Sequence[tuple[str, date | None, date | None]], on: date) -> Timeline:
    """Bars of (key, first day, last day), one below the other. What has no first day begins at the left edge."""
    days = [day for _, *both in spans for day in both if day] + [on]
    first, last = min(days).year, max(days).year + 1
    if any(ends is None for _, _, ends in spans):
        last = max(last, min(first + _BEYOND, last + 1))
    start, end = date(first, 1, 1), date(last, 1, 1)

    def x(day: date) -> int:
        return _LEFT + (WIDTH - _LEFT) * (day - start).days // (end - start).days

    bars = []
    for at, (key, begins, ends) in enumerate(spans):
        left, right = x(begins or start), x(ends) if ends else WIDTH
        bars.append(Bar(key, left, HEAD + at * ROW, max(right - left, 2), ends is None))
    ticks = tuple(Tick(x(date(year, 1, 1)), year) for year in range(first, last))
    return Timeline(tuple(bars), ticks, HEAD + len(bars) * ROW + 8, x(on))


@dataclass(frozen=True)
class Node:
    """A document of the graph, by its middle line."""

    key: str
    x: int
    y: int


@dataclass(frozen=True)
class Edge:
    """A curve from one that names (left) to what it names (right), as an SVG path."""

    kind: str
    path: str


@dataclass(frozen=True)
class Graph:
    """Documents that name on the left, those that are named on the right."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int


def graph(links: Sequence[tuple[str, str, str]]) -> Graph:
    """Lay out (from, kind, to): both sides in the order in which they first appear."""
    origins = list(dict.fromkeys(origin for origin, _, _ in links))
    targets = list(dict.fromkeys(to for _, _, to in links))
    height = max(len(origins), len(targets), 1) * ROW
    right_x = WIDTH - _WIDE
    left = {key: _middle(at, len(origins), height) for at, key in enumerate(origins)}
    right = {key: _middle(at, len(targets), height) for at, key in enumerate(targets)}
    bend = (_COLUMN + right_x) // 2
    edges = tuple(
        Edge(kind, f"M{_COLUMN} {left[origin]} C{bend} {left[origin]} {bend} {right[to]} {right_x} {right[to]}")
        for origin, kind, to in links
    )
    return Graph(
        tuple(Node(key, _COLUMN - 8, y) for key, y in left.items()),
        tuple(Node(key, right_x + 8, y) for key, y in right.items()),
        edges,
        height,
    )


def _middle(at: int, count: int, height: int) -> int:
    return height * (2 * at + 1) // (2 * count)
