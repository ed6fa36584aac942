"""How collecting goes: completeness, timeliness and accuracy of every source, and progress by district and street."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.rating.models import Complaint, Enterprise, Fact, RatingCycle, Row, Spell
from gongbao.rating.rules.world import months_of
from gongbao.rating.selectors.declarations import PENDING
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import rows_now
from gongbao.rating.selectors.rows import estates_in, spells_in
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.tables.course import sources


@dataclass(frozen=True)
class SourceProgress:
    """expected, delivered: units of the source; expected None: how many there should be cannot be known.
    deadline: its last day; late: rows that came after it; corrected: rows that a later delivery replaced or ended."""

    source: str
    name: Text
    unit: Text
    expected: int | None
    delivered: int
    deadline: date
    last_on: date | None
    late: int
    corrected: int
    cite: str

    @property
    def missing(self) -> int:
        return max(self.expected - self.delivered, 0) if self.expected is not None else 0


@dataclass(frozen=True)
class PlaceProgress:
    """projects: that a sheet is due for; scored: with a street's score; drafted: with a draft that is not signed;
    disclosed: whose disclosure was verified; waiting: declarations that wait for the district's review."""

    place: str
    projects: int
    scored: int
    drafted: int
    disclosed: int
    waiting: int


def source_progress(cycle: RatingCycle) -> list[SourceProgress]:
    """All sources, in the order of the table."""
    parties = edition_of(cycle).parties
    found = []
    for code, source in sources().items():
        expected, delivered = _counted(cycle, code)
        rows, deadline = _rows(cycle, code), source_due(cycle, code)
        after = timezone.make_aware(datetime.combine(deadline + timedelta(days=1), time.min))
        last = rows.aggregate(last=Max("delivery__at"))["last"]
        found.append(
            SourceProgress(
                source=code,
                name=parties[code],
                unit=source.unit,
                expected=expected,
                delivered=delivered,
                deadline=deadline,
                last_on=timezone.localdate(last) if last else None,
                late=rows.filter(ended=None, delivery__at__gte=after).count(),
                corrected=rows.exclude(ended=None).count(),
                cite=source.cite,
            )
        )
    return found


def district_progress(cycle: RatingCycle) -> list[PlaceProgress]:
    """By district, the busiest first."""
    waiting = Counter(cycle.declarations.filter(state=PENDING[0]).values_list("district", flat=True))
    return _places(cycle, estates_in(cycle), lambda spell: spell[1], waiting)


def street_progress(cycle: RatingCycle, district: str) -> list[PlaceProgress]:
    """By street of a district."""
    return _places(cycle, estates_in(cycle, district), lambda spell: spell[2], Counter())


def _places(
    cycle: RatingCycle,
    estates: QuerySet[Spell],
    place_of: Callable[[tuple[str, str, str]], str],
    waiting: Counter[str],
) -> list[PlaceProgress]:
    scored, disclosed = _projects(cycle, "community"), _projects(cycle, "disclosure") | _looked_at(cycle)
    drafts = set(cycle.sheets.filter(signed_at=None).values_list("project_id", flat=True))
    by_place: dict[str, list[str]] = {}
    for spell in estates.values_list("project_id", "district", "street"):
        by_place.setdefault(place_of(spell), []).append(spell[0])
    found = [
        PlaceProgress(place, len(ids), _among(ids, scored), _among(ids, drafts), _among(ids, disclosed), waiting[place])
        for place, ids in by_place.items()
    ]
    return sorted(found, key=lambda p: (-p.projects, p.place))


def _among(ids: Iterable[str], known: set[str]) -> int:
    return sum(name in known for name in ids)


def _counted(cycle: RatingCycle, source: str) -> tuple[int | None, int]:
    """Units expected and delivered."""
    match source:
        case "economy":
            taking_part = set(spells_in(cycle).values_list("uscc", flat=True))
            held = Enterprise.objects.filter(cycle=cycle, ended=None).exclude(credit=None, credit_grade=None)
            return len(taking_part), len(taking_part & set(held.values_list("uscc", flat=True)))
        case "hotline":
            months = [month.number for month in months_of(cycle.cycle)]
            delivered = Complaint.objects.filter(cycle=cycle, ended=None, month__in=months)
            return len(months), delivered.values("month").distinct().count()
        case "street" | "district":
            estates = set(estates_in(cycle).values_list("project_id", flat=True))
            done = _projects(cycle, "community") if source == "street" else _projects(cycle, "disclosure")
            return len(estates), len(estates & (done if source == "street" else done | _looked_at(cycle)))
    return None, _rows(cycle, source).filter(ended=None).count()


def _rows(cycle: RatingCycle, source: str) -> QuerySet[Any]:
    """Every version of the rows that a source answers for."""
    models: dict[str, type[Row]] = {"economy": Enterprise, "system": Spell, "hotline": Complaint}
    if source in models:
        return models[source]._default_manager.filter(cycle=cycle)
    codes = [i.code for i in edition_of(cycle).indicators if i.source[0] == source]
    return Fact.objects.filter(cycle=cycle, indicator__in=codes)


def _projects(cycle: RatingCycle, indicator: str) -> set[str]:
    held = rows_now(Fact, cycle).filter(indicator=indicator)
    return {project for project in held.values_list("project_id", flat=True) if project}


def _looked_at(cycle: RatingCycle) -> set[str]:
    """Projects whose disclosure a district looked at, with whatever result."""
    return set(cycle.verifications.filter(indicator="disclosure").values_list("project_id", flat=True))
