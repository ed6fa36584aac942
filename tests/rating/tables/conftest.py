"""A town of two enterprises and three projects, small enough to see through, and ways to break it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.intake import Intake, take_in
from gongbao.rating.tables.standards import read_standard
from gongbao.rating.tables.vocabulary import Vocabulary

Rows = list[dict[str, str]]
Town = dict[str, Rows]
FIRST, SECOND = "91110101XX0000094W", "91110101XX0000158T"
CYCLE = Cycle(2026, 1)


def _row(table: str, *values: str) -> dict[str, str]:
    columns = [column.name for t in contract() if t.name == table for column in t.columns]
    return dict(zip(columns, values, strict=True))


@pytest.fixture
def town() -> Town:
    """P1 went from the first enterprise to the second on 1 April; P2 is the first's, P3 the second's."""
    return {
        "enterprises": [
            _row("enterprises", FIRST, "示例一物业", "东城区", "85.5", "", "branch", "city"),
            _row("enterprises", SECOND, "示例二物业", "西城区", "90", "", "", ""),
        ],
        "projects": [
            _row("projects", "P1", FIRST, "示例甲园", "东城区", "示例街道", "contract", "1000.5", "2020-01-05",
                 "2020-01-01", "2026-03-31", "1998-10-01"),
            _row("projects", "P1", SECOND, "示例甲园", "东城区", "示例街道", "contract", "1000.5", "2026-04-02",
                 "2026-04-01", "", "1998-10-01"),
            _row("projects", "P2", FIRST, "示例乙园", "东城区", "示例街道", "collected", "20000", "2021-05-01",
                 "2021-05-01", "", ""),
            _row("projects", "P3", SECOND, "示例丙园", "西城区", "示例街道", "contract", "30000.25", "2022-06-01",
                 "2022-06-01", "", ""),
        ],
        "complaints": [
            _row("complaints", "P1", "2026-01", "3", ""),
            _row("complaints", "P2", "2026-01", "0", ""),
            _row("complaints", "P1", "2026-02", "1", ""),
        ],
        "facts": [
            _row("facts", "F1", "waste", FIRST, "", "2026-02-03", "", "", "", "示例文1号"),
            _row("facts", "F2", "staff", FIRST, "P2", "2026-02-04", "6", "10", "", ""),
            _row("facts", "F3", "fee", SECOND, "P3", "2026-03-01", "100.25", "99.5", "", ""),
            _row("facts", "F4", "handover", FIRST, "P1", "2026-04-04", "ordered", "", "C1", "示例文2号"),
            _row("facts", "F5", "community", SECOND, "P3", "2026-05-05", "8", "", "", ""),
        ],
    }  # fmt: skip


def write_town(town: Town, folder: Path, *, chinese: bool = False) -> Path:
    """The town as a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for table in contract():
        if table.name not in town:
            continue
        rows = town[table.name]
        names = list(rows[0]) if rows else [column.name for column in table.columns]
        zh = {column.name: column.zh for column in table.columns}
        path = folder / f"{table.zh if chinese else table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([zh.get(name, name) if chinese else name for name in names])
            writer.writerows([row[name] for name in names] for row in rows)
    return folder


@pytest.fixture
def write() -> Callable[..., Path]:
    return write_town


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of_standard(read_standard())


@pytest.fixture
def read(vocabulary: Vocabulary) -> Callable[..., Intake]:
    """Take a source in, in the cycle 2026H1."""
    return lambda source, **options: take_in(source, CYCLE, vocabulary, **options)


@pytest.fixture
def problems(read: Callable[..., Intake], tmp_path: Path) -> Callable[..., tuple[Problem, ...]]:
    """What is wrong with a town, or with a source; nothing, where it is taken."""

    def find(source: Town | Path, **options: bool) -> tuple[Problem, ...]:
        path = source if isinstance(source, Path) else write_town(source, tmp_path / "town")
        try:
            read(path, **options)
        except BadInput as bad:
            return bad.problems
        return ()

    return find
