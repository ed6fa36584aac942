"""What the rules read, in whole numbers: who managed what in the cycle, facts, complaints, the city's months.

Days are counted from 1 January 1970, months written YYYYMM, areas in 0.01 m². Strings stay outside, apart from the
few words in columns of enterprises and projects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

import narwhals as nw
import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.columns import Frame, Keys, count, most, remainder, whole
from gongbao.rating.rules.engines import Engine

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Standard

EPOCH = date(1970, 1, 1)
MONTH_REF = 10**6  # a month of a project as one number: project × 10⁶ + YYYYMM


def day_number(day: date) -> int:
    return (day - EPOCH).days


class Tables(Protocol):
    """The four tables after intake; their columns are told in rating/tables/schema.py."""

    @property
    def enterprises(self) -> pl.DataFrame: ...
    @property
    def projects(self) -> pl.DataFrame: ...
    @property
    def complaints(self) -> pl.DataFrame: ...
    @property
    def facts(self) -> pl.DataFrame: ...


@dataclass(frozen=True)
class Month:
    """number: YYYYMM. last: its last day as a number."""

    number: int
    last: int


def months_of(cycle: Cycle) -> tuple[Month, ...]:
    """The six months of a cycle."""
    months = []
    for name in cycle.months:
        year, month = int(name[:4]), int(name[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        months.append(Month(year * 100 + month, day_number(following - timedelta(days=1))))
    return tuple(months)


@dataclass(frozen=True)
class City:
    """What one enterprise's result takes from the whole city.

    delivered: the months that 12345 delivered. counts: month, count, projects with that count (only where 12345 gave
    no rank of its own). It is worked out from the whole city's complaints, and handed in where one enterprise is rated.
    """

    delivered: tuple[int, ...]
    counts: pl.DataFrame

    @classmethod
    def of(cls, complaints: pl.DataFrame, cycle: Cycle) -> "City":
        inside = complaints.filter(pl.col("month").is_in([month.number for month in months_of(cycle)]))
        counts = (
            inside.filter((pl.col("count") > 0) & pl.col("rank").is_null())
            .group_by(pl.col("month").cast(pl.Int64), pl.col("count"))
            .agg(pl.len().cast(pl.Int64).alias("projects"))
            .sort("month", "count")
        )
        return cls(tuple(sorted(inside["month"].unique().to_list())), counts)


@dataclass(frozen=True)
class World:
    """enterprises: enterprise and its columns. spells: every spell. managed: enterprise, project, area and filing of
    the latest spell in the cycle. firsts: enterprise, project, first filed_on, first managed_from, of any period.
    facts: of any day, with slot (indicator and level), managed (1: its project was managed in the cycle, else null)
    and case (a number for case_no). complaints: those of a count above 0. n: projects of each enterprise that takes
    part. pair: enterprise and project as one number, in every table that has both.
    """

    cycle: Cycle
    engine: Engine
    keys: Keys
    city: City
    fact_count: int
    enterprises: Frame
    spells: Frame
    managed: Frame
    firsts: Frame
    facts: Frame
    complaints: Frame
    n: Frame

    @property
    def first_day(self) -> int:
        return day_number(self.cycle.first_day)

    @property
    def last_day(self) -> int:
        return day_number(self.cycle.last_day)

    def overlaps(self) -> nw.Expr:
        """Whether a spell has a day in the cycle."""
        until = nw.col("managed_until")
        return (nw.col("managed_from") <= whole(self.last_day)) & (until.is_null() | (until >= whole(self.first_day)))

    def in_cycle(self, day: nw.Expr) -> nw.Expr:
        return (day >= whole(self.first_day)) & (day <= whole(self.last_day))


def keys_of(tables: Tables, standard: "Standard") -> Keys:
    """The address space of a ledger: room for every project, indicator and level (and a cap)."""
    highest = tables.projects["project"].max()
    projects = 1 if highest is None else int(str(highest)) + 1
    return Keys(projects, len(standard.indicators), max(len(i.kind.levels) for i in standard.indicators))


def build(tables: Tables, standard: "Standard", cycle: Cycle, engine: Engine, city: City | None) -> World:
    """Hand the tables to the engine and work out what many kinds read."""
    keys = keys_of(tables, standard)
    days = ("filed_on", "managed_from", "managed_until", "delivered_on")
    rows = tables.projects.select(
        "enterprise",
        "project",
        "filing",
        "area",
        *(pl.col(day).to_physical().cast(pl.Int64) for day in days),
        pair=_pair(keys),
        spell=pl.int_range(pl.len(), dtype=pl.Int64),
    )
    spells = engine.take(rows)
    overlaps = (nw.col("managed_from") <= whole(day_number(cycle.last_day))) & (
        nw.col("managed_until").is_null() | (nw.col("managed_until") >= whole(day_number(cycle.first_day)))
    )
    latest = nw.when(overlaps).then(nw.col("managed_from") * whole(max(1, rows.height)) + nw.col("spell"))
    pairs = engine.settle(
        spells.with_columns(latest=latest)
        .group_by("pair")
        .agg(nw.col("filed_on").min(), nw.col("managed_from").min(), most(nw.col("latest")))
        .with_columns(**keys.of_pair(nw.col("pair")))
    )
    managed = engine.settle(
        pairs.filter(~nw.col("latest").is_null())
        .select("pair", "enterprise", "project", spell=remainder(nw.col("latest"), max(1, rows.height)))
        .join(spells.select("spell", "area", "filing"), on="spell", how="inner")
        .drop("spell")
    )
    managed_pairs = managed.select("pair", managed=whole(1))
    facts = engine.take(encode_facts(tables.facts, standard, keys))
    complaints = tables.complaints.filter(pl.col("count") > 0).select(
        "project", pl.col("month").cast(pl.Int64), "count", "rank"
    )
    return World(
        cycle=cycle,
        engine=engine,
        keys=keys,
        city=City.of(tables.complaints, cycle) if city is None else city,
        fact_count=max(1, int(str(tables.facts["fact"].max() or 0)) + 1),
        enterprises=engine.take(_with_credit(tables.enterprises, standard)),
        spells=spells,
        managed=managed,
        firsts=pairs.drop("latest"),
        facts=engine.settle(facts.join(managed_pairs, on="pair", how="left")),
        complaints=engine.take(complaints),
        n=engine.settle(managed.group_by("enterprise").agg(n=count())),
    )


def _pair(keys: Keys) -> pl.Expr:
    """Enterprise and project as one number, by which rows are joined and grouped; null without a project."""
    return pl.col("enterprise") * keys.projects + pl.col("project")


def _with_credit(enterprises: pl.DataFrame, standard: "Standard") -> pl.DataFrame:
    """credit: the number, or what the standard gives for the grade (I-20). credit_from: 0 the number, 1 the grade."""
    grades = standard.credit_grades
    by_grade = pl.col("credit_grade").replace_strict(
        list(grades), list(grades.values()), default=None, return_dtype=pl.Int64
    )
    return enterprises.select(
        "enterprise",
        "party_org",
        "association",
        credit=pl.coalesce("credit", by_grade if grades else pl.lit(None, dtype=pl.Int64)),
        credit_from=pl.col("credit").is_null().cast(pl.Int64),
    )


def encode_facts(facts: pl.DataFrame, standard: "Standard", keys: Keys) -> pl.DataFrame:
    """Facts in whole numbers: indicator and level become the slot, a day its number, case_no a number of its own."""
    codes = [indicator.code for indicator in standard.indicators]
    names = sorted({level for indicator in standard.indicators for level in indicator.kind.levels if level})
    slots = [
        keys.slot(place, levels.index(name)) if name in levels else (keys.slot(place) if not name else -1)
        for place, levels in enumerate(indicator.kind.levels for indicator in standard.indicators)
        for name in ("", *names)
    ]
    level = pl.col("level").cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1) + 1
    place = pl.col("indicator").cast(pl.Enum(codes)).to_physical().cast(pl.Int64)
    matter = pl.col("case_no").cast(pl.Categorical).to_physical().cast(pl.Int64)
    slot = pl.Series("slot", slots, dtype=pl.Int64)
    return facts.select(
        "fact",
        "enterprise",
        "project",
        pl.col("occurred_on").to_physical().cast(pl.Int64).alias("day"),
        "value",
        "reference",
        slot=(place * (len(names) + 1) + level).map_batches(lambda at: slot.gather(at), return_dtype=pl.Int64),
        case=matter,
        pair=_pair(keys),
    )


def window(cycle: Cycle, months: Sequence[int]) -> tuple[int, int]:
    """First and last day, as numbers, of the months from … to of the cycle's calendar year; the cycle where empty."""
    if not months:
        return day_number(cycle.first_day), day_number(cycle.last_day)
    first, last = months
    end = date(cycle.year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return day_number(date(cycle.year, first, 1)), day_number(end)
