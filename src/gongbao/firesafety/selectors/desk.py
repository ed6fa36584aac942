"""What authorities, desks and supervisors have before them: places with what is due, deliveries, decisions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from gongbao.cases.models import Part
from gongbao.cases.rules.process import Move
from gongbao.firesafety.models import FIRE, HOUSING, Delivery, Place, Publication
from gongbao.firesafety.permissions import ROLES
from gongbao.firesafety.tables.settings import settings
from gongbao.organisations.permissions import Actor, territory


def _mine(actor: Actor) -> Q:
    """Places of cases in which somebody acts for an authority or desk, or that lie where she supervises."""
    parts = Q(pk__in=[])
    for post in actor.posts:
        if post.role in ROLES:
            parts |= Q(party=post.role, organisation=post.organisation)
        elif post.role == "supervisor":
            parts |= Q(organisation__path__startswith=territory(post.organisation))
    return Q(Exists(Part.objects.filter(parts, case=OuterRef("case"))))


def places_before(actor: Actor) -> QuerySet[Place]:
    """Every place that somebody sees at the desk, with `due`: the first day of a period of hers that still runs."""
    parties = [post.role for post in actor.posts if post.role in (HOUSING, FIRE)] or [HOUSING, FIRE]
    running = Q(case__deadlines__ended_at=None, case__deadlines__of__in=parties)
    return (
        Place.objects.filter(_mine(actor), case__isnull=False)
        .select_related("case", "application__applicant", "application__district")
        .prefetch_related("case__tracks")
        .annotate(due=Min("case__deadlines__due", filter=running))
    )


def places_late(places: Any, on: date) -> Any:
    """Of the result of `places_before`, those where a day has passed."""
    return places.filter(due__lt=on)


def deliveries_before(actor: Actor) -> QuerySet[Delivery]:
    """Papers that somebody's authority or desk has to deliver or has delivered."""
    return Delivery.objects.filter(place__in=Place.objects.filter(_mine(actor), case__isnull=False)).select_related(
        "paper", "place__case", "place__application__applicant"
    )


def deliveries_open(actor: Actor, on: date) -> tuple[int, int]:
    """How many papers are still to be delivered, no public notice running; and how many of them are late."""
    waiting = deliveries_before(actor).filter(effective_on=None).exclude(attempts__way=Delivery.Way.NOTICE)
    return waiting.count(), waiting.filter(due__lt=on).count()


def proposed_fields(move: Move) -> Mapping[str, str]:
    """What stands in the form of a move before the officer writes."""
    return {"appeal": settings().appeal} if "appeal" in move.takes else {}


def publications_of(place: Place) -> QuerySet[Publication]:
    return place.publications.select_related("paper__file")


def publication_by_pk(pk: int) -> Publication | None:
    return Publication.objects.filter(pk=pk).select_related("paper", "place__case", "place__application").first()


def delivery_by_pk(pk: int) -> Delivery | None:
    found = Delivery.objects.filter(pk=pk)
    return found.select_related("paper__file", "receipt__file", "place__case", "place__application__applicant").first()
