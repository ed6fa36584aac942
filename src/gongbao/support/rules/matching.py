"""Matching in columns: every measure against every subject, one enterprise on a page or a million in a file.

Input is a table with a column for each fact (Fact.columns), a row for each subject: an entity for measures of that
scope, a project beside the facts of its entity for the others. Nothing here knows what a single measure says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import narwhals as nw
import polars as pl

from gongbao.support.rules.amounts import Amount, whole
from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.facts import NUMBERS, Fact, Value
from gongbao.support.rules.programme import Measure

NOT_ELIGIBLE, NEEDS, ELIGIBLE = range(3)
STATUS = ("not_eligible", "needs", "eligible")  # by the numbers above
SEPARATOR = "|"

DTYPES: Mapping[str, pl.DataType] = {"date": pl.Date(), "text": pl.String()} | dict.fromkeys(NUMBERS, pl.Int64())


def schema(facts: Iterable[Fact]) -> dict[str, pl.DataType]:
    """The columns that hold facts, with their types: lists as yes or no, exact numbers as 64-bit integers."""
    found: dict[str, pl.DataType] = {}
    for fact in facts:
        dtype = pl.Enum(list(fact.options)) if fact.type == "choice" else DTYPES.get(fact.type, pl.Boolean())
        found |= dict.fromkeys(fact.columns, dtype)
    return found


def subjects(facts: Sequence[Fact], rows: Sequence[Mapping[str, Value | None]]) -> pl.DataFrame:
    """A table of subjects from their facts by name; a fact that is left out is unknown."""
    columns = schema(facts)
    spread: dict[str, list[Value | None]] = {column: [] for column in columns}
    for row in rows:
        for fact in facts:
            for column, value in fact.spread(row.get(fact.name)).items():
                spread[column].append(value)
    return pl.DataFrame(spread, schema=columns)


@dataclass(frozen=True)
class Matcher:
    """Measures of one scope on one day (the day of the application)."""

    measures: tuple[Measure, ...]
    on: date

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Each different test once, whatever clauses ask for it."""
        return tuple({_test(c): c for measure in self.measures for c in measure.conditions}.values())

    @cached_property
    def _column(self) -> Mapping[object, str]:
        return {_test(condition): f"test {place}" for place, condition in enumerate(self.conditions)}

    def column(self, condition: Condition) -> str:
        """The column of tested() that says whether a condition holds."""
        return self._column[_test(condition)]

    def open_on(self, measure: Measure) -> bool:
        """Whether the document takes applications on the day."""
        return measure.window.first <= self.on <= measure.window.last

    def tested(self, frame: nw.DataFrame[pl.DataFrame]) -> nw.DataFrame[pl.DataFrame]:
        """The table with a column of true, false and null for each different test, and for each measure's tests."""
        tests = frame.with_columns(c.holds(self.on).alias(self.column(c)) for c in self.conditions)
        return tests.with_columns(self._all_met(measure).alias(_met(measure)) for measure in self.measures)

    def answers(self, tested: nw.DataFrame[pl.DataFrame], measure: Measure) -> nw.DataFrame[pl.DataFrame]:
        """One measure for every row: status (number), value (fen, null where there is none), needs, first_day.

        needs: facts separated by |, in the order in which they are asked, empty unless the status is "needs".
        first_day: the first day on which an application is possible.
        """
        found = tested.with_columns(status=self.status(measure), value=self.value(measure))
        is_open = nw.col("status") == whole(NEEDS)
        asks = bool(found.select(is_open.any()).item())  # most are decided: what nobody needs is not put together
        needs = nw.when(is_open).then(self._needs(measure)).otherwise(nw.lit("")) if asks else nw.lit("")
        return found.select("status", "value", needs.alias("needs"), self._first_day(measure).alias("first_day"))

    def _all_met(self, measure: Measure) -> nw.Expr:
        """Whether every condition is met, three-valued."""
        if not self.open_on(measure):
            return nw.lit(False)
        tests = [nw.col(self.column(condition)) for condition in measure.conditions]
        return nw.all_horizontal(*tests, ignore_nulls=False) if tests else nw.lit(True)

    def status(self, measure: Measure) -> nw.Expr:
        """The column of statuses, over the columns of tested()."""
        met = nw.col(_met(measure))
        undecided = met.is_null()
        if measure.base is not None:
            undecided = undecided | nw.col(measure.base.columns[0]).is_null()
        decided = nw.when(undecided).then(whole(NEEDS)).otherwise(whole(ELIGIBLE))
        return nw.when(~met).then(whole(NOT_ELIGIBLE)).otherwise(decided)

    def value(self, measure: Measure) -> nw.Expr:
        """The column of what the eligible get, over the columns of tested(); an unknown base is worth null."""
        worth = measure.amount.worth() if measure.amount else nw.lit(None, dtype=nw.Int64)
        return nw.when(nw.col(_met(measure))).then(worth)

    def _needs(self, measure: Measure) -> nw.Expr:
        """The facts of undecided tests, and the base where it is unknown."""
        parts = []
        for fact in measure.facts:
            tests = [nw.col(self.column(c)).is_null() for c in measure.conditions if c.fact == fact]
            if fact == measure.base:
                tests.append(nw.col(fact.columns[0]).is_null())
            if tests:
                parts.append(nw.when(nw.any_horizontal(*tests, ignore_nulls=False)).then(nw.lit(fact.name)))
        return nw.concat_str(*parts, separator=SEPARATOR, ignore_nulls=True) if parts else nw.lit("")

    def _first_day(self, measure: Measure) -> nw.Expr:
        opens = nw.lit(measure.window.first, dtype=nw.Date)
        if measure.wait is None:
            return opens
        over = nw.col(measure.wait.after.name).dt.offset_by(f"{measure.wait.months}mo")
        return nw.when(over > opens).then(over).otherwise(opens)


def _test(condition: Condition) -> object:
    """What makes two conditions the same test: clauses apart, fact, test and value."""
    return condition.fact.name, condition.test, repr(condition.value)


def _met(measure: Measure) -> str:
    """The column of tested() that says whether every condition of a measure is met."""
    return f"met {measure.code}"


def worth_of(amount: Amount, base: Value) -> int:
    """What a rule gives for one known base, in fen."""
    facts = [amount.of] if amount.of else []
    frame = pl.DataFrame([{"": 0}]) if not facts else subjects(facts, [{fact.name: base for fact in facts}])
    return int(take(frame).select(amount.worth().alias("worth")).item())


def take(frame: pl.DataFrame) -> nw.DataFrame[pl.DataFrame]:
    """Hand a table in."""
    return nw.from_native(frame, eager_only=True)
