"""rank_bands: points by the city-wide rank of a project's complaints, month by month (12345诉求量排名)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw
import polars as pl

from gongbao.kernel.cycles import MONTHS
from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import Band, band_flaws, bands_words
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import Frame, condition, count, pick, whole
from gongbao.rating.rules.kinds.base import PLACES, Found, RatingKind, Rule, Witness, times
from gongbao.rating.rules.kinds.quiet_months import covers
from gongbao.rating.rules.world import MONTH_REF, City, World, months_of


@dataclass(frozen=True)
class RankBands(RatingKind):
    """equal_counts: whether equal counts take the last or the first rank of their group. bands: over whole ranks."""

    kind: ClassVar[str] = "rank_bands"
    witness: ClassVar[Witness] = "complaint"
    scopes: ClassVar[tuple[str, ...]] = ("project",)
    equal_counts: str
    bands: tuple[Band, ...]

    @classmethod
    def load(cls, entry: Entry) -> Self:
        bands = tuple(Band.load(band, 0, "points", PLACES) for band in entry.entries("bands"))
        return cls(entry.choice("equal_counts", ("last", "first")), bands)

    def table(self) -> dict[str, object]:
        return {"equal_counts": self.equal_counts, "bands": [band.table("points") for band in self.bands]}

    def flaws(self) -> list[Text]:
        return band_flaws(self.bands, first=1, step=1)

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - bands name themselves
        bands = bands_words(self.bands)
        return Text(f"按月全市排名:{bands.zh}", f"monthly rank in the city: {bands.en}")

    def sentence(self, level: str, quantity: int, points: int) -> Text:
        band = next(band for band in self.bands if band.label == level)
        return times(quantity, Text("个月", "month"), band.gives, points)

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(band.label for band in self.bands)

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(band.gives for band in self.bands)

    @property
    def best(self) -> int | None:
        return MONTHS * max(0, *(band.gives for band in self.bands))

    def ranks(self, city: City) -> pl.DataFrame:
        """month, count, rank: of the counts whose rank gives something; few, because ranks beyond the bands do not."""
        reverse = pl.col("projects").reverse().cum_sum().reverse().over("month")
        rank = reverse if self.equal_counts == "last" else reverse - pl.col("projects") + 1
        ranked = city.counts.select("month", "count", rank=rank)
        return ranked.filter(pl.col("rank") <= self._last_rank)

    @property
    def _last_rank(self) -> int:
        """The last rank that gives anything; beyond it nobody needs to be ranked."""
        return max((band.high if band.high is not None else 2**40 for band in self.bands if band.gives), default=0)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            months = kind._months(world)
            tests = [condition(nw.col("rank"), band) for band in kind.bands]
            slot = pick(tests, [world.keys.slot(rule.place, at) for at in range(len(kind.bands))])
            months = world.engine.settle(
                months.select(
                    key=world.keys.pack(nw.col("enterprise"), nw.col("project"), slot),
                    points=pick(tests, [band.gives for band in kind.bands]),
                    ref=nw.col("project") * whole(MONTH_REF) + nw.col("month"),
                )
            )
            # every month of one key gives the same, so their sum is months × points
            lines.append(
                months.group_by("key", "points")
                .agg(quantity=count())
                .select("key", "quantity", points=nw.col("points") * nw.col("quantity"))
            )
            witnesses.append(months.select("key", "ref"))
        return Found(nw.concat(lines), nw.concat(witnesses))

    def _months(self, world: World) -> Frame:
        """enterprise, project, month, rank of every month that may give something."""
        ranks = self.ranks(world.city)
        given = world.complaints.filter(~nw.col("rank").is_null(), nw.col("rank") <= whole(self._last_rank))
        found = world.complaints.filter(
            nw.col("rank").is_null(), nw.col("count") >= whole(min(ranks["count"], default=0))
        )
        own = world.engine.take(ranks)
        ranked = nw.concat(
            [
                given.select("project", "month", "rank"),
                found.drop("rank").join(own, on=["month", "count"], how="inner").select("project", "month", "rank"),
            ]
        )
        held = world.spells.filter(world.overlaps()).select("enterprise", "project", "managed_from", "managed_until")
        joined = world.engine.settle(ranked).join(held, on="project", how="inner")
        return nw.concat(
            [
                joined.filter(nw.col("month") == whole(month.number), covers(month)).select(
                    "enterprise", "project", "month", "rank"
                )
                for month in months_of(world.cycle)
            ]
        )
