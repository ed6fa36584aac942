"""Reading inspection plans; drawing one again from what was published."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.rating.models import Inspection, InspectionPlan


@dataclass(frozen=True)
class Drawn:
    """One ticket of a plan, as anybody works it out. ticket: of TICKETS; hit: whether it is inspected."""

    uscc: str
    time: int
    ticket: int
    rate: str
    hit: bool
    inspectors: tuple[str, ...]


def plans_all() -> QuerySet[InspectionPlan]:
    raise NotImplementedError


def inspections_of(plan: InspectionPlan) -> QuerySet[Inspection]:
    raise NotImplementedError


def plan_redraw(plan: InspectionPlan) -> list[Drawn]:
    """Every ticket of a drawn plan, worked out anew from its list, secret and parts."""
    raise NotImplementedError
