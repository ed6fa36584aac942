"""Reading objections: of an enterprise, of a cycle, and whether one can still be made."""

from datetime import datetime

from django.db.models import QuerySet

from gongbao.kernel.result import Refused
from gongbao.rating.models import Objection, RatingCycle


def objections_in(cycle: RatingCycle) -> QuerySet[Objection]:
    raise NotImplementedError


def objections_of(cycle: RatingCycle, uscc: str) -> QuerySet[Objection]:
    raise NotImplementedError


def objections_open(cycle: RatingCycle) -> QuerySet[Objection]:
    """Not yet answered, of this revision."""
    raise NotImplementedError


def objection_refusal(cycle: RatingCycle, uscc: str, now: datetime) -> Refused | None:
    """Why an enterprise cannot object now, with the date that passed; None where it can."""
    raise NotImplementedError
