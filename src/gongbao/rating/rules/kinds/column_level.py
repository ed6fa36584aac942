"""column_level: a level that an enterprise has as of the last day of the cycle (企业党建情况, 参与行业自律)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import pick, whole
from gongbao.rating.rules.kinds.base import (
    Found,
    Level,
    RatingKind,
    Rule,
    Witness,
    level_flaws,
    level_words,
    levels_table,
    load_levels,
    points_text,
)
from gongbao.rating.rules.world import World


@dataclass(frozen=True)
class ColumnLevel(RatingKind):
    """column: holds the name of a level, or nothing."""

    kind: ClassVar[str] = "column_level"
    witness: ClassVar[Witness] = "enterprise"
    scopes: ClassVar[tuple[str, ...]] = ("enterprise",)
    column: str
    given: tuple[Level, ...]

    @classmethod
    def load(cls, entry: Entry) -> Self:
        return cls(entry.choice("column", ("party_org", "association")), load_levels(entry))

    def table(self) -> dict[str, object]:
        return {"column": self.column} | levels_table(self.given)

    def flaws(self) -> list[Text]:
        return level_flaws(self.given)

    def words(self, names: Mapping[str, Text]) -> Text:
        return level_words(self.given, names)

    def sentence(self, level: str, quantity: int, points: int) -> Text:  # noqa: ARG002 - one level, one unit
        return Text(f"计{points_text(points)}分", f"gives {points_text(points)}")

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(level.name for level in self.given)

    @property
    def reads(self) -> str:
        return self.column

    @property
    def gives(self) -> tuple[int, ...]:
        return tuple(level.points for level in self.given)

    @classmethod
    def find(cls, rules: Sequence[Rule], world: World) -> Found:
        lines, witnesses = [], []
        for rule, kind in cls.own(rules):
            given = kind.given
            tests = [nw.col(kind.column) == nw.lit(level.name) for level in given]
            rows = world.enterprises.select(
                "enterprise",
                points=pick(tests, [level.points for level in given]),
                slot=pick(tests, [world.keys.slot(rule.place, at) for at in range(len(given))]),
            ).filter(~nw.col("slot").is_null())
            key = world.keys.pack(nw.col("enterprise"), None, nw.col("slot"))
            lines.append(rows.select(key=key, quantity=whole(1), points=nw.col("points")))
            witnesses.append(rows.select(key=key, ref=whole(0)))
        return Found(nw.concat(lines), nw.concat(witnesses))
