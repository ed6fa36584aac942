"""Score sheets: the community drafts, the street signs, and may correct until closing; old versions stay."""

from collections.abc import Mapping
from datetime import datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import RatingCycle, Sheet


def sheet_draft(
    *,
    cycle: RatingCycle,
    project_id: str,
    version: int,
    bonus: int | None,
    bonus_reason: str,
    faults: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Sheet:
    """Keep a draft, by community or street. version: of the newest sheet, 0 for the first; a signed one is followed by
    a new draft. faults: name of the deduction -> reason."""
    raise NotImplementedError


def sheet_sign(*, sheet: Sheet, version: int, actor: Actor, now: datetime) -> Sheet:
    """By the street: its facts enter, those of the sheet before end."""
    raise NotImplementedError
