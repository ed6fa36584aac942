"""A case taken in hand: its rows, locked, beside the process that it runs under."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongbao.cases.models import Case, CaseDeadline, Part, Track
from gongbao.cases.rules.course import Standing, movers_of
from gongbao.cases.rules.process import Move, Process
from gongbao.cases.tables import process_of
from gongbao.kernel.workdays import DayTable
from gongbao.organisations.models import Organisation

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing_day(now: datetime) -> date:
    """The day that an aware time falls on in Beijing."""
    return now.astimezone(BEIJING).date()


@dataclass
class Hand:
    """deadlines: those that run or are suspended, by code; days: the calendar that periods are counted with;
    made: the moves made with the case in hand, in order."""

    case: Case
    process: Process
    tracks: dict[str, Track]
    parts: dict[str, Part]
    deadlines: dict[str, CaseDeadline]
    days: DayTable
    made: list[Move] = field(default_factory=list)

    @classmethod
    def take(cls, pk: int, days: DayTable) -> "Hand":
        """Lock a case for the rest of the transaction. Raises Case.DoesNotExist."""
        case = Case.objects.select_for_update().get(pk=pk)
        return cls(
            case=case,
            process=process_of(case.process, case.edition),
            tracks={track.code: track for track in case.tracks.all()},
            parts={part.party: part for part in case.parts.select_related("organisation")},
            deadlines={deadline.code: deadline for deadline in case.deadlines.filter(ended_at=None)},
            days=days,
        )

    @property
    def standing(self) -> Standing:
        """Where the case stands, as the rules see it."""
        held = {code for code, deadline in self.deadlines.items() if deadline.suspended_on}
        return Standing(
            states=tuple(self.tracks[track.code].state for track in self.process.tracks),
            facts=tuple(self.case.facts[choice.code] for choice in self.process.choices),
            running=frozenset(self.deadlines.keys() - held),
            held=frozenset(held),
        )

    def bind(self, party: str, organisation: Organisation) -> None:
        """The organisation is that party from now on."""
        self.parts[party], _ = Part.objects.update_or_create(
            case=self.case, party=party, defaults={"organisation": organisation}
        )

    def note_turns(self) -> None:
        """Keep, for the inbox, who can move now and what falls due for whom first."""
        movers = movers_of(self.process, self.standing)
        for party, part in self.parts.items():
            dues = [d.due for d in self.deadlines.values() if d.of == party and d.due]
            part.can_move, part.due = party in movers, min(dues, default=None)
        Part.objects.bulk_update(self.parts.values(), ["can_move", "due"])
