"""Reading applications: who sees which, where each stands, what else there is for the same project."""

import unicodedata

from django.db.models import Q, QuerySet

from gongbao.cases.selectors import parts_of
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor
from gongbao.support.models import Application

TRACK = "course"
DOSSIER = "support/"
GONE = ("refused", "withdrawn")  # states in which an application no longer stands in anybody's way
PAID = ("tracking", "closed")
TO_DECIDE = ("deciding", "decided", "notice", "payable", "waiting", *PAID)


def project_key(place: str, name: str) -> str:
    """Place and name in one form: NFKC, without spaces and case."""
    return "|".join("".join(unicodedata.normalize("NFKC", text).split()).casefold() for text in (place, name))


def subject_of(application: Application) -> str:
    """The dossier that an application goes to, and the cases about it."""
    return f"{DOSSIER}{application.pk}"


def about(subject: str) -> QuerySet[Application]:
    """The application that a dossier is of."""
    return Application.objects.filter(pk=subject.removeprefix(DOSSIER))


def applications() -> QuerySet[Application]:
    """Every application with what lists show, the newest first."""
    return Application.objects.select_related("case", "applicant", "project")


def sent() -> QuerySet[Application]:
    """Without drafts."""
    return applications().exclude(case=None)


def in_state(*states: str) -> QuerySet[Application]:
    return sent().filter(case__tracks__code=TRACK, case__tracks__state__in=states)


def standing() -> QuerySet[Application]:
    """Sent, and neither refused nor withdrawn."""
    return sent().exclude(case__tracks__state__in=GONE)


def application_by_number(number: str) -> Application | None:
    return sent().filter(case__number=number).first()


def applications_of(applicant: Organisation) -> QuerySet[Application]:
    """Drafts included."""
    return applications().filter(applicant=applicant)


def seen_by(actor: Actor) -> QuerySet[Application]:
    """Sent ones that an office may see: where it has a part; finance and supervisors see all."""
    if actor.person is None:
        return Application.objects.none()
    if actor.holds("finance", "supervisor"):
        return sent()
    return sent().filter(case__in=parts_of(actor.person, actor.on).values("case"))


def waiting_for(actor: Actor) -> QuerySet[Application]:
    """Where the person can act now."""
    if actor.person is None:
        return Application.objects.none()
    return sent().filter(case__in=parts_of(actor.person, actor.on).filter(can_move=True).values("case"))


def with_states(found: QuerySet[Application]) -> QuerySet[Application]:
    """For lists: where each stands is read along, once for all of them."""
    return found.prefetch_related("case__tracks")


def state_of(application: Application) -> str:
    """Code of the state that its course stands in; "draft" before it was sent."""
    if application.case is None:
        return "draft"
    return next(str(track.state) for track in application.case.tracks.all() if track.code == TRACK)


def rivals(application: Application) -> QuerySet[Application]:
    """Others that stand for the same project, the earliest first, drafts left out."""
    if application.project is None:  # granted to the entity: again once the last one is paid
        same = Q(project=None, applicant=application.applicant, measure=application.measure)
        same &= ~Q(case__tracks__state__in=PAID)
    else:
        same = Q(project=application.project)
    return standing().filter(same).exclude(pk=application.pk).order_by("case_id")
