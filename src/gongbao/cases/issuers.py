"""Which offices stand behind which papers. Papers of cases are known here; a domain that makes others says so:

    issue_as(Issuer(papers=certificates_by, told=those_who_hold_them))

in its AppConfig.ready. The functions read, they do not write. Where more follows from the end of a paper, the domain
has a page of its own for it, and `end_at` leads there.
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


PageOf = Callable[[Paper], str]
_issuers: list[Issuer] = []
_pages: list[PageOf] = []


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


def end_at(page: PageOf) -> None:
    """Lead whoever ends a paper to the address that `page` gives for it; "" for papers that are not the domain's."""
    if page not in _pages:
        _pages.append(page)


def page_for(paper: Paper) -> str:
    return next((url for page in _pages if (url := page(paper))), "")
