"""taken_on: points for each old estate newly taken on and filed in the cycle (新承接老旧小区)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import count, whole
from gongbao.rating.rules.kinds.base import PLACES, Found, PointsEach, Rule, Witness, points_text, times
from gongbao.rating.rules.world import World, day_number


@dataclass(frozen=True)
class TakenOn(PointsEach):
    """filing: contract | collected. delivered_until: last day of delivery that counts. points: of one project, 10⁻⁶."""

    kind: ClassVar[str] = "taken_on"
    witness: ClassVar[Witness] = "project"
    scopes: ClassVar[tuple[str, ...]] = ("enterprise",)
    filing: str
    delivered_until: date

    @classmethod
    def load(cls, entry: Entry) -> Self:
        filing = entry.choice("filing", ("contract", "collected"))
        until = entry.day("delivered_until")
        return cls(points=entry.fixed("points", PLACES), filing=filing, delivered_until=until)

    def table(self) -> dict[str, object]:
        return {
            "filing": self.filing,
            "delivered_until": self.delivered_until,
            "points": number(self.points, PLACES),
        }

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        return Text(
            f"周期内首次承接并完成备案、{self.delivered_until}(含)前交付的项目,每个{points_text(self.points)}分",
            f"each project delivered by {self.delivered_until}, first taken on and filed in the cycle: "
            f"{points_text(self.points)}",
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - it has no levels
        return times(quantity, Text("个项目", "project"), self.points, points)

    @property
    def best(self) -> int | None:
        return None

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        lines, witnesses = [], []
        firsts = world.firsts.select("pair", first="managed_from")
        for rule, kind in cls.own(rules):
            new = (
                world.spells.filter(
                    world.in_cycle(nw.col("managed_from")),
                    world.in_cycle(nw.col("filed_on")),
                    nw.col("filing") == nw.lit(kind.filing),
                    nw.col("delivered_on") <= whole(day_number(kind.delivered_until)),
                )
                .join(firsts, on="pair", how="inner")
                .filter(nw.col("managed_from") == nw.col("first"))
            )
            key = world.keys.pack(nw.col("enterprise"), None, world.keys.slot(rule.place))
            witnesses.append(new.select(key=key, ref=nw.col("project")))
            counted = new.group_by("enterprise").agg(quantity=count())
            lines.append(
                counted.select(key=key, quantity=nw.col("quantity"), points=nw.col("quantity") * whole(kind.points))
            )
        return Found(nw.concat(lines), nw.concat(witnesses))
