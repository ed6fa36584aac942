"""Objections, and requests of those left out: opened here; their moves are made through cases (case_move)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Objection, RatingCycle


def objection_lodge(
    *,
    cycle: RatingCycle,
    uscc: str,
    indicators: Sequence[str],
    contested: str,
    grounds: str,
    actor: Actor,
    now: datetime,
    files: Iterable[tuple[str, bytes]] = (),
    token: str = "",
) -> Objection:
    """Within the window; refused afterwards with the date that passed (MoveRefused)."""
    raise NotImplementedError


def left_out_ask(
    *,
    cycle: RatingCycle,
    uscc: str,
    grounds: str,
    actor: Actor,
    now: datetime,
    files: Iterable[tuple[str, bytes]] = (),
    token: str = "",
) -> Objection:
    raise NotImplementedError
