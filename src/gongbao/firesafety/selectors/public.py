"""What anybody may know: places that were applied for, whether they may open, decisions that were published."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongbao.documents.models import Paper
from gongbao.firesafety.models import FIRE, HOUSING, Application, Place, Publication
from gongbao.firesafety.rules.opening import Opening, Stand, may_open

BOTH = (HOUSING, FIRE)
FILING = ("certify", "certify_drawn")


def places_public() -> QuerySet[Place]:
    """Every place that was applied for, the newest first."""
    found = Place.objects.exclude(case=None)
    related = found.select_related("case", "application__applicant", "application__district")
    return related.prefetch_related("case__tracks", "publications__paper").order_by("-pk")


def places_found(words: str) -> QuerySet[Place]:
    """Places with all words in name, address, project or operator."""
    found = places_public()
    for word in words.replace("\0", " ").split():  # no database stores that character
        named = Q(name__icontains=word) | Q(address__icontains=word) | Q(application__project__icontains=word)
        found = found.filter(named | Q(operator__icontains=word) | Q(case__number=word))
    return found


def place_public(number: str) -> Place | None:
    return places_public().filter(case__number=number.replace("\0", "")).first()


def decisions_published() -> QuerySet[Publication]:
    """Published decisions, the newest first."""
    found = Publication.objects.exclude(published_on=None)
    related = found.select_related("paper", "step", "place__case", "place__application__district")
    return related.order_by("-published_on", "-pk")


@dataclass(frozen=True)
class Matter:
    """One of the two matters of a place. place: the one whose case decides, the newest that applied for it; None where
    nobody did; decisions: published, the newest first."""

    party: str
    place: Place | None
    stand: Stand
    decisions: tuple[Publication, ...]


@dataclass(frozen=True)
class PublicPlace:
    place: Place
    opening: Opening
    matters: tuple[Matter, ...]


def public_place(place: Place) -> PublicPlace:
    """The answer for a place, with the applications before and after it that are about the same place."""
    chain = _chain(place)
    matters = {party: _matter(party, chain) for party in BOTH}
    housing, fire = matters[HOUSING], matters[FIRE]
    filed = any(one.step.move in FILING and one.paper.state == Paper.State.VALID for one in housing.decisions)
    opening = may_open(place.application.matter, housing.stand, fire.stand, filed=filed)
    return PublicPlace(place, opening, (housing, fire))


def _chain(place: Place) -> list[Place]:
    """The same place in the applications that this one follows and that follow it, the newest first."""
    first = place.application
    while first.follows:
        first = first.follows
    found, waiting = list[Application](), [first]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += list(one.followed_by.exclude(sent_at=None))
    same = places_public().filter(application__in=found, name=place.name, address=place.address)
    return list(same)


def _matter(party: str, chain: list[Place]) -> Matter:
    for place in chain:
        assert place.case  # noqa: S101 - only those that were applied for
        state = next(track.state for track in place.case.tracks.all() if track.code == party)
        if state != "not_applied":
            decisions = tuple(
                sorted(
                    (one for one in place.publications.all() if one.party == party and one.published_on),
                    key=lambda one: -one.pk,
                )
            )
            return Matter(party, place, _stand(state, decisions), decisions)
    return Matter(party, None, Stand("none"), ())


def _stand(state: str, decisions: tuple[Publication, ...]) -> Stand:
    """A decision that was annulled or revoked does not stand any more."""
    newest = decisions[0].paper.state if decisions else None
    if state in ("approved", "certified") and newest in (Paper.State.ANNULLED, Paper.State.REVOKED):
        return Stand("ended")
    return Stand(state, newest == Paper.State.VALID)
