"""Taking rows in, by file, by push or by hand: all problems at once, nothing half-stored, twice is once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from gongbao.organisations.models import Client
from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Delivery, Fact, RatingCycle


def file_preview(*, cycle: RatingCycle, source: Path) -> dict[str, tuple[int, int, int]]:
    """table -> (new, changed, unchanged) rows. Raises BadInput with every problem, by cell."""
    raise NotImplementedError


def file_import(*, cycle: RatingCycle, source: Path, actor: Actor, now: datetime, because: str = "") -> Delivery | None:
    """A folder or workbook with one or more of the tables. Returns None where nothing was new."""
    raise NotImplementedError


def rows_push(
    *, cycle: RatingCycle, source: str, rows: Mapping[str, Sequence[Mapping[str, str]]], client: Client, now: datetime
) -> Delivery | None:
    """What a connected system hands in: source enforcement (facts), hotline (complaints), economy (enterprises)."""
    raise NotImplementedError


def fact_enter(*, cycle: RatingCycle, row: Mapping[str, str], actor: Actor, now: datetime, because: str = "") -> Fact:
    """An order or penalty entered by hand by its authority."""
    raise NotImplementedError


def fact_correct(*, fact: Fact, changes: Mapping[str, str], because: str, actor: Actor, now: datetime) -> Fact:
    """By its owner, or by the commission with the enterprise heard. The old version stays."""
    raise NotImplementedError


def fact_end(*, fact: Fact, because: str, actor: Actor, now: datetime) -> None:
    """Take a fact out of account. It stays readable."""
    raise NotImplementedError
