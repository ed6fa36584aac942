"""Tables of the gazette: parts on several pages joined, repeated heads dropped, every row with its citation.

Scanning reads a cell that spans several rows last, so a word alone in the first column names the rows *above* it
(加分项); where the head leaves the first column empty, that column holds the group of the rows beside and below.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from gongbao.gazette.rules.lines import Line, squeeze, tidy
from gongbao.gazette.rules.provisions import Address
from gongbao.gazette.rules.structure import Matter, Noise, Table, TableRow

_RUNNING = re.compile("序号|编号")
_POINTS = re.compile(r"[加扣计得减]?\d+(?:\.\d+)?分")
_MAXIMUM = re.compile(r"[(（]\d+(?:\.\d+)?[)）]$")  # 公共信用评价(50): the most that can be had, no part of the name
NOTE = re.compile(r"(?:注|备注)\s*[:：]")


@dataclass
class _Row:
    cells: list[str]
    first: int
    last: int
    group: str = ""
    name: str = ""
    part_of: str = ""  # the named row that this one is a piece of


@dataclass
class _Reading:
    head: list[str]
    rows: list[_Row] = field(default_factory=list)
    group_column: bool = False
    group: str = ""
    dealt: int = 0  # rows above that a row of points was just dealt to
    matter: list[Matter] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return bool(_RUNNING.fullmatch(self.head[0]))


def read_table(
    lines: list[Line], title: str, notes: list[Line], address: Address
) -> tuple[Table, list[Matter], list[Noise]]:
    """The table in these lines, the first of which is its head; lines that are no rows come back as matter or noise."""
    reading = _Reading(head=_cells(lines[0]))
    reading.matter.append(Matter(lines[0].no, lines[0].text, "table"))
    for line in lines[1:]:
        _read(line, reading)
    reading.matter += [Matter(note.no, note.text, "table") for note in notes]
    rows = _cited(_numbered(reading) if reading.running else _named(reading), address)
    numbers = [int(row.name) for row in reading.rows if reading.running]
    table = Table(
        cite=address.cite(),
        title=title,
        head=tuple(reading.head),
        rows=rows,
        notes=tuple(tidy(note.text) for note in notes),
        missing=tuple(sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))),
    )
    return table, reading.matter, reading.noise


def _cells(line: Line) -> list[str]:
    cells = [tidy(cell) for cell in line.text.split("\t")]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _read(line: Line, reading: _Reading) -> None:
    """One line of a table: a repeated head, points for the rows above, a word for them, the rest of a row, or a row."""
    cells = _cells(line)
    filled = [cell for cell in cells if cell]
    dealt, reading.dealt = reading.dealt, 0
    if len(cells) > 1 and filled and set(map(squeeze, filled)) <= set(map(squeeze, reading.head)):
        reading.group_column = not cells[0]
        reading.noise.append(Noise(line.no, line.text, "repeated"))
    elif len(filled) > 1 and all(map(_POINTS.fullmatch, filled)) and len(filled) <= len(reading.rows):
        for row, points in zip(reading.rows[-len(filled) :], filled, strict=True):
            row.cells[1] = f"{row.cells[1]} {points}".strip()
        reading.dealt = len(filled)
        reading.matter.append(Matter(line.no, line.text, "table"))
    elif reading.running and not cells[0] and reading.rows:
        _continue(cells, line, reading)
    elif len(cells) == 1:
        _name_above(cells[0], line, dealt, reading)
    else:
        _add(cells, line, reading)


def _continue(cells: list[str], line: Line, reading: _Reading) -> None:
    """The rest of a row that a page end cut: each cell goes on."""
    row = reading.rows[-1]
    row.last = line.no
    for at, cell in enumerate(cells[: len(row.cells)]):
        row.cells[at] = tidy(f"{row.cells[at]} {cell}")


def _name_above(word: str, line: Line, dealt: int, reading: _Reading) -> None:
    if reading.running or not reading.rows:
        reading.noise.append(Noise(line.no, line.text, "unreadable"))
        return
    if dealt:  # the pieces of one row, and its name below them
        pieces = reading.rows[-dealt:]
        whole = _Row([word, "", *pieces[0].cells[2:]], line.no, line.no, pieces[0].group, _name(word))
        pieces[0].cells[2:] = [""] * len(pieces[0].cells[2:])
        for piece in pieces:
            piece.part_of = whole.name
        reading.rows.insert(len(reading.rows) - dealt, whole)
        return
    for row in reversed(reading.rows):
        if row.group or _MAXIMUM.search(row.cells[0]):
            break
        row.group = word
    reading.matter.append(Matter(line.no, line.text, "table"))


def _add(cells: list[str], line: Line, reading: _Reading) -> None:
    width = len(reading.head)
    cells = [*cells[: width - 1], " ".join(cells[width - 1 :])] if len(cells) > width else cells
    row = _Row([*cells, *[""] * (width - len(cells))], line.no, line.no)
    if reading.group_column:
        reading.group = row.cells[0] or reading.group
        row.group, row.cells[0] = reading.group, ""
    row.name = _name(row.cells[0])
    if reading.running and (not row.name.isdecimal() or row.name in (other.name for other in reading.rows)):
        reading.noise.append(Noise(line.no, line.text, "unreadable"))
        return
    reading.rows.append(row)


def _name(cell: str) -> str:
    return _MAXIMUM.sub("", cell.lstrip("* ")).strip()


def _numbered(reading: _Reading) -> list[tuple[_Row, tuple[str, ...]]]:
    return [(row, (str(int(row.name)),)) for row in reading.rows]


def _named(reading: _Reading) -> list[tuple[_Row, tuple[str, ...]]]:
    """Steps of rows: the name; with its group where two rows bear the name; group and position where none is borne."""
    groups = {row.group for row in reading.rows if row.group}
    short = {group: min((g for g in groups if group.startswith(g)), key=len) for group in groups}
    for row in reading.rows:  # 扣分项目 and 扣分项 are one group
        row.group = short.get(row.group, "")
    borne = Counter(row.name for row in reading.rows if row.name)
    position: Counter[str] = Counter()
    pieces: Counter[str] = Counter()
    steps: list[tuple[_Row, tuple[str, ...]]] = []
    for row in reading.rows:
        group = (row.group,) if row.group else ()
        if row.part_of:
            pieces[row.part_of] += 1
            whole = group if borne[row.part_of] > 1 else ()
            steps.append((row, (*whole, f"{row.part_of}{pieces[row.part_of]}")))
            continue
        position[row.group] += 1
        if not row.name:
            steps.append((row, (*group, str(position[row.group]))))
        else:
            steps.append((row, (*group, row.name) if borne[row.name] > 1 else (row.name,)))
    return steps


def _cited(steps: list[tuple[_Row, tuple[str, ...]]], address: Address) -> tuple[TableRow, ...]:
    """Every row under a citation of its own: by its steps, or as one word, or at last by its place (第3行)."""
    rows: dict[str, TableRow] = {}
    for count, (row, step) in enumerate(steps, start=1):
        ways = (_official(way, address) for way in (step, ("".join(step),), (f"第{count}行",)))
        cite = next(way for way in ways if way and way not in rows)
        rows[cite] = TableRow(cite, row.group, tuple(row.cells), (row.first, row.last))
    return tuple(rows.values())


def _official(steps: tuple[str, ...], address: Address) -> str:
    """The citation of a row; "" where these steps make none."""
    try:
        return address.cite(*steps)
    except ValueError:
        return ""
