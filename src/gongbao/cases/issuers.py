"""Which offices stand behind which papers. Papers of cases are known here; a domain that makes others says so:

    issue_as(Issuer(papers=certificates_by, told=those_who_hold_them))

in its AppConfig.ready. The functions read, they do not write.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongbao.documents.models import Paper
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor


@dataclass(frozen=True)
class Issuer:
    """papers: those that the actor may end, as somebody of the office that issued them; told: who learns of the end
    of a paper on a day (nobody for papers of others)."""

    papers: Callable[[Actor], QuerySet[Paper]]
    told: Callable[[Paper, date], Iterable[Person]]


_issuers: list[Issuer] = []


def issue_as(issuer: Issuer) -> None:
    if issuer not in _issuers:
        _issuers.append(issuer)


def papers_by(actor: Actor) -> QuerySet[Paper]:
    """The papers that the actor's offices issued, the newest first."""
    mine = Q(pk__in=[])
    for issuer in _issuers:
        mine |= Q(pk__in=issuer.papers(actor).values("pk"))
    return Paper.objects.filter(mine).select_related("file", "replaced_by")


def told_of(paper: Paper, on: date) -> list[Person]:
    found = {person.pk: person for issuer in _issuers for person in issuer.told(paper, on)}
    return [found[pk] for pk in sorted(found)]
