"""What anybody may know: places that were applied for, whether they may open, decisions that were published."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from gongbao.documents.models import Paper
from gongbao.firesafety.models import FIRE, HOUSING, Application, Place, Publication
from gongbao.firesafety.rules.opening import Opening, Stand, may_open

BOTH = (HOUSING, FIRE)
FILING = ("certify", "certify_drawn")


def places_public() -> QuerySet[Place]:
    """Every place that was applied for, the newest first."""
    found = Place.objects.exclude(case=None)
    related = found.select_related("case", "application__applicant", "application__district")
    decisions = Prefetch("publications", Publication.objects.select_related("paper", "step"))
    return related.prefetch_related("case__tracks", decisions).order_by("-pk")


def places_found(words: str) -> QuerySet[Place]:
    """Places with all words in name, address, project or operator."""
    found = places_public()
    for word in words.split():
        named = Q(name__icontains=word) | Q(address__icontains=word) | Q(application__project__icontains=word)
        found = found.filter(named | Q(operator__icontains=word) | Q(case__number=word))
    return found


def place_public(number: str) -> Place | None:
    return places_public().filter(case__number=number).first()


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
    return public_places([place])[0]


def public_places(places: Iterable[Place]) -> list[PublicPlace]:
    """As `public_place` for each of them, in as few queries as for one."""
    shown = list(places)
    first = _first_of({place.application_id for place in shown})
    chains = defaultdict[tuple[int, str, str], list[Place]](list)
    for place in places_public().filter(application__in=first):
        chains[first[place.application_id], place.name, place.address].append(place)
    return [_seen(place, chains[first[place.application_id], place.name, place.address]) for place in shown]


def _first_of(applications: set[int]) -> dict[int, int]:
    """Application → the one that it goes back to; for all that follow one another, before these and after them."""
    follows, asked, ahead = dict[int, int | None](), set[int](), applications
    while ahead:
        asked |= ahead
        near = Application.objects.filter(Q(pk__in=ahead) | Q(follows__in=ahead))
        follows |= near.values_list("pk", "follows")
        ahead = {pk for pair in follows.items() for pk in pair if pk} - asked

    def first(pk: int) -> int:
        before = follows[pk]
        return first(before) if before else pk

    return {pk: first(pk) for pk in follows}


def _seen(place: Place, chain: list[Place]) -> PublicPlace:
    """chain: the same place in all applications that follow one another, the newest first."""
    housing, fire = (_matter(party, chain) for party in BOTH)
    filed = any(one.step.move in FILING and one.paper.state == Paper.State.VALID for one in housing.decisions)
    opening = may_open(place.application.matter, housing.stand, fire.stand, filed=filed)
    return PublicPlace(place, opening, (housing, fire))


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
