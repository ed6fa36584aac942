"""Rating a cycle: rows to tables, the one implementation, the result written unpublished in small batches."""

from collections.abc import Callable
from datetime import datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import RatingCycle, Run


def run_make(
    *, cycle: RatingCycle, actor: Actor, now: datetime, because: str = "", progress: Callable[[int], None] | None = None
) -> Run:
    """Make a run of the closed cycle. progress: told the percentage written."""
    raise NotImplementedError
