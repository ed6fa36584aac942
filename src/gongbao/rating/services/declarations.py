"""Declaring items with proof, and reviewing them: district, then city; each may return them with a reason."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Declaration, RatingCycle


def declaration_make(
    *,
    cycle: RatingCycle,
    uscc: str,
    indicator: str,
    occurred_on: date,
    proofs: Iterable[tuple[str, bytes]],
    actor: Actor,
    now: datetime,
    project_id: str = "",
    value: str = "",
    reference: str = "",
    document_no: str = "",
    note: str = "",
    token: str = "",
) -> Declaration:
    """proofs: (file name, content), one at least. token: of the form, so that sending it twice declares once."""
    raise NotImplementedError


def declaration_mend(
    *,
    declaration: Declaration,
    version: int,
    changes: Mapping[str, object],
    proofs: Iterable[tuple[str, bytes]],
    actor: Actor,
    now: datetime,
) -> Declaration:
    """Hand a returned one in again."""
    raise NotImplementedError


def declaration_pass(
    *, declaration: Declaration, version: int, actor: Actor, now: datetime, because: str = ""
) -> Declaration:
    """District: on to the city. City: confirmed, its fact enters."""
    raise NotImplementedError


def declaration_return(
    *, declaration: Declaration, version: int, because: str, actor: Actor, now: datetime
) -> Declaration:
    raise NotImplementedError


def declaration_refuse(
    *, declaration: Declaration, version: int, because: str, actor: Actor, now: datetime
) -> Declaration:
    raise NotImplementedError


def declaration_withdraw(*, declaration: Declaration, version: int, actor: Actor, now: datetime) -> Declaration:
    raise NotImplementedError


def declarations_pass(*, declarations: Iterable[tuple[Declaration, int]], actor: Actor, now: datetime) -> int:
    """Many at once: all or none."""
    raise NotImplementedError
