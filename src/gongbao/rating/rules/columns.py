"""Whole numbers in columns, the same on every engine: 64 bits, no floats, no rounding but our own.

Engines promote literals, counts and quotients in their own ways, so every one of them is cast here. Quotients are
exact because the remainder is taken off first: an engine that divides by way of floats is exact below 2⁵³ too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import narwhals as nw

from gongbao.kernel.kinds import Band

Frame: TypeAlias = nw.LazyFrame[Any]


def whole(value: int) -> nw.Expr:
    """A literal."""
    return nw.lit(value, dtype=nw.Int64)


def count() -> nw.Expr:
    """How many rows a group has."""
    return nw.len().cast(nw.Int64)


def total(expr: nw.Expr) -> nw.Expr:
    return expr.sum().cast(nw.Int64)


def most(expr: nw.Expr) -> nw.Expr:
    return expr.max().cast(nw.Int64)


def quotient(value: nw.Expr, divisor: nw.Expr | int) -> nw.Expr:
    """value ÷ divisor without the remainder; 0 ≤ value < 2⁵³, divisor > 0."""
    by = whole(divisor) if isinstance(divisor, int) else divisor
    return ((value - value % by) // by).cast(nw.Int64)


def remainder(value: nw.Expr, divisor: int) -> nw.Expr:
    return (value % whole(divisor)).cast(nw.Int64)


def divided(value: nw.Expr, divisor: nw.Expr) -> nw.Expr:
    """value ÷ divisor (> 0) as a whole number, halves away from zero (GB/T 8170); 2·|value| + divisor < 2⁵³."""
    size = quotient(value.abs() * whole(2) + divisor, divisor * whole(2))
    return nw.when(value < whole(0)).then(size * whole(-1)).otherwise(size)


def condition(value: nw.Expr, band: Band, scale: int = 1, by: nw.Expr | None = None) -> nw.Expr:
    """Whether value lies in the band, whose limits are multiplied by scale (and by the column `by`)."""
    tests = []
    for limit, included, low in ((band.low, band.low_included, True), (band.high, band.high_included, False)):
        if limit is None:
            continue
        edge = whole(limit * scale) if by is None else by * whole(limit * scale)
        if low:
            tests.append(value >= edge if included else value > edge)
        else:
            tests.append(value <= edge if included else value < edge)
    return nw.all_horizontal(*tests, ignore_nulls=False) if tests else ~value.is_null()


def pick(conditions: Sequence[nw.Expr], values: Sequence[int]) -> nw.Expr:
    """The value of the first condition that holds; null where none does."""
    chosen: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for test, value in reversed(list(zip(conditions, values, strict=True))):
        chosen = nw.when(test).then(whole(value)).otherwise(chosen)
    return chosen


@dataclass(frozen=True)
class Keys:
    """The address of a line of the ledger as one number, in the order of the ledger.

    Enterprise first, then project (what belongs to the enterprise itself before its projects), indicator, level.
    projects: more than the greatest key of a project, at least 1.
    """

    projects: int
    indicators: int
    levels: int

    @property
    def slots(self) -> int:
        return self.indicators * self.levels

    def slot(self, indicator: int, level: int = 0) -> int:
        return indicator * self.levels + level

    def pack(self, enterprise: nw.Expr, project: nw.Expr | None, slot: nw.Expr | int) -> nw.Expr:
        """project None: the line stands for the enterprise itself."""
        at = whole(slot) if isinstance(slot, int) else slot
        subject = enterprise * whole(self.projects + 1)
        if project is not None:
            subject = subject + project + whole(1)
        return (subject * whole(self.slots) + at).cast(nw.Int64)

    def of_pair(self, pair: nw.Expr) -> dict[str, nw.Expr]:
        """enterprise and project of a pair = enterprise × projects + project."""
        return {"enterprise": quotient(pair, self.projects), "project": remainder(pair, self.projects)}

    def slot_of(self, key: nw.Expr) -> nw.Expr:
        return remainder(key, self.slots)

    def enterprise_of(self, key: nw.Expr) -> nw.Expr:
        return quotient(key, self.slots * (self.projects + 1))

    def project_of(self, key: nw.Expr) -> nw.Expr:
        """The key of the project, -1 for the enterprise itself."""
        return remainder(quotient(key, self.slots), self.projects + 1) - whole(1)
