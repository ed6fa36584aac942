"""Reading declarations: an enterprise's own, and the queues of districts and city."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Declaration, RatingCycle, State
from gongbao.rating.rules.standard import Indicator
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.places import district_name
from gongbao.rating.selectors.settings import setting

PENDING = (Declaration.State.DECLARED, Declaration.State.DISTRICT)


def declarable(cycle: RatingCycle) -> list[Indicator]:
    """The indicators that an enterprise declares itself."""
    return [indicator for indicator in edition_of(cycle).indicators if "enterprise" in indicator.source]


def declarations_of(cycle: RatingCycle, uscc: str) -> QuerySet[Declaration]:
    """Of one enterprise, the newest first."""
    return cycle.declarations.filter(uscc=uscc).order_by("-pk")


def declarations_pending(cycle: RatingCycle) -> QuerySet[Declaration]:
    """Waiting for a district or the city; what was returned waits for the enterprise, and nobody for it."""
    return cycle.declarations.filter(state__in=PENDING)


def declarations_waiting(cycle: RatingCycle, actor: Actor, now: datetime) -> QuerySet[Declaration]:
    """What waits for the actor, the oldest first: first review in her district; second review for the city, and first
    reviews that a district has let pass."""
    waiting = Q(pk__in=[])
    if actor.holds("rating_city"):
        waiting |= Q(state=Declaration.State.DISTRICT)
        if district_is_late(cycle, now):
            waiting |= Q(state=Declaration.State.DECLARED)
    names = {district_name(post.organisation) for post in actor.posts if post.role == "rating_district"}
    waiting |= Q(state=Declaration.State.DECLARED, district__in=names)
    return cycle.declarations.filter(waiting).order_by("declared_at", "pk")


def review_due(cycle: RatingCycle) -> date | None:
    """The districts' last day for first reviews; None while collecting goes on."""
    closed = cycle.steps.filter(state_after=State.CLOSED).order_by("-pk").first()
    if closed is None or cycle.state == State.COLLECTING:
        return None
    return timezone.localdate(closed.at) + timedelta(days=int(setting(cycle, "review_days")))


def district_is_late(cycle: RatingCycle, now: datetime) -> bool:
    """Whether the city may review in a district's place."""
    due = review_due(cycle)
    return due is not None and timezone.localdate(now) > due
