"""What everybody may look up: published results, as far as the setting of their cycle shows them (I-29)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from gongbao.rating.models import RatingCycle, Run, Score, Spell
from gongbao.rating.rules.standard import GROUPS, Indicator, Standard
from gongbao.rating.selectors.cycles import cycle_by_code, cycle_shown, is_being_corrected
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.results import DistrictRow, estates, points_by_indicator
from gongbao.rating.selectors.rows import estates_in
from gongbao.rating.selectors.settings import setting

BETTER = 2


@dataclass(frozen=True)
class Shown:
    """A published cycle as the public sees it. breakdown: grade | score | indicators."""

    cycle: RatingCycle
    run: Run
    breakdown: str

    @property
    def scores(self) -> bool:
        return self.breakdown != "grade"

    @property
    def indicators(self) -> bool:
        return self.breakdown == "indicators"

    @property
    def corrected(self) -> bool:
        """Whether this result is about to be replaced."""
        return is_being_corrected(self.cycle)

    @property
    def standard(self) -> Standard:
        return edition_of(self.cycle)

    @property
    def grades(self) -> tuple[str, ...]:
        """From the best."""
        return tuple(step.grade for step in self.standard.grades)

    @property
    def best(self) -> tuple[str, ...]:
        """The upper grades, counted together."""
        return self.grades[:BETTER]

    def share_of_best(self, row: DistrictRow) -> int:
        """How many hundredths of a district's enterprises have an upper grade, rounded down."""
        return 100 * sum(row.grades.get(grade, 0) for grade in self.best) // row.enterprises


@dataclass(frozen=True)
class GroupPoints:
    """One group of indicators with what each brought to a score, in 10⁻⁶."""

    group: str
    points: tuple[tuple[Indicator, int], ...]


def shown(cycle: RatingCycle) -> Shown | None:
    """A cycle as the public sees it, None where nothing of it is published."""
    return Shown(cycle, cycle.public, str(setting(cycle, "public_breakdown"))) if cycle.public else None


def shown_by_code(code: str) -> Shown | None:
    """The cycle with that code, for "" the newest one; None: none that is published."""
    cycle = cycle_by_code(code) if code else cycle_shown()
    return shown(cycle) if cycle else None


def shown_all() -> list[Shown]:
    """Every cycle that has been published, the newest first."""
    cycles = RatingCycle.objects.exclude(public=None).select_related("public", "draft")
    return [found for cycle in cycles if (found := shown(cycle))]


def managed(seen: Shown, words: str = "") -> QuerySet[Spell]:
    """Estates with whoever manages them on the cycle's last day (uscc, company, grade), by name; words as in a search.

    company, grade: None where the manager was not rated.
    """
    score = Score.objects.filter(run=seen.run, uscc=OuterRef("uscc"))
    found = estates(seen.run, words).filter(pk__in=estates_in(seen.cycle).values("pk"))
    return found.annotate(company=Subquery(score.values("name")[:1]), grade=Subquery(score.values("grade")[:1]))


def breakdown(seen: Shown, uscc: str) -> list[GroupPoints]:
    """What each indicator brought, by group, in the order of the standard; [] where the cycle does not show it."""
    return grouped(seen.standard, points_by_indicator(seen.run, uscc)) if seen.indicators else []


def grouped(standard: Standard, points: dict[str, int]) -> list[GroupPoints]:
    return [
        GroupPoints(
            group, tuple((i, points[i.code]) for i in standard.indicators if i.group == group and points.get(i.code))
        )
        for group in GROUPS
    ]


def side_by_side(standard: Standard, columns: Iterable[dict[str, int]]) -> list[tuple[Indicator, list[int]]]:
    """A line for each indicator that brought something to any of them: its points in every column, 10⁻⁶."""
    held = list(columns)
    used = [i for i in standard.indicators if any(points.get(i.code) for points in held)]
    return [(indicator, [points.get(indicator.code, 0) for points in held]) for indicator in used]
