"""Reading what was handed in: rows that hold now, and the versions before them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from gongbao.rating.models import Complaint, Delivery, Enterprise, Fact, RatingCycle, Spell


def enterprise_in(cycle: RatingCycle, uscc: str) -> Enterprise | None:
    raise NotImplementedError


def enterprises_in(cycle: RatingCycle) -> QuerySet[Enterprise]:
    raise NotImplementedError


def spells_of(cycle: RatingCycle, uscc: str) -> QuerySet[Spell]:
    """Spells of an enterprise that overlap the cycle."""
    raise NotImplementedError


def spells_of_project(cycle: RatingCycle, project_id: str) -> QuerySet[Spell]:
    raise NotImplementedError


def estates_in(cycle: RatingCycle, district: str, street: str) -> list[Spell]:
    """For each project of a street that is managed on the cycle's last day, the spell that manages it."""
    raise NotImplementedError


def facts_of(cycle: RatingCycle, uscc: str) -> QuerySet[Fact]:
    raise NotImplementedError


def fact_versions(cycle: RatingCycle, fact_id: str) -> QuerySet[Fact]:
    """All versions of a fact, the newest first; each with its delivery."""
    raise NotImplementedError


def facts_by_id(cycle: RatingCycle, ids: Iterable[str]) -> dict[str, Fact]:
    raise NotImplementedError


def complaints_of(cycle: RatingCycle, projects: Iterable[str]) -> QuerySet[Complaint]:
    raise NotImplementedError


def deliveries_of(cycle: RatingCycle) -> QuerySet[Delivery]:
    raise NotImplementedError
