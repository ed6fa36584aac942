"""What a connected system sees of the applications that came through it."""

from typing import Any

from gongbao.documents.models import Paper
from gongbao.firesafety.models import Application, Place
from gongbao.firesafety.selectors.materials import slots_of
from gongbao.organisations.models import Client


def application_of_client(client: Client, pk: int) -> Application | None:
    return Application.objects.filter(pk=pk, client=client).select_related("started_by", "district").first()


def standing_of(application: Application) -> dict[str, Any]:
    """Where an application stands, in the shape of the REST interface."""
    places = list(application.places.select_related("case"))
    numbers = {place.pk: number for number, place in enumerate(places, start=1)}
    missing = [slot for slot in slots_of(application) if slot.missing] if application.sent_at is None else []
    return {
        "application": application.pk,
        "sent_at": application.sent_at,
        "missing": [
            {"code": slot.kind.code, "place": numbers[slot.place.pk] if slot.place else 0, "name": slot.kind.name.zh}
            for slot in missing
        ],
        "places": [_place(place) for place in places],
    }


def paper_of_application(application: Application, code: str) -> Paper | None:
    """A paper of one of its places."""
    subjects = [f"fire/{place.pk}" for place in application.places.all()]
    return Paper.objects.filter(subject__in=subjects, code=code).select_related("file").first()


def _place(place: Place) -> dict[str, Any]:
    case = place.case
    papers = Paper.objects.filter(subject=f"fire/{place.pk}").select_related("file").order_by("pk")
    return {
        "name": place.name,
        "number": case.number if case else None,
        "states": {track.code: track.state for track in case.tracks.all()} if case else {},
        "due": {row.code: row.due for row in case.deadlines.filter(ended_at=None)} if case else {},
        "papers": [
            {"code": p.code, "name": p.name, "issued_on": p.issued_on, "state": p.state, "sha256": p.file.sha256}
            for p in papers
        ],
    }
