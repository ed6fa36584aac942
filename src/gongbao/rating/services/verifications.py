"""What districts verify: standard disclosure, exit notices, separate revenue accounts."""

from datetime import date, datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import RatingCycle, Verification


def verification_enter(
    *,
    cycle: RatingCycle,
    indicator: str,
    uscc: str,
    counts: bool,
    occurred_on: date,
    actor: Actor,
    now: datetime,
    project_id: str = "",
    note: str = "",
) -> Verification:
    """indicator: disclosure (counts: disclosed as it should be), exit_notice_90, exit_notice_60, revenue_account
    (counts: missing). A later one takes the place of the one before."""
    raise NotImplementedError
