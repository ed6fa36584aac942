"""quiet_months: points for each delivered month without a complaint (12345零诉求)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import narwhals as nw

from gongbao.kernel.cycles import MONTHS
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import Frame, pick, quotient, remainder, total, whole
from gongbao.rating.rules.kinds.base import Found, PointsEach, Rule, Witness, points_text, times
from gongbao.rating.rules.world import MONTH_REF, Month, World, months_of


@dataclass(frozen=True)
class QuietMonths(PointsEach):
    """points: of one month, in 10⁻⁶. A month belongs to the enterprise that manages on its last day (I-7)."""

    kind: ClassVar[str] = "quiet_months"
    witness: ClassVar[Witness] = "complaint"
    scopes: ClassVar[tuple[str, ...]] = ("project",)

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        return Text(
            f"每个零诉求月份{points_text(self.points)}分", f"each month without a complaint: {points_text(self.points)}"
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - it has no levels
        return times(quantity, Text("个月", "month"), self.points, points)

    @property
    def best(self) -> int | None:
        return MONTHS * max(0, self.points)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        months = [month for month in months_of(world.cycle) if month.number in world.city.delivered]
        quiet = _quiet(months, world)
        marks = [nw.col(f"quiet_{month.number}") for month in months]
        counted = (
            quiet.with_columns(quantity=sum(marks, whole(0)))
            .group_by("pair")
            .agg(total(nw.col("quantity")))
            .filter(nw.col("quantity") > whole(0))
            .with_columns(**world.keys.of_pair(nw.col("pair")))
        )
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            key = world.keys.pack(nw.col("enterprise"), nw.col("project"), world.keys.slot(rule.place))
            quantity = nw.col("quantity")
            lines.append(counted.select(key=key, quantity=quantity, points=quantity * whole(kind.points)))
            for month, mark in zip(months, marks, strict=True):
                ref = nw.col("project") * whole(MONTH_REF) + whole(month.number)
                witnesses.append(quiet.filter(mark == whole(1)).select(key=key, ref=ref))
        return Found(nw.concat(lines), nw.concat(witnesses or [line.select("key", ref="quantity") for line in lines]))


def _quiet(months: Sequence[Month], world: World) -> Frame:
    """Each spell of the cycle with a mark (1, else 0) for each month that belongs to it and has no complaint.

    The months with complaints of a project are the binary digits of one number, so that six months take one join.
    """
    digit = pick([nw.col("month") == whole(month.number) for month in months], [2**at for at in range(len(months))])
    loud = (
        world.complaints.select("project", digit=digit)
        .filter(~nw.col("digit").is_null())
        .group_by("project")
        .agg(loud=total(nw.col("digit")))
    )
    spells = (
        world.spells.filter(world.overlaps())
        .select("pair", "enterprise", "project", "managed_from", "managed_until")
        .join(loud, on="project", how="left")
        .with_columns(loud=nw.col("loud").fill_null(0).cast(nw.Int64))
    )
    marks = {
        f"quiet_{month.number}": nw.when(covers(month), remainder(quotient(nw.col("loud"), 2**at), 2) == whole(0))
        .then(whole(1))
        .otherwise(whole(0))
        for at, month in enumerate(months)
    }
    return world.engine.settle(spells.select("pair", "enterprise", "project", **marks))


def covers(month: Month) -> nw.Expr:
    """Whether a spell covers the last day of a month."""
    until = nw.col("managed_until")
    return (nw.col("managed_from") <= whole(month.last)) & (until.is_null() | (until >= whole(month.last)))
