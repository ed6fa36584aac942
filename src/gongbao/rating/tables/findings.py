"""Collecting what is wrong: everything is counted, the first of each check are carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

if TYPE_CHECKING:
    from gongbao.rating.tables.sheets import Sheet

CARRIED = 100  # of each check; a column of a million wrong cells is one mistake, not a million messages


class Findings:
    """Problems of one input. `rows` takes a whole column's worth at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def rows(self, sheet: Sheet, bad: pl.Series | None, column: str, expected: Text) -> None:
        """Tell the cells of `column` where `bad` is true (null counts as false); None: there are none."""
        if bad is not None:
            self.at(sheet, bad.arg_true(), column, expected)

    def values(self, sheet: Sheet, bad: pl.Series | None, column: str, expected: Text) -> None:
        """Tell each value that is bad once, where it stands first, with the number of further rows that bear it: one
        wrong code is one mistake, however many rows refer to it."""
        if bad is None or not bad.any():
            return
        cells = sheet.raw[column].cast(pl.String)
        rows = pl.DataFrame({"value": cells}).with_row_index("at").filter(bad.fill_null(value=False))
        each = rows.group_by("value", maintain_order=True).agg(first=pl.col("at").first(), count=pl.len())
        head = sheet.heads.get(column, column)
        left = int(each["count"].slice(CARRIED).sum())
        for place, (value, first, count) in enumerate(each.head(CARRIED).iter_rows()):
            more = count - 1 + (left if place == CARRIED - 1 else 0)
            where = (sheet.title, sheet.row(first), head, value or "")
            self.add(Problem(*where, expected.zh, expected.en, more=more))

    def at(self, sheet: Sheet, positions: pl.Series, column: str, expected: Text) -> None:
        """Tell the cells of `column` at `positions`: the first of them, and how many there are."""
        if positions.is_empty():
            return
        carried = positions.head(CARRIED)
        cells = sheet.raw[column].gather(carried).cast(pl.String) if column in sheet.raw.columns else None
        head = sheet.heads.get(column, column)
        for place, position in enumerate(carried):
            value = (cells[place] if cells is not None else None) or ""
            more = len(positions) - CARRIED if place == CARRIED - 1 else 0
            self.add(
                Problem(sheet.title, sheet.row(position), head, value, expected.zh, expected.en, more=max(more, 0))
            )

    def raise_if_any(self) -> None:
        """Raise BadInput with everything that was found, by table and row as found."""
        if self.problems:
            raise BadInput(self.problems)
