"""Reading what associations were asked to help with (协助任务)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor
from gongbao.organisations.selectors import organisations_of_kind
from gongbao.rating.models import Declaration, HelpTask, RatingCycle
from gongbao.rating.selectors.places import district_name


def tasks_seen(cycle: RatingCycle, actor: Actor) -> QuerySet[HelpTask]:
    """Those that the actor may see: the city all, a district its own, an association what it was asked."""
    tasks = cycle.help_tasks.select_related("association", "office", "declaration")
    if actor.holds("rating_city", "supervisor"):
        return tasks
    offices, own = _of(actor, "rating_district"), _of(actor, "helper")
    return tasks.filter(Q(office__in=offices) | Q(declaration__district__in=_districts(actor)) | Q(association__in=own))


def tasks_waiting(cycle: RatingCycle, actor: Actor) -> QuerySet[HelpTask]:
    """What waits for an association's own people, the first due first."""
    waiting = cycle.help_tasks.filter(association__in=_of(actor, "helper"), state=HelpTask.State.ASKED)
    return waiting.order_by("due", "pk")


def tasks_about(declaration: Declaration) -> QuerySet[HelpTask]:
    """What was asked about one claim, and what was found; the newest first."""
    return declaration.help_tasks.exclude(state=HelpTask.State.WITHDRAWN).select_related("association", "office", "by")


def associations_for(actor: Actor) -> list[Organisation]:
    """Whom the actor can ask: the commission every association, a district its own and the city's."""
    every = organisations_of_kind("association", on=actor.on)
    if actor.holds("rating_city"):
        return list(every)
    own = {"", *_districts(actor)}
    return [one for one in every if district_name(one) in own]


def _districts(actor: Actor) -> set[str]:
    return {district_name(post.organisation) for post in actor.posts if post.role == "rating_district"}


def _of(actor: Actor, role: str) -> Iterable[int]:
    return [post.organisation.pk for post in actor.posts if post.role == role]
