"""latest_not_lower: points where the value of the latest fact is not lower than its reference (物业收费)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import whole
from gongbao.rating.rules.facts import FactShape, NumberShape
from gongbao.rating.rules.kinds.base import (
    PLACES,
    Found,
    RatingKind,
    Rule,
    Witness,
    load_number,
    number_table,
    points_text,
)
from gongbao.rating.rules.kinds.latest import latest
from gongbao.rating.rules.world import World


@dataclass(frozen=True)
class LatestNotLower(RatingKind):
    """months: [from, to] of the cycle's calendar year in which a fact must lie. points: in 10⁻⁶."""

    kind: ClassVar[str] = "latest_not_lower"
    witness: ClassVar[Witness] = "fact"
    months: tuple[int, int]
    value: NumberShape
    reference: NumberShape
    points: int

    @classmethod
    def load(cls, entry: Entry) -> Self:
        return cls(
            entry.span("months", 1, 12),
            load_number(entry.entry("value")),
            load_number(entry.entry("reference")),
            entry.fixed("points", PLACES),
        )

    def table(self) -> dict[str, object]:
        return {
            "months": list(self.months),
            "value": number_table(self.value),
            "reference": number_table(self.reference),
            "points": number(self.points, PLACES),
        }

    def flaws(self) -> list[Text]:
        flaws = [] if self.points else [Text("不计分", "it gives nothing")]
        if self.value.decimals != self.reference.decimals:
            flaws.append(Text("两个数的单位应相同", "both numbers need one unit"))
        return flaws

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        first, last = self.months
        return Text(
            f"当年{first}至{last}月最近一次填报中不低于上年的,{points_text(self.points)}分",
            f"not lower than the year before, in the latest form of months {first}–{last}: {points_text(self.points)}",
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one answer
        return Text(f"不低于上年,计{points_text(points)}分", f"not lower than the year before: {points_text(points)}")

    @property
    def levels(self) -> tuple[str, ...]:
        return ("",)

    @property
    def gives(self) -> tuple[int, ...]:
        return (self.points,)

    def fact_shape(self, *, by_project: bool, document: bool) -> FactShape | None:
        return FactShape(value=self.value, reference=self.reference, project=by_project, document=document)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        rows = latest([(rule, kind.months) for rule, kind in cls.own(rules)], world)
        held = rows.filter(nw.col("value") >= nw.col("reference"))
        slot = world.keys.slot_of(nw.col("key"))
        lines = [
            held.filter(slot == whole(world.keys.slot(rule.place))).select(
                "key", quantity=whole(1), points=whole(kind.points)
            )
            for rule, kind in cls.own(rules)
        ]
        return Found(nw.concat(lines), held.select("key", ref=nw.col("fact")))
