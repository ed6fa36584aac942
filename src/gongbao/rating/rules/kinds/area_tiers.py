"""area_tiers: bands over the area that an enterprise manages, weighted by filing (物业服务规模)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import Band, band_flaws, bands_words, plain
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import condition, pick, total, whole
from gongbao.rating.rules.kinds.base import PLACES, Found, RatingKind, Rule, Witness, points_text
from gongbao.rating.rules.world import World

LIMIT_PLACES, WEIGHT_PLACES = 4, 2  # area in 0.01 m² × weight in 10⁻² = 10⁻⁴ m², the unit that limits are brought to
FILINGS = ("contract", "collected")


@dataclass(frozen=True)
class AreaTiers(RatingKind):
    """unit_m2: square metres in one unit of the bands. weights: share of the area that counts, by filing, in 10⁻²."""

    kind: ClassVar[str] = "area_tiers"
    witness: ClassVar[Witness] = "project"
    scopes: ClassVar[tuple[str, ...]] = ("enterprise",)
    unit_m2: int
    weights: tuple[tuple[str, int], ...]
    bands: tuple[Band, ...]

    @classmethod
    def load(cls, entry: Entry) -> Self:
        weights = entry.entry("weights")
        kind = cls(
            entry.whole("unit_m2"),
            tuple((filing, weights.fixed(filing, WEIGHT_PLACES)) for filing in FILINGS),
            tuple(Band.load(band, LIMIT_PLACES, "points", PLACES) for band in entry.entries("bands")),
        )
        weights.finish()
        return kind

    def table(self) -> dict[str, object]:
        return {
            "unit_m2": self.unit_m2,
            "weights": {filing: plain(weight, WEIGHT_PLACES) for filing, weight in self.weights},
            "bands": [band.table("points") for band in self.bands],
        }

    def flaws(self) -> list[Text]:
        flaws = band_flaws(self.bands, first=0)
        if self.unit_m2 <= 0:
            flaws.append(Text("面积单位应大于零", "the unit of area must be greater than nothing"))
        return flaws

    def words(self, names: Mapping[str, Text]) -> Text:  # noqa: ARG002 - bands name themselves
        bands, unit = bands_words(self.bands), self.unit_m2
        weights = [plain(100 * weight, WEIGHT_PLACES) for _, weight in self.weights]
        return Text(
            f"在管面积({unit}平方米为单位;合同备案计{weights[0]}%,信息采集计{weights[1]}%):{bands.zh}",
            f"managed area (in {unit} m²; contract-filed {weights[0]} %, collected {weights[1]} %): {bands.en}",
        )

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one band, one unit
        band = next(band for band in self.bands if band.label == level).words()
        return Text(
            f"加权在管面积(每单位{self.unit_m2}平方米)属{band.zh}一档,计{points_text(points)}分",
            f"weighted area in units of {self.unit_m2} m² lies {band.en}: {points_text(points)}",
        )

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(band.label for band in self.bands)

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(band.gives for band in self.bands)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            weight = pick(
                [nw.col("filing") == nw.lit(filing) for filing, _ in kind.weights], [w for _, w in kind.weights]
            )
            areas = world.managed.group_by("enterprise").agg(area=total(nw.col("area") * weight))
            tests = [condition(nw.col("area"), band, scale=kind.unit_m2) for band in kind.bands]
            rows = world.engine.settle(
                areas.select(
                    "enterprise",
                    points=pick(tests, [band.gives for band in kind.bands]),
                    slot=pick(tests, [world.keys.slot(rule.place, at) for at in range(len(kind.bands))]),
                )
            )
            key = world.keys.pack(nw.col("enterprise"), None, nw.col("slot"))
            lines.append(rows.select(key=key, quantity=whole(1), points=nw.col("points")))
            witnesses.append(
                world.managed.join(rows, on="enterprise", how="inner").select(key=key, ref=nw.col("project"))
            )
        return Found(nw.concat(lines), nw.concat(witnesses))
