"""What an applicant sees: its applications, the papers of a place, what it is asked for."""

from django.db.models import QuerySet

from gongbao.documents.models import Paper
from gongbao.firesafety.models import Application, Place
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor


def applicants_of(actor: Actor) -> list[Organisation]:
    """The enterprises that the person may apply for."""
    found = {post.organisation.pk: post.organisation for post in actor.posts if post.role == "enterprise"}
    return list(found.values())


def applications_online(actor: Actor) -> QuerySet[Application]:
    """Drafts and what was sent, for all enterprises that the person acts for, the newest first; what a reception desk
    keys in for them once it is sent."""
    mine = Application.objects.filter(applicant__in=applicants_of(actor)).exclude(window__isnull=False, sent_at=None)
    return mine.select_related("applicant").prefetch_related("places__case__tracks")


def papers_of_place(place: Place) -> list[Paper]:
    """The papers of a place, the newest first."""
    assert place.case  # noqa: S101 - the caller shows what was sent
    steps = place.case.steps.exclude(paper=None).select_related("paper__file")
    return [step.paper for step in steps.order_by("-pk") if step.paper]


ASKED = {"supplement": ("ask", "missing"), "remedy": ("stop", "remedies")}  # state → the move that asked, and its field


def missing_of(place: Place, track: str) -> str:
    """What an authority asked for and still waits for, in its words; "" where it waits for nothing."""
    assert place.case  # noqa: S101 - as above
    state = place.case.tracks.get(code=track).state
    if state not in ASKED:
        return ""
    move, field = ASKED[state]
    step = place.case.steps.filter(track=track, move=move).select_related("entry").last()
    return str(step.entry.content["data"]["fields"].get(field, "")) if step else ""
