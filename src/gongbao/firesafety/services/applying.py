"""What an applicant does online: begin with what the check found out, and send what is complete."""

from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.firesafety.models import Application, Place
from gongbao.firesafety.selectors.drafts import draft_problems
from gongbao.firesafety.services.applications import APPLYING, application_send, application_start, place_save
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor

DECLARED = ("ready", "chosen", "no_commitment")


@transaction.atomic
def draft_begin(
    *, applicant: Organisation, matter: str, way: str, kind: str, actor: Actor, now: datetime
) -> Application:
    """A draft with one place of that kind. Raises BadInput for a matter or way that there is none of."""
    known = (("matter", matter, Application.Matter.values), ("way", way, Application.Way.values))
    problems = [
        Problem("application", None, column, value, f"应为:{'、'.join(fitting)}", f"one of {', '.join(fitting)}")
        for column, value, fitting in known
        if value not in fitting
    ]
    if problems:
        raise BadInput(problems)
    made = application_start(applicant=applicant, actor=actor, now=now, matter=matter, way=way)
    place_save(application=made, actor=actor, now=now, kind=kind)
    return made


@transaction.atomic
def draft_send(*, application: Application, declared: bool, actor: Actor, now: datetime, token: str) -> Application:
    """Send it with every material. declared: ready to open, by choice, neither matter by commitment. Sent twice with
    the token of one form, it is sent once. Raises BadInput naming everything that is missing; then nothing changed."""
    if application.sent_at is None:
        problems = draft_problems(application, actor.on)
        if not declared and application.scope == Application.Scope.BOTH:
            zh = "请确认场所具备营业条件、自愿协同、两项都不采用告知承诺"
            en = "confirm that the place is ready, that joint handling is chosen and neither matter is by commitment"
            problems.append(Problem("application", None, "declared", "", zh, en))
        if problems:
            raise BadInput(problems)
    was_draft = application.sent_at is None
    sent = application_send(application=application, actor=actor, now=now, token=token)
    if was_draft:
        for place in sent.places.all():
            _note(place, actor, now)
    return sent


def _note(place: Place, actor: Actor, now: datetime) -> None:
    """What was declared and handed in stands in the dossier of the place."""
    application = place.application
    files = [one for one in application.materials.select_related("file") if one.place_id in (None, place.pk)]
    entry_append(
        subject=f"fire/{place.pk}",
        kind="fire.applied",
        payload={
            "application": application.pk,
            "way": application.way,
            "declared": DECLARED if application.scope == Application.Scope.BOTH else (),
            "electronic": application.electronic,
            "files": [[one.code, one.file.sha256] for one in files],
            "cite": APPLYING,
        },
        actor=actor.person,
        at=now,
    )
