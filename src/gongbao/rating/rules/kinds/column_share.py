"""column_share: a share of a number that an enterprise has, up to a cap (公共信用评价)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number, plain
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import whole
from gongbao.rating.rules.kinds.base import PLACES, Found, RatingKind, Rule, Witness, points_text
from gongbao.rating.rules.world import World

COLUMN_PLACES, SHARE_PLACES = 4, 2  # together the 6 places of points: the product is exact


@dataclass(frozen=True)
class ColumnShare(RatingKind):
    """column: a number of 0–100 in 10⁻⁴. share in 10⁻². cap in 10⁻⁶ points."""

    kind: ClassVar[str] = "column_share"
    witness: ClassVar[Witness] = "enterprise"
    scopes: ClassVar[tuple[str, ...]] = ("enterprise",)
    column: str
    share: int
    cap: int

    @classmethod
    def load(cls, entry: Entry) -> Self:
        column = entry.choice("column", ("credit",))
        return cls(column, entry.fixed("share", SHARE_PLACES), entry.fixed("cap", PLACES))

    def table(self) -> dict[str, object]:
        return {"column": self.column, "share": plain(self.share, SHARE_PLACES), "cap": number(self.cap, PLACES)}

    def flaws(self) -> list[Text]:
        if self.share > 0 and self.cap > 0:
            return []
        return [Text("比例和封顶都应大于零", "share and cap must be greater than nothing")]

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - it has no levels
        return Text(
            f"结果(0–100)× {plain(self.share, 0)}%,最高{points_text(self.cap)}分",
            f"result (0–100) × {plain(self.share, 0)} %, at most {points_text(self.cap)}",
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one line, one unit
        if level:
            return Text(f"超过最高分,返还{points_text(points)}分", f"above the most there is: {points_text(points)}")
        result, share = plain(points // self.share, COLUMN_PLACES), plain(self.share, 0)
        return Text(
            f"结果{result} × {share}% = {points_text(points)}分", f"result {result} × {share} % = {points_text(points)}"
        )

    @property
    def levels(self) -> tuple[str, ...]:
        return ("", "cap")

    @property
    def reads(self) -> str:
        return self.column

    @property
    def gives(self) -> tuple[int, ...]:
        return (min(self.cap, 100 * 10**COLUMN_PLACES * self.share),)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            slot = world.keys.slot(rule.place)
            given = world.enterprises.filter(nw.col(kind.column) > whole(0)).with_columns(
                points=nw.col(kind.column) * whole(kind.share)
            )
            over = given.filter(nw.col("points") > whole(kind.cap)).with_columns(
                points=whole(kind.cap) - nw.col("points")
            )
            for rows, at in ((given, slot), (over, slot + 1)):
                key = world.keys.pack(nw.col("enterprise"), None, at)
                lines.append(rows.select(key=key, quantity=whole(1), points=nw.col("points")))
            witnesses.append(
                given.select(key=world.keys.pack(nw.col("enterprise"), None, slot), ref=nw.col("credit_from"))
            )
        return Found(nw.concat(lines), nw.concat(witnesses))
