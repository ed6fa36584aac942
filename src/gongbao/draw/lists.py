"""Lists that are drawn from, and results of draws: CSV in, CSV out."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from gongbao.kernel.draw import choose, is_drawn, list_hash, read_rate, seed, ticket
from gongbao.kernel.problem import BadInput, Problem

COLUMNS = ("id", "name", "rate", "weight", "part")
EACH = ("id", "part", "rate", "ticket", "drawn")
CHOICE = ("round", "id", "ticket", "total", "point")

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One line of a list. rate: of this case, None where the whole draw has one; part: what the applicant fixed."""

    id: str
    rate: Fraction | None = None
    weight: int = 1
    part: str = ""


def read_list(path: Path) -> list[Entry]:
    """Read a CSV with the column id, and name, rate, weight, part as wanted. Raises BadInput with every problem."""
    rows = read_rows(path)
    heads, problems = rows[0] if rows else [], list[Problem]()
    if "id" not in heads:
        problems.append(Problem(path.name, 1, "id", "", "首行中的列名 id", "the column id in the first row"))
    problems += (
        Problem(path.name, 1, head, head, f"列名之一:{'、'.join(COLUMNS)}", f"one of {', '.join(COLUMNS)}, once")
        for n, head in enumerate(heads)
        if head not in COLUMNS or head in heads[:n]
    )
    if problems:
        raise BadInput(problems)
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(heads):
            expected = f"{len(heads)} 列,同首行"
            problems.append(Problem(path.name, number, "", ",".join(row), expected, "as many columns as the first row"))
            continue
        entry = _entry(dict(zip(heads, row, strict=True)), path.name, number, problems)
        if entry.id in entries:
            problems.append(Problem(path.name, number, "id", entry.id, "不重复的编号", "an id that no other row has"))
        entries[entry.id] = entry
    if problems:
        raise BadInput(problems)
    return list(entries.values())


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, empty ones left out, every cell stripped."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), strict=True) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            [Problem(path.name, None, "", str(error), "UTF-8 编码的 CSV 文件", "a CSV file in UTF-8")]
        ) from error


def fingerprint(entries: Sequence[Entry]) -> str:
    """The hash that fixes the list before the draw, whatever its order."""
    return list_hash([f"{e.id},{'' if e.rate is None else e.rate},{e.weight},{e.part}" for e in entries])


def draw_each(
    entries: Sequence[Entry], purpose: str, secret: str, parts: Sequence[str], rate: Fraction | None
) -> Iterator[tuple[str, ...]]:
    """Rows in the form EACH: every case on its own, with its own part joined to the seed and its own rate, if any."""
    chances = [(entry, rate if entry.rate is None else entry.rate) for entry in entries]
    problems = [
        Problem("list", None, "rate", entry.id, "列 rate 或选项 --rate", "the column rate or the option --rate")
        for entry, chance in chances
        if chance is None
    ]
    problems += [
        Problem("list", None, "weight", entry.id, "权重只用于 --choose", "weights are for --choose alone")
        for entry in entries
        if entry.weight != 1
    ]
    if problems:
        raise BadInput(problems)
    for entry, chance in chances:
        if chance is not None:
            number = ticket(seed(purpose, secret, (*parts, *filter(None, [entry.part]))), entry.id)
            yield entry.id, entry.part, str(chance), f"{number:064x}", "yes" if is_drawn(number, chance) else "no"


def draw_some(
    entries: Sequence[Entry], purpose: str, secret: str, parts: Sequence[str], count: int
) -> Iterator[tuple[str, ...]]:
    """Rows in the form CHOICE: `count` of the list, by weight."""
    problems = [
        Problem("list", None, "rate, part", entry.id, "--choose 只用权重", "--choose goes by weights alone")
        for entry in entries
        if entry.rate is not None or entry.part
    ]
    if problems:
        raise BadInput(problems)
    for pick in choose(seed(purpose, secret, parts), {e.id: e.weight for e in entries}, count):
        yield str(pick.round), pick.name, f"{pick.ticket:064x}", str(pick.total), str(pick.point)


def _entry(cells: dict[str, str], table: str, row: int, problems: list[Problem]) -> Entry:
    def read(column: str, how: Callable[[str], T], default: T, expected: tuple[str, str]) -> T:
        try:
            return how(cells[column]) if cells.get(column) else default
        except ValueError:
            problems.append(Problem(table, row, column, cells[column], *expected))
            return default

    if not cells["id"]:
        problems.append(Problem(table, row, "id", "", "编号", "an id"))
    one_line = ("不含换行的文字", "a text without line breaks")
    return Entry(
        read("id", _one_line, "", one_line),
        read(
            "rate", read_rate, None, ("0 至 1 的比例,如 0.1、10% 或 1/3", "a rate from 0 to 1 such as 0.1, 10% or 1/3")
        ),
        read("weight", _weight, 1, ("不小于 1 的整数", "a whole number from 1")),
        read("part", _one_line, "", one_line),
    )


def _one_line(text: str) -> str:
    list_hash([text])  # refuses control characters
    return text


def _weight(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) >= 1):
        raise ValueError(text)
    return int(text)
