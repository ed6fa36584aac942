"""events: what happened in the cycle, counted once per subject, level, project or matter (most of the standard).

Of several facts that count as one, the one with the most points stands: the highest honour, the heaviest step of one
case. Among equals the first fact in the order of ids does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw
import polars as pl

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import Frame, count, most, quotient, remainder, total, whole
from gongbao.rating.rules.facts import FactShape, NumberShape
from gongbao.rating.rules.kinds.base import (
    PLACES,
    Found,
    Level,
    RatingKind,
    Rule,
    Witness,
    level_flaws,
    level_words,
    levels_table,
    load_levels,
    load_number,
    number_table,
    points_text,
    times,
)
from gongbao.rating.rules.world import World

UNITS = {
    "matter": Text("个事项", "matter"),
    "project": Text("个项目", "project"),
    "level": Text("项", "item"),
}
ONCE_WORDS = {
    "subject": Text("每周期一次", "once a cycle"),
    "matter": Text("每个事项一次", "each matter once"),
    "project": Text("每个项目一次", "each project once"),
    "level": Text("每项一次", "each item once"),
}
ONCE = tuple(ONCE_WORDS)


@dataclass(frozen=True)
class Events(RatingKind):
    """once_per: what counts once (subject: the enterprise or project that is scored; matter: a case number).

    given: levels and their points. value, at_least: the number in a fact, and the least that counts. managed: the
    project of a fact must be managed in the cycle. yields: not for a matter that another deduction bears. cap: the
    most, or for deductions the least, points of one subject, in 10⁻⁶.
    """

    kind: ClassVar[str] = "events"
    witness: ClassVar[Witness] = "fact"
    once_per: str
    given: tuple[Level, ...]
    value: NumberShape | None = None
    at_least: int | None = None
    managed: bool = False
    yields: bool = False
    cap: int | None = None

    @classmethod
    def load(cls, entry: Entry) -> Self:
        value = load_number(entry.entry("value")) if "value" in entry else None
        return cls(
            entry.choice("once_per", ONCE),
            load_levels(entry),
            value,
            entry.maybe_fixed("at_least", value.decimals if value else 0),
            entry.flag("managed"),
            entry.flag("yields"),
            entry.maybe_fixed("cap", PLACES),
        )

    def table(self) -> dict[str, object]:
        table: dict[str, object] = {"once_per": self.once_per} | levels_table(self.given)
        if self.value:
            table["value"] = number_table(self.value)
        if self.value and self.at_least is not None:
            table["at_least"] = number(self.at_least, self.value.decimals)
        if self.cap is not None:
            table["cap"] = number(self.cap, PLACES)
        return table | {flag: True for flag in ("managed", "yields") if getattr(self, flag)}

    def flaws(self) -> list[Text]:
        flaws = level_flaws(self.given)
        if self.at_least is not None and self.value is None:
            flaws.append(Text("有最低数却没有数值", "at_least needs a value"))
        if self.yields and self.once_per != "matter":
            flaws.append(Text("只有按事项计的指标才能让位", "only what counts by matter can yield"))
        if self.cap is not None and self.cap * self.given[0].points <= 0:
            flaws.append(Text("封顶与分值方向相反", "cap and points point in opposite directions"))
        return flaws

    def words(self, names: Mapping[str, Text]) -> Text:
        once = ONCE_WORDS.get(self.once_per, Text("", ""))
        if len(self.given) > 1 and self.once_per in ("subject", "matter"):
            once = Text(f"{once.zh},取最高一档", f"{once.en}, the highest level")
        levels = level_words(self.given, names)
        cap = Text("", "")
        if self.cap is not None:
            cap = Text(f",合计最多{points_text(self.cap)}分", f", together at most {points_text(self.cap)}")
        return Text(f"{levels.zh}({once.zh}){cap.zh}", f"{levels.en} ({once.en}){cap.en}")

    def sentence(self, level: str, quantity: int, points: int) -> Text:
        if level == "cap":
            return Text(f"超过封顶,返还{points_text(points)}分", f"beyond the cap, given back: {points_text(points)}")
        if self.once_per == "subject":
            return Text(f"计{points_text(points)}分", f"gives {points_text(points)}")
        one = next(given.points for given in self.given if given.name == level)
        return times(quantity, UNITS[self.once_per], one, points)

    @property
    def levels(self) -> tuple[str, ...]:
        names = tuple(level.name for level in self.given)
        return names if self.cap is None else (*names, "cap")

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(level.points for level in self.given)

    @property
    def best(self) -> int | None:
        if all(level.points < 0 for level in self.given):
            return 0
        if self.once_per == "subject":
            return max(level.points for level in self.given)
        return self.cap

    def fact_shape(self, *, by_project: bool, document: bool) -> FactShape | None:
        return FactShape(
            levels=tuple(level.name for level in self.given if level.name),
            value=self.value,
            project=by_project or self.managed or self.once_per == "project",
            document=document,
        )

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        slots = world.engine.take(_slots(cls.own(rules), world))
        happened = world.facts.join(slots, on="slot", how="inner").filter(
            world.in_cycle(nw.col("day")),
            (nw.col("needs_managed") == whole(0)) | ~nw.col("managed").is_null(),
            nw.col("at_least").is_null() | (nw.col("value") >= nw.col("at_least")),
        )
        units = _units(_without_borne(happened), world)
        units = world.engine.settle(units)
        lines = (
            units.group_by("key")
            .agg(quantity=count())
            .with_columns(slot=world.keys.slot_of(nw.col("key")))
            .join(slots.select("slot", "points"), on="slot", how="inner")
            .select("key", "quantity", points=nw.col("points") * nw.col("quantity"))
        )
        return Found(_with_caps(lines, cls.own(rules), world), units.select("key", ref=nw.col("fact")))


def _slots(rules: Sequence[tuple[Rule, Events]], world: World) -> pl.DataFrame:
    """One row for each indicator and level: what it gives, and how facts of it become units."""
    rows = []
    for rule, kind in rules:
        weights = sorted({abs(level.points) for level in kind.given})
        rows += [
            {
                "slot": world.keys.slot(rule.place, at),
                "first_slot": world.keys.slot(rule.place),
                "level": at,
                "points": level.points,
                "weight": weights.index(abs(level.points)),
                "once_per": ONCE.index(kind.once_per),
                "by_project": int(rule.by_project),
                "needs_managed": int(rule.by_project or kind.managed),
                "yields": int(kind.yields),
                "bears": int(rule.deduction and not rule.by_project and not kind.yields),
                "at_least": kind.at_least,
            }
            for at, level in enumerate(kind.given)
        ]
    return pl.DataFrame(rows, schema_overrides={"at_least": pl.Int64})


def _without_borne(happened: Frame) -> Frame:
    """Leave out what yields, where another deduction of the enterprise bears the same matter."""
    borne = (
        happened.filter(nw.col("bears") == whole(1), ~nw.col("case").is_null()).select("enterprise", "case").unique()
    )
    yielding = happened.filter(nw.col("yields") == whole(1)).join(borne, on=["enterprise", "case"], how="anti")
    return nw.concat([happened.filter(nw.col("yields") == whole(0)), yielding])


def _units(happened: Frame, world: World) -> Frame:
    """What counts once, each with its line (key) and the fact that stands for it.

    Weight, fact and level are packed in one number, so that the heaviest, and of equals the first, is a maximum.
    """
    facts, levels = world.fact_count, world.keys.levels
    case = nw.when(nw.col("case").is_null()).then(whole(-1) - nw.col("fact")).otherwise(nw.col("case"))
    unit = (
        nw.when(nw.col("once_per") == whole(ONCE.index("matter")))
        .then(case)
        .when(nw.col("once_per") == whole(ONCE.index("project")))
        .then(nw.col("project"))
        .when(nw.col("once_per") == whole(ONCE.index("level")))
        .then(nw.col("level"))
        .otherwise(whole(0))
    )
    subject = nw.when(nw.col("by_project") == whole(1)).then(nw.col("project")).otherwise(whole(-1))
    packed = (nw.col("weight") * whole(facts) + whole(facts - 1) - nw.col("fact")) * whole(levels) + nw.col("level")
    best = (
        happened.select(
            first=world.keys.pack(nw.col("enterprise"), subject, nw.col("first_slot")), unit=unit, packed=packed
        )
        .group_by("first", "unit")
        .agg(most(nw.col("packed")))
    )
    return best.select(
        key=nw.col("first") + remainder(nw.col("packed"), levels),
        fact=whole(facts - 1) - remainder(quotient(nw.col("packed"), levels), facts),
    )


def _with_caps(lines: Frame, rules: Sequence[tuple[Rule, Events]], world: World) -> Frame:
    """Add a line that gives back what goes beyond a cap."""
    parts = [lines]
    for rule, kind in rules:
        if kind.cap is None:
            continue
        first, at = world.keys.slot(rule.place), len(kind.given)
        slot = world.keys.slot_of(nw.col("key"))
        mine = lines.filter(slot >= whole(first), slot < whole(first + at))
        sums = (
            mine.with_columns(first=nw.col("key") - slot + whole(first)).group_by("first").agg(total(nw.col("points")))
        )
        beyond = nw.col("points") < whole(kind.cap) if kind.cap < 0 else nw.col("points") > whole(kind.cap)
        parts.append(
            sums.filter(beyond).select(
                key=nw.col("first") + whole(at), quantity=whole(1), points=whole(kind.cap) - nw.col("points")
            )
        )
    return nw.concat(parts)
