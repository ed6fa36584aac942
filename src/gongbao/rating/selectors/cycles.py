"""Reading cycles: where each stands, what its next step still needs, its history, its windows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.rating.models import CycleStep, RatingCycle, State, Window
from gongbao.rating.selectors.conditions import CONDITIONS, Lack
from gongbao.rating.selectors.objections import window_newest
from gongbao.rating.tables.course import steps


@dataclass(frozen=True)
class Onward:
    """A step that the table of a cycle knows from where it stands. lacks: what it still needs, () where it can go."""

    to: State
    name: Text
    needs_reason: bool
    cite: str
    lacks: tuple[Lack, ...]

    @property
    def can_go(self) -> bool:
        """Whether nothing is lacking but what the step may decide away."""
        return all(lack.waivable for lack in self.lacks)


def cycle_by_code(code: str) -> RatingCycle | None:
    return cycles_all().filter(code=code).first()


def cycles_all() -> QuerySet[RatingCycle]:
    """The newest first."""
    return RatingCycle.objects.select_related("draft", "public")


def cycle_running() -> RatingCycle | None:
    """The newest cycle that is not yet published or archived."""
    return cycles_all().exclude(state__in=[State.PUBLISHED, State.ARCHIVED]).first()


def cycle_collecting() -> RatingCycle | None:
    """The newest cycle that is being collected."""
    return cycles_all().filter(state=State.COLLECTING).first()


def cycle_shown() -> RatingCycle | None:
    """The newest cycle that the public can read."""
    return cycles_all().exclude(public=None).first()


def is_being_corrected(cycle: RatingCycle) -> bool:
    """Whether the public result is about to be replaced: a revision is on its way. The old one is shown marked."""
    return cycle.public is not None and cycle.state not in (State.PUBLISHED, State.ARCHIVED)


def steps_onward(cycle: RatingCycle, now: datetime) -> list[Onward]:
    """The steps from where the cycle stands, each with what it lacks."""
    return [
        Onward(
            State(step.after),
            step.name,
            step.reason,
            step.cite,
            tuple(lack for name in step.needs if (lack := CONDITIONS[name](cycle, now))),
        )
        for step in steps()
        if step.before == cycle.state
    ]


def cycle_history(cycle: RatingCycle) -> QuerySet[CycleStep]:
    """What happened to the cycle, the last first."""
    return cycle.steps.select_related("by").order_by("-pk")


def window_of(cycle: RatingCycle) -> Window | None:
    """The newest window of the revision, open or over."""
    return window_newest(cycle)


def window_is_open(window: Window, now: datetime) -> bool:
    """The last day ends at 24:00 Beijing time."""
    return timezone.localdate(now) <= window.last_day
