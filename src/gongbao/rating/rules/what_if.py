"""What if (试算): the same cycle under another standard. Who changes grade, who moves most and why."""

from dataclasses import dataclass

import polars as pl

from gongbao.kernel.problem import Problem
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.rules.facts import FactShape
from gongbao.rating.rules.standard import Standard

SCORE = 10_000  # scores are counted in 10⁻⁴
WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # of a bar of the distribution, in points
BARS = 20


@dataclass(frozen=True)
class Bar:
    """Enterprises with low ≤ score < low + width, in points, before and after."""

    low: int
    width: int
    before: int
    after: int


@dataclass(frozen=True)
class WhatIf:
    """grades: of either standard, from the best; one that only the other standard has stands behind.

    migration: (grade before, grade after) -> enterprises, every pair, 0 too. moves: uscc, name, score_before,
    score_after, change (10⁻⁴), rank_before, rank_after, places (upwards positive), grade_before, grade_after;
    everybody, by the most places, then the greatest change, then uscc. causes: uscc, indicator, change: what a change
    is made of, contributions in 10⁻⁶; in the order of indicators.
    """

    grades: tuple[str, ...]
    migration: dict[tuple[str, str], int]
    moves: pl.DataFrame
    causes: pl.DataFrame
    distribution: tuple[Bar, ...]

    @property
    def moved(self) -> int:
        """How many change grade."""
        return sum(count for (before, after), count in self.migration.items() if before != after)


@dataclass(frozen=True)
class _Left:
    """Tables without the facts that a standard does not know."""

    enterprises: pl.DataFrame
    projects: pl.DataFrame
    complaints: pl.DataFrame
    facts: pl.DataFrame


def try_standard(before: Rating, after: Standard) -> tuple[WhatIf, int]:
    """The tables of a rating rated again by another standard and compared; how many facts that one does not know.

    Ask `numbers_differ` first: where it finds something, the same facts cannot serve both.
    """
    tables = before.tables
    facts = known_facts(tables.facts, after)
    left = _Left(tables.enterprises, tables.projects, tables.complaints, facts)
    return compare(before, rate(left, after, before.cycle)), tables.facts.height - facts.height


def known_facts(facts: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """The facts that a standard knows the indicator and the level of: an edited one may have dropped some."""
    words = [(code, level) for code, shape in standard.facts.items() for level in shape.levels or (None,)]
    known = pl.DataFrame(words, schema={"indicator": pl.String, "level": pl.String}, orient="row")
    return facts.join(known, on=["indicator", "level"], how="semi", nulls_equal=True, maintain_order="left")


def numbers_differ(before: Standard, after: Standard) -> list[Problem]:
    """Indicators whose facts hold numbers in other units in the other standard: the same facts cannot serve both."""
    pairs = [(i, before.facts.get(i.code), after.facts.get(i.code)) for i in after.indicators]
    return [
        Problem(
            i.where,
            None,
            "decimals",
            i.code,
            "事实的小数位数应与原标准相同",
            "the decimals of the standard before are due",
        )
        for i, old, new in pairs
        if old and new and _decimals(old) != _decimals(new)
    ]


def _decimals(shape: FactShape) -> tuple[int | None, int | None]:
    value, reference = shape.value, shape.reference
    return (value.decimals if value else None), (reference.decimals if reference else None)


def compare(before: Rating, after: Rating) -> WhatIf:
    """Two results of the same tables. Raises ValueError where others took part."""
    if set(before.scores["uscc"].to_list()) != set(after.scores["uscc"].to_list()):
        raise ValueError("两次结果的参评企业不同 / other enterprises took part")
    grades = tuple(dict.fromkeys(step.grade for rating in (before, after) for step in rating.standard.grades))
    columns = ["uscc", "name", "score", "rank", "grade"]
    joined = before.scores.select(columns).join(
        after.scores.select(columns[:1] + columns[2:]), on="uscc", suffix="_after"
    )
    moves = (
        joined.rename({name: f"{name}_before" for name in columns[2:]})
        .with_columns(
            change=pl.col("score_after") - pl.col("score_before"), places=pl.col("rank_before") - pl.col("rank_after")
        )
        .sort(pl.col("places").abs(), pl.col("change").abs(), "uscc", descending=[True, True, False])
    )
    counted = {(old, new): count for old, new, count in moves.group_by("grade_before", "grade_after").len().iter_rows()}
    return WhatIf(
        grades=grades,
        migration={(old, new): counted.get((old, new), 0) for old in grades for new in grades},
        moves=moves,
        causes=_causes(before, after),
        distribution=_distribution(moves),
    )


def _causes(before: Rating, after: Rating) -> pl.DataFrame:
    """By how much each indicator changes the score of each enterprise, where it does."""
    codes = [i.code for i in (*before.standard.indicators, *after.standard.indicators)]
    order = pl.Enum(list(dict.fromkeys(codes)))
    sums = [
        rating.ledger.group_by("uscc", pl.col("indicator").cast(pl.String)).agg(pl.col("contribution").sum() * sign)
        for rating, sign in ((before, -1), (after, 1))
    ]
    changes = pl.concat(sums).group_by("uscc", pl.col("indicator").cast(order)).agg(change=pl.col("contribution").sum())
    return changes.filter(pl.col("change") != 0).sort("uscc", "indicator").cast({"indicator": pl.String})


def _distribution(moves: pl.DataFrame) -> tuple[Bar, ...]:
    """Both distributions over the same bars, at most BARS of them where a width allows."""
    if moves.is_empty():
        return ()
    scores = {name: [score // SCORE for score in moves[f"score_{name}"].to_list()] for name in ("before", "after")}
    low, high = min(min(found) for found in scores.values()), max(max(found) for found in scores.values())
    width = next((width for width in WIDTHS if high // width - low // width < BARS), WIDTHS[-1])
    counts = {name: [score // width for score in found] for name, found in scores.items()}
    return tuple(
        Bar(at * width, width, counts["before"].count(at), counts["after"].count(at))
        for at in range(low // width, high // width + 1)
    )
