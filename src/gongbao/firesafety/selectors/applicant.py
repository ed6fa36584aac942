"""What an applicant sees: its applications, where the two matters of a place stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongbao.cases.models import CaseDeadline
from gongbao.cases.selectors import Choice, day_table, days_left, moves_for, period_of
from gongbao.cases.tables import process_of
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Application, Place
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import Deadline
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor


def applicants_of(actor: Actor) -> list[Organisation]:
    """The enterprises that the person may apply for."""
    found = {post.organisation.pk: post.organisation for post in actor.posts if post.role == "enterprise"}
    return list(found.values())


def applications_online(actor: Actor) -> QuerySet[Application]:
    """Drafts and what was sent, for all enterprises that the person acts for, the newest first; what a reception desk
    keys in for them once it is sent."""
    mine = Application.objects.filter(applicant__in=applicants_of(actor)).exclude(window__isnull=False, sent_at=None)
    return mine.select_related("applicant").prefetch_related("places__case__tracks")


@dataclass(frozen=True)
class Running:
    """A deadline of a track: whose, until when (None while suspended), working days left."""

    row: CaseDeadline
    name: Text
    of: Text
    period: Deadline | None
    left: int | None


@dataclass(frozen=True)
class Side:
    """One of the tracks of a place. pauses: first and last day of each suspension that is over."""

    code: str
    name: Text
    state: str
    says: Text
    ended: bool
    authority: Organisation | None
    running: tuple[Running, ...]
    pauses: tuple[tuple[date, date], ...]
    choices: tuple[Choice, ...]
    version: int


def sides_of(place: Place, person: Person | None, on: date) -> dict[str, Side]:
    """The tracks housing, fire and visit of a place that was applied for. person: whose moves are shown."""
    case = place.case
    assert case  # noqa: S101 - the caller shows what was sent
    process = process_of(case.process, case.edition)
    parts = {part.party: part.organisation for part in case.parts.select_related("organisation")}
    rows, days = list(case.deadlines.all()), day_table()
    moves: Sequence[Choice] = moves_for(case, person, on) if person else ()
    found = {}
    for held in case.tracks.all():
        track = process.track(held.code)
        state = track.state(held.state)
        own = [row for row in rows if process.deadline(row.code).track == held.code]
        running = tuple(
            Running(
                row,
                process.deadline(row.code).name,
                process.party(row.of).name,
                period_of(row),
                days_left(row, on, days),
            )
            for row in own
            if row.ended_at is None
        )
        pauses = {(date.fromisoformat(first), date.fromisoformat(last)) for row in own for first, last in row.pauses}
        found[held.code] = Side(
            held.code, track.name, held.state, state.name, state.end, parts.get(held.code), running,
            tuple(sorted(pauses)), tuple(one for one in moves if one.move.track == held.code), held.version,
        )  # fmt: skip
    return found


def papers_of_place(place: Place) -> list[Paper]:
    """The papers of a place, the newest first."""
    assert place.case  # noqa: S101 - as above
    steps = place.case.steps.exclude(paper=None).select_related("paper__file")
    return [step.paper for step in steps.order_by("-pk") if step.paper]


ASKED = {"supplement": ("ask", "missing"), "remedy": ("stop", "remedies")}  # state → the move that asked, and its field


def missing_of(place: Place, track: str) -> str:
    """What an authority asked for and still waits for, in its words; "" where it waits for nothing."""
    assert place.case  # noqa: S101 - as above
    state = place.case.tracks.get(code=track).state
    if state not in ASKED:
        return ""
    move, field = ASKED[state]
    step = place.case.steps.filter(track=track, move=move).select_related("entry").last()
    return str(step.entry.content["data"]["fields"].get(field, "")) if step else ""
