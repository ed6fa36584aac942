"""Reading cycles: where each stands, what its next step still needs, its history, its windows, its settings."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongbao.kernel.text import Text
from gongbao.rating.models import CycleStep, RatingCycle, State, Window


@dataclass(frozen=True)
class Lack:
    """Why a step cannot be taken yet. code: of the condition; waivable: the step may decide it away, with a reason."""

    code: str
    because: Text
    cite: str
    waivable: bool = False


@dataclass(frozen=True)
class Onward:
    """A step that the table of a cycle knows from where it stands. lacks: what it still needs, () where it can go."""

    to: State
    name: Text
    needs_reason: bool
    lacks: tuple[Lack, ...]


def cycle_by_code(code: str) -> RatingCycle | None:
    raise NotImplementedError


def cycles_all() -> QuerySet[RatingCycle]:
    raise NotImplementedError


def cycle_running() -> RatingCycle | None:
    """The newest cycle that is not yet published or archived."""
    raise NotImplementedError


def cycle_shown() -> RatingCycle | None:
    """The newest cycle that the public can read."""
    raise NotImplementedError


def steps_onward(cycle: RatingCycle, now: datetime) -> list[Onward]:
    raise NotImplementedError


def cycle_history(cycle: RatingCycle) -> QuerySet[CycleStep]:
    raise NotImplementedError


def window_of(cycle: RatingCycle, now: datetime) -> Window | None:
    """The newest window of the revision, open or over."""
    raise NotImplementedError


def window_is_open(window: Window, now: datetime) -> bool:
    raise NotImplementedError


def setting(cycle: RatingCycle, name: str) -> object:
    raise NotImplementedError
