"""Reading what was handed in: rows that hold now, and the versions before them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongbao.rating.models import Complaint, Delivery, Enterprise, Fact, RatingCycle, Spell


def enterprise_in(cycle: RatingCycle, uscc: str) -> Enterprise | None:
    return enterprises_in(cycle).filter(uscc=uscc).first()


def enterprises_in(cycle: RatingCycle) -> QuerySet[Enterprise]:
    return Enterprise.objects.filter(cycle=cycle, ended=None).order_by("uscc")


def spells_in(cycle: RatingCycle) -> QuerySet[Spell]:
    """Spells that overlap the cycle."""
    spells = Spell.objects.filter(cycle=cycle, ended=None, managed_from__lte=cycle.cycle.last_day)
    overlapping = spells.filter(Q(managed_until=None) | Q(managed_until__gte=cycle.cycle.first_day))
    return overlapping.order_by("project_id", "managed_from")


def spells_of(cycle: RatingCycle, uscc: str) -> QuerySet[Spell]:
    """Spells of an enterprise that overlap the cycle."""
    return spells_in(cycle).filter(uscc=uscc)


def spells_of_project(cycle: RatingCycle, project_id: str) -> QuerySet[Spell]:
    """Every spell of a project that is on file, the first one first."""
    return Spell.objects.filter(cycle=cycle, ended=None, project_id=project_id).order_by("managed_from")


def estates_in(cycle: RatingCycle, district: str = "", street: str = "") -> QuerySet[Spell]:
    """For each project that is managed on the cycle's last day, the spell that manages it."""
    last = cycle.cycle.last_day
    found = spells_in(cycle).filter(Q(managed_until=None) | Q(managed_until__gte=last))
    if district:
        found = found.filter(district=district)
    return found.filter(street=street) if street else found


def facts_of(cycle: RatingCycle, uscc: str) -> QuerySet[Fact]:
    """The facts of an enterprise that hold now, each with its delivery; the newest first."""
    found = Fact.objects.filter(cycle=cycle, ended=None, uscc=uscc).select_related("delivery__organisation")
    return found.order_by("-occurred_on", "fact_id")


def fact_versions(cycle: RatingCycle, fact_id: str) -> QuerySet[Fact]:
    """All versions of a fact, the newest first; each with its delivery."""
    versions = Fact.objects.filter(cycle=cycle, fact_id=fact_id)
    return versions.select_related("delivery__organisation", "delivery__by", "ended").order_by("-pk")


def facts_by_id(cycle: RatingCycle, ids: Iterable[str]) -> dict[str, Fact]:
    """The facts that hold now, by id."""
    found = Fact.objects.filter(cycle=cycle, ended=None, fact_id__in=list(ids))
    return {fact.fact_id: fact for fact in found.select_related("delivery__organisation")}


def complaints_of(cycle: RatingCycle, projects: Iterable[str]) -> QuerySet[Complaint]:
    found = Complaint.objects.filter(cycle=cycle, ended=None, project_id__in=list(projects))
    return found.order_by("project_id", "month")


def deliveries_of(cycle: RatingCycle) -> QuerySet[Delivery]:
    """What came in, the newest first."""
    return cycle.deliveries.select_related("organisation", "by", "client")
