"""What an enterprise sees of itself in a cycle: live until the release, then the result that was released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from gongbao.cases.selectors import day_table
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import CountedDay, Deadline, workdays_between
from gongbao.organisations.permissions import Actor
from gongbao.rating.models import RatingCycle, Run, Score, State, Window
from gongbao.rating.rules.standard import GROUPS
from gongbao.rating.selectors.cycles import cycle_running, cycles_all
from gongbao.rating.selectors.live import Gap, Live
from gongbao.rating.selectors.objections import window_newest
from gongbao.rating.selectors.results import Explained, ledger_of, score_of
from gongbao.rating.selectors.witnesses import Opened, opened

RELEASED = (State.OBJECTIONS, State.FINAL)
POINT_TO_SCORE = 100  # 10⁻⁴ of a score in 10⁻⁶ points


@dataclass(frozen=True)
class Released:
    """The result that an enterprise may see now. score: None where it was left out; changed: its score and grade
    before and after the last re-run as text, where that changed them; before "" where it was not rated."""

    run: Run
    score: Score | None
    lines: tuple[Explained, ...]
    changed: tuple[str, str, str, str] | None


@dataclass(frozen=True)
class Objecting:
    """The window for objections, with the days that made it. left: working days after today, negative once over."""

    window: Window
    period: Deadline
    left: int

    @property
    def is_over(self) -> bool:
        return self.left < 0


@dataclass(frozen=True)
class Item:
    """The lines of one indicator, opened; there is one at least."""

    lines: tuple[Opened, ...]

    @property
    def name(self) -> Text:
        return self.lines[0].line.indicator

    @property
    def contribution(self) -> int:
        """For reading, in 10⁻⁶."""
        return sum(one.line.line.contribution for one in self.lines)


def enterprise_codes(actor: Actor) -> list[str]:
    """The codes of the enterprises that a person acts or looks for."""
    posts = (post for post in actor.posts if post.role in ("enterprise", "manager"))
    return list(dict.fromkeys(post.organisation.uscc for post in posts if post.organisation.uscc))


def cycle_for_enterprises() -> RatingCycle | None:
    """The one that enterprises work in: the running one, otherwise the newest."""
    return cycle_running() or cycles_all().first()


def released(cycle: RatingCycle, uscc: str) -> Released | None:
    """The preliminary result once it is released, the published one afterwards; None while the score is live."""
    run = cycle.draft if cycle.state in RELEASED else cycle.public
    if run is None or cycle.state in (State.COLLECTING, State.CLOSED, State.PRELIMINARY):
        return None
    window = window_newest(cycle)
    changed = window.changed.get(uscc) if window and window.round > 1 else None
    return Released(run, score_of(run, uscc), tuple(ledger_of(run, uscc)), tuple(changed) if changed else None)


def objecting(cycle: RatingCycle, now: datetime) -> Objecting | None:
    """The newest window of the cycle, open or over."""
    window = window_newest(cycle)
    if window is None:
        return None
    today, days = timezone.localdate(now), day_table()
    counted = tuple(
        CountedDay(date.fromisoformat(day), kind, Text(zh, en), counts) for day, kind, counts, zh, en in window.counted
    )
    period = Deadline(window.last_day, window.provisional, counted)
    if window.last_day < today:
        return Objecting(window, period, -max(workdays_between(window.last_day, today, days).number, 1))
    return Objecting(window, period, workdays_between(today, window.last_day, days).number)


def closing(live: Live) -> list[tuple[Gap, bool]]:
    """The items that have points left to give, each with whether it alone would close the distance."""
    needed = None if live.distance is None else live.distance * POINT_TO_SCORE
    return [(gap, needed is not None and (gap.points is None or gap.points >= needed)) for gap in live.gaps]


def by_group(cycle: RatingCycle, lines: Iterable[Explained]) -> list[tuple[str, list[Item]]]:
    """Every line opened, by group and indicator in the order of the standard."""
    items = [Item(tuple(held)) for _, held in groupby(opened(cycle, lines), lambda one: one.line.line.indicator)]
    return [(group, [item for item in items if item.lines[0].line.group == group]) for group in GROUPS]
