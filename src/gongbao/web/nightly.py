"""What is to be done once a day, by the process that runs the clock. A domain registers its own in the `ready` of its
AppConfig; each function is safe to repeat, takes an aware time, and returns how many rows it cleared."""

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)
Work = Callable[[datetime], int]
_works: dict[str, Work] = {}


def every_night(name: str, work: Work) -> None:
    _works[name] = work


def night(now: datetime) -> dict[str, int]:
    """Do all of it: name → rows. One that fails is logged and does not hold up the others."""
    done = {}
    for name, work in _works.items():
        try:
            done[name] = work(now)
        except Exception:
            log.exception("the nightly work %s failed", name)
    return done
