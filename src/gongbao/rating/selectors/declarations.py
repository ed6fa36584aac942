"""Reading declarations: an enterprise's own, and the queues of districts and city."""

from django.db.models import QuerySet

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Declaration, RatingCycle
from gongbao.rating.rules.standard import Indicator


def declarable(cycle: RatingCycle) -> list[Indicator]:
    """The indicators that an enterprise declares itself."""
    raise NotImplementedError


def declarations_of(cycle: RatingCycle, uscc: str) -> QuerySet[Declaration]:
    raise NotImplementedError


def declarations_waiting(cycle: RatingCycle, actor: Actor) -> QuerySet[Declaration]:
    """What waits for the actor: first review in her district, second review for the city."""
    raise NotImplementedError


def declarations_pending(cycle: RatingCycle) -> QuerySet[Declaration]:
    """Not yet confirmed, refused or withdrawn."""
    raise NotImplementedError
