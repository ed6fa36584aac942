"""first_filings: points for each project that an enterprise put on file first in the cycle (新增项目备案)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import narwhals as nw

from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import count, whole
from gongbao.rating.rules.kinds.base import Found, PointsEach, Rule, Witness, points_text, times
from gongbao.rating.rules.world import World


@dataclass(frozen=True)
class FirstFilings(PointsEach):
    """points: of one project, in 10⁻⁶. Contract or collected, managed yet or not; of any earlier period none (I-3)."""

    kind: ClassVar[str] = "first_filings"
    witness: ClassVar[Witness] = "project"
    scopes: ClassVar[tuple[str, ...]] = ("enterprise",)

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        return Text(
            f"周期内首次备案或信息采集的项目,每个{points_text(self.points)}分",
            f"each project first filed or collected in the cycle: {points_text(self.points)}",
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - it has no levels
        return times(quantity, Text("个项目", "project"), self.points, points)

    @property
    def best(self) -> int | None:
        return None

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        new = world.firsts.filter(world.in_cycle(nw.col("filed_on")))
        counted = new.group_by("enterprise").agg(quantity=count())
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            key = world.keys.pack(nw.col("enterprise"), None, world.keys.slot(rule.place))
            lines.append(
                counted.select(key=key, quantity=nw.col("quantity"), points=nw.col("quantity") * whole(kind.points))
            )
            witnesses.append(new.select(key=key, ref=nw.col("project")))
        return Found(nw.concat(lines), nw.concat(witnesses))
