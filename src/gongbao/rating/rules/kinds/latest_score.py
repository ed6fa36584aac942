"""latest_score: the points that the latest sheet gives (参与社区治理)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
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
class LatestScore(RatingKind):
    """value: the score in a fact; it bears its own limits."""

    kind: ClassVar[str] = "latest_score"
    witness: ClassVar[Witness] = "fact"
    value: NumberShape

    @classmethod
    def load(cls, entry: Entry) -> Self:
        return cls(load_number(entry.entry("value")))

    def table(self) -> dict[str, object]:
        return {"value": number_table(self.value)}

    def flaws(self) -> list[Text]:
        low, high = self.value.minimum, self.value.maximum
        if low is None or high is None or low > high or not 0 <= self.value.decimals <= PLACES:
            return [Text("评分要有上下限", "a score needs both its limits")]
        return []

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        low, high = (points_text(self._points(limit or 0)) for limit in (self.value.minimum, self.value.maximum))
        return Text(f"按最近一次评分计{low}至{high}分", f"the score of the latest sheet, {low}–{high}")

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one sheet
        return Text(f"最近一次评分{points_text(points)}分", f"score of the latest sheet: {points_text(points)}")

    def _points(self, value: int) -> int:
        return int(value * 10 ** (PLACES - self.value.decimals))

    @property
    def levels(self) -> tuple[str, ...]:
        return ("",)

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(self._points(limit or 0) for limit in (self.value.minimum, self.value.maximum))

    def fact_shape(self, *, by_project: bool, document: bool) -> FactShape | None:
        return FactShape(value=self.value, project=by_project, document=document)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        rows = latest([(rule, ()) for rule, _ in cls.own(rules)], world)
        slot = world.keys.slot_of(nw.col("key"))
        lines = [
            rows.filter(slot == whole(world.keys.slot(rule.place))).select(
                "key", quantity=whole(1), points=nw.col("value") * whole(kind._points(1))
            )
            for rule, kind in cls.own(rules)
        ]
        return Found(nw.concat(lines), rows.select("key", ref=nw.col("fact")))
