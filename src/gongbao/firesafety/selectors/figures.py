"""Cases as facts for the figures."""

from collections.abc import Iterator
from datetime import date

from gongbao.cases.models import Case, CaseDeadline
from gongbao.cases.selectors import day_table
from gongbao.firesafety.models import Place
from gongbao.firesafety.rules.figures import CaseFacts, Course, Step
from gongbao.firesafety.selectors.public import BOTH, places_public
from gongbao.kernel.workdays import DayTable, workdays_between

VISITS = ("visit", "visit_ordinary")
DECISIONS = ("approve", "refuse", "barred", "stop")
DECIDING = ("housing_decision", "fire_decision", "housing_ordinary", "fire_ordinary")
KEPT, LATE = (CaseDeadline.Outcome.KEPT,), (CaseDeadline.Outcome.LATE, CaseDeadline.Outcome.PASSED)


def case_facts(year: int | None = None) -> list[CaseFacts]:
    """Every case, or those opened in a year."""
    places = places_public().prefetch_related("case__steps", "case__deadlines")
    found = places.filter(case__opened_at__year=year) if year else places
    days = day_table()
    return [_facts(place, place.case, days) for place in found if place.case]


def years() -> list[int]:
    """The years in which cases were opened, the newest first."""
    return [one.year for one in Case.objects.filter(process="fire_joint").datetimes("opened_at", "year", order="DESC")]


def _facts(place: Place, case: Case, days: DayTable) -> CaseFacts:
    ended = [row.outcome for row in case.deadlines.all() if row.code in DECIDING]
    district = place.application.district
    return CaseFacts(
        _course(case),
        district.code if district else "",
        tuple(_used(case, days)),
        sum(outcome in KEPT for outcome in ended),
        sum(outcome in LATE for outcome in ended),
    )


def _course(case: Case) -> Course:
    if not any(f"{party}_admitted_on" in case.marks for party in BOTH):
        return "ended_early" if case.ended_at else "waiting"
    if any(step.move == "go_ordinary" for step in case.steps.all()):
        return "split"
    if case.facts["matter"] == "acceptance":
        return "acceptance"
    return "drawn" if case.facts["drawn"] == "yes" else "not_drawn"


def _used(case: Case, days: DayTable) -> Iterator[tuple[Step, int]]:
    """Working days that each authority took for each step."""
    steps = list(case.steps.all())

    def until(name: Step, begin: str | None, end: date | None) -> Iterator[tuple[Step, int]]:
        if begin and end:
            yield name, workdays_between(date.fromisoformat(begin), end, days).number

    def first(party: str, moves: tuple[str, ...]) -> date | None:
        return next((step.day for step in steps if step.track == party and step.move in moves), None)

    for party in BOTH:
        received, admitted = case.marks.get(f"{party}_received_on"), case.marks.get(f"{party}_admitted_on")
        yield from until("admission", received, date.fromisoformat(admitted) if admitted else None)
        yield from until("visit", admitted, first(party, VISITS))
        yield from until("decision", admitted, first(party, DECISIONS))
