"""latest_share: bands over value ÷ reference of the latest fact (项目人员素质)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import Band, band_flaws, bands_words
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import condition, pick, whole
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

SHARE_PLACES = 4


@dataclass(frozen=True)
class LatestShare(RatingKind):
    """value, reference: the numbers of a fact. bands: over their quotient, in 10⁻⁴."""

    kind: ClassVar[str] = "latest_share"
    witness: ClassVar[Witness] = "fact"
    value: NumberShape
    reference: NumberShape
    bands: tuple[Band, ...]

    @classmethod
    def load(cls, entry: Entry) -> Self:
        return cls(
            load_number(entry.entry("value")),
            load_number(entry.entry("reference")),
            tuple(Band.load(band, SHARE_PLACES, "points", PLACES) for band in entry.entries("bands")),
        )

    def table(self) -> dict[str, object]:
        return {
            "value": number_table(self.value),
            "reference": number_table(self.reference),
            "bands": [band.table("points") for band in self.bands],
        }

    def flaws(self) -> list[Text]:
        flaws = band_flaws(self.bands, first=0)
        if self.value.decimals != self.reference.decimals or (self.reference.minimum or 0) <= 0:
            flaws.append(
                Text("分子分母单位应相同,分母应大于零", "both numbers need one unit, the reference more than 0")
            )
        return flaws

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - bands name themselves
        bands = bands_words(self.bands)
        return Text(f"最近一次的占比:{bands.zh}", f"share in the latest entry: {bands.en}")

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one band, one unit
        band = next(band for band in self.bands if band.label == level).words()
        return Text(
            f"占比属{band.zh}一档,计{points_text(points)}分", f"the share lies {band.en}: {points_text(points)}"
        )

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(band.label for band in self.bands)

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(band.gives for band in self.bands)

    def fact_shape(self, *, by_project: bool, document: bool) -> FactShape | None:
        return FactShape(value=self.value, reference=self.reference, project=by_project, document=document)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        rows = latest([(rule, ()) for rule, _ in cls.own(rules)], world)
        value, reference, slot = nw.col("value"), nw.col("reference"), world.keys.slot_of(nw.col("key"))
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            # value ÷ reference ≥ limit, without the division
            tests = [condition(value * whole(10**SHARE_PLACES), band, by=reference) for band in kind.bands]
            mine = rows.filter(slot == whole(world.keys.slot(rule.place))).select(
                key=nw.col("key") + pick(tests, range(len(kind.bands))),
                quantity=whole(1),
                points=pick(tests, [band.gives for band in kind.bands]),
                ref=nw.col("fact"),
            )
            lines.append(mine.select("key", "quantity", "points"))
            witnesses.append(mine.select("key", "ref"))
        return Found(nw.concat(lines), nw.concat(witnesses))
