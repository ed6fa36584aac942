"""What a kind of calculation of a rating adds to every other kind: its facts, its levels, and its columns."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number, plain
from gongbao.kernel.text import Text
from gongbao.rating.rules.columns import Frame
from gongbao.rating.rules.facts import FactShape, NumberShape

if TYPE_CHECKING:
    from gongbao.rating.rules.world import World

PLACES = 6  # points are counted in 10⁻⁶

# What the number that stands for a witness means: the key of a fact or project, project × 10⁶ + YYYYMM, or 0.
Witness = Literal["fact", "project", "complaint", "enterprise"]


@dataclass(frozen=True)
class Found:
    """What a kind found: lines (key, quantity, points in 10⁻⁶) and their witnesses (key, ref).

    key: the packed address of a line of the ledger, see world.Keys. One line for each key.
    """

    lines: Frame
    witnesses: Frame


@dataclass(frozen=True)
class RatingKind(ABC):
    """The base of every kind. witness: what its witnesses stand for. scopes: of the indicators that it can work for."""

    kind: ClassVar[str]
    witness: ClassVar[Witness]
    scopes: ClassVar[tuple[str, ...]] = ("enterprise", "project")

    @classmethod
    @abstractmethod
    def load(cls, entry: Entry) -> Self:
        """Read itself from the table of its indicator; faults go to the entry."""

    @abstractmethod
    def table(self) -> dict[str, object]:
        """Print itself: the part of the table that it loads from."""

    @abstractmethod
    def flaws(self) -> list[Text]:
        """Everything that makes it no proper rule; empty: proven."""

    @abstractmethod
    def words(self, names: Mapping[str, Text]) -> Text:
        """What it does, in a sentence. names: of its levels."""

    @abstractmethod
    def sentence(self, level: str, quantity: int, points: int) -> Text:
        """How the points (10⁻⁶) of one line came about."""

    @property
    @abstractmethod
    def levels(self) -> tuple[str, ...]:
        """The names of its levels in the ledger, in order; ("",) where it has none."""

    @property
    @abstractmethod
    def gives(self) -> tuple[int, ...]:
        """Everything that one unit can give, in 10⁻⁶."""

    @property
    def best(self) -> int | None:
        """The most points that one subject can have by it, in 10⁻⁶; None: no limit. Deductions: 0."""
        return max(0, *self.gives)

    @property
    def reads(self) -> str:
        """The column of `enterprises` that it reads, "" for none."""
        return ""

    def fact_shape(self, *, by_project: bool, document: bool) -> FactShape | None:  # noqa: ARG002 - most have no facts
        """What a fact of it carries; None: it comes from columns."""
        return None

    @classmethod
    @abstractmethod
    def find(cls, rules: "Sequence[Rule]", world: "World") -> Found:
        """Compile all indicators of this kind to columns, in one pass."""

    @classmethod
    def own(cls, rules: "Sequence[Rule]") -> "list[tuple[Rule, Self]]":
        """Each rule with its kind, known to be of this class."""
        return [(rule, rule.kind) for rule in rules if isinstance(rule.kind, cls)]


@dataclass(frozen=True)
class PointsEach(RatingKind):
    """What kinds without levels share that give the same for every unit. points: of one unit, in 10⁻⁶."""

    points: int

    @classmethod
    def load(cls, entry: Entry) -> Self:
        return cls(entry.fixed("points", PLACES))

    def table(self) -> dict[str, object]:
        return {"points": number(self.points, PLACES)}

    def flaws(self) -> list[Text]:
        return [] if self.points else [Text("不计分", "it gives nothing")]

    @property
    def levels(self) -> tuple[str, ...]:
        return ("",)

    @property
    def gives(self) -> tuple[int, ...]:
        return (self.points,)


@dataclass(frozen=True)
class Rule:
    """An indicator as the columns see it: its place in the standard, its kind, whether it counts by project."""

    place: int
    kind: RatingKind
    by_project: bool
    deduction: bool


@dataclass(frozen=True)
class Level:
    """A level and the points that it gives, in 10⁻⁶. name "": the indicator has no levels."""

    name: str
    points: int

    def table(self) -> dict[str, object]:
        return {"level": self.name, "points": number(self.points, PLACES)}


def load_levels(entry: Entry) -> tuple[Level, ...]:
    """`levels = [{ level, points }, …]`, or a single `points`."""
    if "levels" not in entry:
        return (Level("", entry.fixed("points", PLACES)),)
    levels = []
    for item in entry.entries("levels"):
        levels.append(Level(item.text("level"), item.fixed("points", PLACES)))
        item.words("authorities", required=False)  # read by the standard
        item.finish()
    return tuple(levels)


def levels_table(levels: Sequence[Level]) -> dict[str, object]:
    if len(levels) == 1 and not levels[0].name:
        return {"points": number(levels[0].points, PLACES)}
    return {"levels": [level.table() for level in levels]}


def level_flaws(levels: Sequence[Level]) -> list[Text]:
    """Levels bear each name once, all give something, and all in the same direction."""
    names = [level.name for level in levels]
    flaws = [
        Text(f"档次“{name}”出现多次", f"the level “{name}” is there more than once")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    flaws += [Text(f"档次“{x.name}”不计分", f"the level “{x.name}” gives nothing") for x in levels if x.points == 0]
    if len({level.points > 0 for level in levels}) > 1:
        flaws.append(Text("同一指标既加分又扣分", "one indicator both gives and deducts"))
    return flaws


def points_text(points: int) -> str:
    """Points in 10⁻⁶ as people write them."""
    return plain(points, PLACES)


def load_number(entry: Entry) -> NumberShape:
    """{ decimals, minimum, maximum, at_most_reference } of a number in a fact; limits in whole numbers."""
    decimals = entry.whole("decimals", 0)
    shape = NumberShape(
        decimals,
        entry.maybe_fixed("minimum", decimals),
        entry.maybe_fixed("maximum", decimals),
        entry.flag("at_most_reference"),
    )
    entry.finish()
    return shape


def number_table(shape: NumberShape) -> dict[str, object]:
    table: dict[str, object] = {"decimals": shape.decimals} if shape.decimals else {}
    for key, limit in (("minimum", shape.minimum), ("maximum", shape.maximum)):
        if limit is not None:
            table[key] = number(limit, shape.decimals)
    return table | ({"at_most_reference": True} if shape.at_most_reference else {})


def level_words(levels: Sequence[Level], names: Mapping[str, Text]) -> Text:
    """市级3分、区级2分 / municipal 3, district 2; only the points where there are no levels."""
    if len(levels) == 1 and not levels[0].name:
        return Text(f"{points_text(levels[0].points)}分", points_text(levels[0].points))
    named = [(names.get(level.name, Text(level.name, level.name)), points_text(level.points)) for level in levels]
    return Text(
        "、".join(f"{name.zh}{points}分" for name, points in named),
        ", ".join(f"{name.en} {points}" for name, points in named),
    )


def times(quantity: int, unit: Text, one: int, points: int) -> Text:
    """3个项目 × 2分 = 6分."""
    return Text(
        f"{quantity}{unit.zh} × {points_text(one)}分 = {points_text(points)}分",
        f"{quantity} {unit.en}{'s' if quantity > 1 else ''} × {points_text(one)} = {points_text(points)}",
    )
