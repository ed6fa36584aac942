"""Reading inspection plans; drawing one again from what was published."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.draw.lists import Entry, draw_each, fingerprint
from gongbao.kernel.draw import choose, read_rate, seed
from gongbao.rating.models import Inspection, InspectionPlan

TOGETHER = 2  # inspectors of one visit (两人以上)


@dataclass(frozen=True)
class Drawn:
    """One ticket of a plan, as anybody works it out. ticket: hexadecimal; hit: whether it is inspected."""

    uscc: str
    name: str
    grade: str
    time: int
    rate: str
    ticket: str
    hit: bool
    inspectors: tuple[str, ...]


def plans_all() -> QuerySet[InspectionPlan]:
    """The newest first."""
    return InspectionPlan.objects.select_related("cycle", "place")


def inspections_of(plan: InspectionPlan) -> QuerySet[Inspection]:
    return plan.inspections.order_by("name", "time")


def plan_entries(plan: InspectionPlan) -> list[Entry]:
    """The list as `gongbao draw` takes it: one line for each visit that may be drawn, "USCC#2" for the second."""
    return [
        Entry(f"{uscc}#{time}", read_rate(plan.rates[grade]))
        for uscc, _name, grade in plan.listed
        for time in range(1, plan.times[grade] + 1)
    ]


def plan_list_csv(plan: InspectionPlan) -> str:
    """The list as a file for `gongbao draw`: id, rate."""
    return "id,rate\n" + "".join(f"{entry.id},{entry.rate}\n" for entry in plan_entries(plan))


def plan_list_hash(plan: InspectionPlan) -> str:
    return fingerprint(plan_entries(plan))


def plan_redraw(plan: InspectionPlan) -> list[Drawn]:
    """Every ticket of a drawn plan, worked out anew from its list, secret and parts; [] before the draw."""
    if plan.drawn_at is None:
        return []
    known = {uscc: (name, grade) for uscc, name, grade in plan.listed}
    found = []
    for entry, _part, rate, ticket, drawn in draw_each(plan_entries(plan), plan.purpose, plan.secret, plan.parts, None):
        uscc, _, time = entry.partition("#")
        hit = drawn == "yes"
        chosen = inspectors_drawn(plan, entry) if hit else ()
        found.append(Drawn(uscc, *known[uscc], int(time), rate, ticket, hit, chosen))
    return found


def inspectors_drawn(plan: InspectionPlan, entry: str) -> tuple[str, ...]:
    """Who goes: a draw of its own for each visit, whose purpose ends with the visit's id."""
    key = seed(f"{plan.purpose} {entry}", plan.secret, plan.parts)
    weights = dict.fromkeys(plan.inspectors, 1)
    return tuple(pick.name for pick in choose(key, weights, min(TOGETHER, len(weights))))
