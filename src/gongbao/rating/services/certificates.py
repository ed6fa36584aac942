"""评价等级证明: a dated paper of a published grade, with a check code."""

from datetime import datetime

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Certificate, RatingCycle


def certificate_issue(*, cycle: RatingCycle, uscc: str, actor: Actor, now: datetime) -> Certificate:
    """For the enterprise itself or the commission. The same result gives the same certificate."""
    raise NotImplementedError
