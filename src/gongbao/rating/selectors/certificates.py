"""Certificates of grades: whose they are, and who holds them."""

from datetime import date

from django.db.models import QuerySet

from gongbao.documents.models import Paper
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor
from gongbao.organisations.selectors import organisation_by_uscc, people_with_role


def certificates_issued(actor: Actor) -> QuerySet[Paper]:
    """All of them for the commission, in whose name they are made; none for others."""
    held = Paper.objects.exclude(certificate=None)
    return held if actor.holds("rating_city") else held.none()


def certificate_holders(paper: Paper, on: date) -> list[Person]:
    """Who acts for the enterprise whose grade a certificate states."""
    if not hasattr(paper, "certificate"):
        return []
    own = organisation_by_uscc(paper.certificate.score.uscc)
    return list(people_with_role("enterprise", own, on)) if own else []
