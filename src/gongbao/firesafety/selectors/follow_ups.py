"""Places that opened, as the fire authority and supervisors follow them."""

from django.db.models import Count, Q, QuerySet

from gongbao.firesafety.models import FIRE, FollowUp, FollowUpNote
from gongbao.organisations.permissions import Actor, territory


def follow_ups_before(actor: Actor) -> QuerySet[FollowUp]:
    """Those of the authorities that the person acts for, or of the territory she supervises; next to end first."""
    mine = Q(pk__in=[])
    for post in actor.posts:
        if post.role == FIRE:
            mine |= Q(place__case__parts__party=FIRE, place__case__parts__organisation=post.organisation)
        elif post.role == "supervisor":
            mine |= Q(place__application__district__path__startswith=territory(post.organisation))
    danger = Q(notes__kind=FollowUpNote.Kind.DANGER, notes__mended_on=None)
    found = FollowUp.objects.filter(pk__in=FollowUp.objects.filter(mine).values("pk")).select_related("place__case")
    return found.annotate(dangers=Count("notes", filter=danger)).order_by("closed_on", "until", "pk")


def follow_up_of(actor: Actor, number: str) -> FollowUp | None:
    """The one of that case, if the person may know of it."""
    return follow_ups_before(actor).filter(place__case__number=number).first()
