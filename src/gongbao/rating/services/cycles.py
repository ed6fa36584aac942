"""Taking a cycle from step to step. Each is one transaction with its archive entry; a refusal changes nothing."""

from collections.abc import Mapping
from datetime import datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import RatingCycle, State


def cycle_open(*, code: str, actor: Actor, now: datetime, standard: str = "") -> RatingCycle:
    """Begin collecting. standard: text of the edition; "": the packaged one that holds for the cycle."""
    raise NotImplementedError


def cycle_settings_change(
    *, cycle: RatingCycle, settings: Mapping[str, object], because: str, version: int, actor: Actor, now: datetime
) -> RatingCycle:
    raise NotImplementedError


def cycle_standard_change(
    *, cycle: RatingCycle, standard: str, because: str, version: int, actor: Actor, now: datetime
) -> RatingCycle:
    raise NotImplementedError


def cycle_step(
    *,
    cycle: RatingCycle,
    to: State,
    version: int,
    actor: Actor,
    now: datetime,
    because: str = "",
    waive: frozenset[str] = frozenset(),
) -> RatingCycle:
    """Take the step. version: as the actor saw it; waive: codes of lacks that the step decides away.

    To preliminary and final a run must have been made (run_make); to objections it is released: the window begins and
    everybody is told; to published the pointer moves. From published or archived, closed opens a revision."""
    raise NotImplementedError
