"""An edition made from its printed rows and the corrections proposed against them, with every problem found."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.permits.rules.cells import read_bases, read_bodies, read_departments
from gongbao.permits.rules.items import FIELDS, Correction, Edition, Item, Mode, Service
from gongbao.permits.rules.writing import folded, wide

T = TypeVar("T")

_BASES = FIELDS.index("legal_bases")
_ENTRIES = re.compile(r"(?<=[》)）])[\s、；]+(?=《)")


@dataclass(frozen=True)
class Head:
    """What an edition says of itself. list: citation of the table; apply: confidences of corrections that are shown."""

    edition: str
    cite: str
    list: str
    rule: str
    title: Text
    in_force: date | None
    replaces: str
    count: int
    apply: frozenset[str] = frozenset()
    services: tuple[Service, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row as printed, its cells in the order of FIELDS; line: where it stands in its file, for problems."""

    no: int
    cells: tuple[str, ...]
    line: int | None = None


def build(
    head: Head, rows: Sequence[Row], corrections: Sequence[Correction], modes: Sequence[Mode], file: str = "items"
) -> Edition:
    """The edition. Raises BadInput with every row that cannot be read and every correction that does not fit."""
    problems = list(_numbers(head, rows, file))
    own = _own(head, rows, corrections, problems)
    texts = [_corrected(row, own[row.no], problems) for row in rows]
    items = _Items(head, modes, file, texts, problems)
    edition = Edition(
        edition=head.edition,
        cite=head.cite,
        list=head.list,
        rule=head.rule,
        title=head.title,
        in_force=head.in_force,
        replaces=head.replaces,
        count=head.count,
        items=tuple(items.read(row, text, own[row.no]) for row, text in zip(rows, texts, strict=True)),
        services=head.services,
    )
    if problems:
        raise BadInput(problems)
    return edition


def headed(edition: Edition, *, cite: str, title: Text, in_force: date, replaces: str) -> Edition:
    """An edition that was read from a table alone, told which document it comes from and from when it holds."""
    table = f"{cite} 清单"
    items = tuple(replace(item, cite=f"{table} {item.no}") for item in edition.items)
    told = replace(edition, cite=cite, list=table, rule=cite, title=title, in_force=in_force, replaces=replaces)
    return replace(told, items=items)


def in_force_on(editions: Iterable[Edition], day: date) -> Edition | None:
    """The edition that is in force on a day: the latest that began by then; None where none had."""
    begun = [edition for edition in editions if edition.in_force and edition.in_force <= day]
    return max(begun, key=lambda edition: edition.in_force or date.min, default=None)


def _numbers(head: Head, rows: Sequence[Row], file: str) -> Iterator[Problem]:
    seen: set[int] = set()
    for row in rows:
        if row.no in seen or not 1 <= row.no <= head.count:
            expected = (f"1 至 {head.count} 的序号，每个一次", f"a number of 1 to {head.count}, each once")
            yield Problem(file, row.line, "no", str(row.no), *expected)
        seen.add(row.no)
    for service in head.services:
        if not 1 <= service.item <= head.count:
            yield Problem(file, None, "service.item", str(service.item), f"1 至 {head.count}", f"1 to {head.count}")


def _own(
    head: Head, rows: Sequence[Row], corrections: Sequence[Correction], problems: list[Problem]
) -> dict[int, tuple[Correction, ...]]:
    """The corrections of each row, told whether they are applied."""
    own: dict[int, list[Correction]] = {row.no: [] for row in rows}
    for one in corrections:
        if one.no in own:
            own[one.no].append(replace(one, applied=one.confidence in head.apply))
        else:
            expected = ("已读出的一行的序号", "the number of a row that was read")
            problems.append(Problem("corrections", None, "no", str(one.no), *expected))
    return {no: tuple(found) for no, found in own.items()}


def _corrected(row: Row, corrections: Sequence[Correction], problems: list[Problem]) -> tuple[str, ...]:
    """The cells that are shown. A correction that does not fit what is printed is a problem, applied or not."""
    shown = [list(_entries(at, cell)) for at, cell in enumerate(row.cells)]
    taken: set[tuple[int, int]] = set()
    for one in corrections:
        at = FIELDS.index(one.field)
        printed = [folded(entry) for entry in _entries(at, row.cells[at])]
        if folded(one.printed) not in printed:
            expected = (f"清单所印的文字：{row.cells[at]}", f"what the list prints: {row.cells[at]}")
            problems.append(Problem("corrections", None, f"{one.no} {one.field}", one.printed, *expected))
            continue
        place = (at, printed.index(folded(one.printed)))
        if one.applied and place in taken:
            expected = ("同一处只采用一项更正", "one correction alone for one place")
            problems.append(Problem("corrections", None, f"{one.no} {one.field}", one.corrected, *expected))
        elif one.applied:
            taken.add(place)
            shown[at][place[1]] = one.corrected
    return tuple(wide(" ".join(filter(None, entries))) for entries in shown)


def _entries(at: int, cell: str) -> list[str]:
    """What one correction may be about: the cell, or one law of the cell of legal bases."""
    return _ENTRIES.split(cell) if at == _BASES else [cell]


@dataclass(frozen=True)
class _Items:
    """Reads rows into items, noting what cannot be read. texts: cells as shown, of all rows."""

    head: Head
    modes: Sequence[Mode]
    file: str
    texts: Sequence[tuple[str, ...]]
    problems: list[Problem]

    def read(self, row: Row, text: tuple[str, ...], corrections: tuple[Correction, ...]) -> Item:
        cells = dict(zip(FIELDS, text, strict=True))

        def cell(field: str, how: Callable[[str], tuple[T, ...]]) -> tuple[T, ...]:
            try:
                return how(cells[field])
            except ValueError as error:
                chinese, _, english = str(error).rpartition(" / ")
                self.problems.append(Problem(self.file, row.line, f"{row.no} {field}", cells[field], chinese, english))
                return ()

        for field in ("name", "implementing_bodies"):
            if not cells[field]:
                self.problems.append(
                    Problem(self.file, row.line, f"{row.no} {field}", "", "应填写", "a text is required")
                )
        alone = {
            found[FIELDS.index(field)] for found in self.texts for field in ("zone_departments", "implementing_bodies")
        }
        return Item(
            no=row.no,
            cite=f"{self.head.list} {row.no}",
            printed=row.cells,
            city_departments=cell("city_departments", read_departments),
            name=cells["name"],
            legal_bases=cell("legal_bases", read_bases),
            zone_departments=cell("zone_departments", lambda text: read_departments(text, alone)),
            implementing_bodies=cell("implementing_bodies", lambda text: read_bodies(text, self.modes, alone)),
            remark=cells["remark"],
            corrections=corrections,
        )
