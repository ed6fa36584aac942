"""What the domains do when the clock comes round: each looks whether something of its own is due, and begins it.

    at_every_turn(live_scores_begin)   # in the domain's AppConfig.ready

A turn comes every minute or so: what takes long is put into the background, and what was begun is not begun again.
"""

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)
Turn = Callable[[datetime], object]
_turns: list[Turn] = []


def at_every_turn(take: Turn) -> Turn:
    if take not in _turns:
        _turns.append(take)
    return take


def turns_take(now: datetime) -> list[str]:
    """Let each domain look. One that fails is logged and does not hold up the others. Returns their names."""
    failed = []
    for take in _turns:
        try:
            take(now)
        except Exception:
            log.exception("a turn of the clock failed: %s", take)
            failed.append(getattr(take, "__name__", str(take)))
    return failed
