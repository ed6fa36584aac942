"""Where the tracks of a place stand side by side, for whoever looks: its applicant, an authority, a desk."""

from dataclasses import dataclass
from datetime import date

from gongbao.cases.models import CaseDeadline
from gongbao.cases.selectors import Choice, day_table, days_left, moves_for, period_of
from gongbao.cases.tables import process_of
from gongbao.firesafety.models import Place
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import Deadline
from gongbao.organisations.models import Organisation, Person


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
    """One of the tracks of a place. state: its code, says: its name; pauses: first and last day of each suspension that
    is over; choices: the moves of the person who looks, with why one does not go yet."""

    code: str
    name: Text
    state: str
    says: Text
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
    tracks = {held.code: held for held in case.tracks.all()}
    rows, days = list(case.deadlines.all()), day_table()
    moves = moves_for(case, person, on) if person else []
    found = {}
    for track in process.tracks:
        held = tracks[track.code]
        own = [row for row in rows if process.deadline(row.code).track == track.code]
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
        found[track.code] = Side(
            track.code, track.name, held.state, track.state(held.state).name, parts.get(track.code), running,
            tuple(sorted(pauses)), tuple(one for one in moves if one.move.track == track.code), held.version,
        )  # fmt: skip
    return found
