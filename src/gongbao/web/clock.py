"""What the domains do when the clock comes round, and what they do once a day, by the process that runs it.

    at_every_turn(live_scores_begin)       # looks whether something of its own is due, and begins it
    every_night("calls", calls_forget)     # returns how many rows it cleared

in the domain's AppConfig.ready. Each function takes an aware time and is safe to repeat. A turn comes every minute or
so: what takes long is put into the background, and what was begun is not begun again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

log = logging.getLogger(__name__)
Turn = Callable[[datetime], object]
Work = Callable[[datetime], int]
T = TypeVar("T")
_turns: list[Turn] = []
_works: dict[str, Work] = {}


def at_every_turn(take: Turn) -> Turn:
    if take not in _turns:
        _turns.append(take)
    return take


def turns_take(now: datetime) -> list[str]:
    """Let each domain look. Returns the names of those that failed."""
    return _each(((getattr(take, "__name__", str(take)), take) for take in _turns), now)[1]


def every_night(name: str, work: Work) -> None:
    _works[name] = work


def night(now: datetime) -> dict[str, int]:
    """Do all that is done once a day: name → rows."""
    return _each(_works.items(), now)[0]


def _each(works: Iterable[tuple[str, Callable[[datetime], T]]], now: datetime) -> tuple[dict[str, T], list[str]]:
    """What each gave, and the names of those that failed: they are logged and do not hold up the others."""
    done, failed = dict[str, T](), list[str]()
    for name, work in works:
        try:
            done[name] = work(now)
        except Exception:
            log.exception("the clock could not do %s", name)
            failed.append(name)
    return done, failed
