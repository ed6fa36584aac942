"""Applications: sent, and moved. What a move changes beside the case stands in effects*.py."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_move, case_open
from gongbao.cases.services.hand import beijing_day
from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, ProgrammeEdition, Project
from gongbao.support.selectors.applications import TRACK, subject_of
from gongbao.support.selectors.editions import digest_of, programme_of
from gongbao.support.selectors.ledgers import ledger_rules
from gongbao.support.selectors.offices import city_office, district_office, named_offices
from gongbao.support.selectors.programmes import programme_text
from gongbao.support.selectors.submission import Screening, screening, submission_problems, submission_refusal
from gongbao.support.selectors.worth import worth_of
from gongbao.support.tables.course import course_of


@transaction.atomic
def application_submit(*, application: Application, actor: Actor, now: datetime) -> Application:
    """Send an application: checked for completeness, screened for what stands for the same project, assessed by the
    rules, and opened as a case at the competent office. Sending twice sends once.

    Raises BadInput with everything that is missing, MoveRefused where there can be no application at all. Too early,
    or a second one for the project: it is opened and refused at once, with a paper; of a second applicant: held.
    """
    authorise("support.application.edit", actor, application)
    if application.project_id:
        Project.objects.select_for_update().get(pk=application.project_id)  # one after the other for a project
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.case_id:
        return application
    today = beijing_day(now)
    if refusal := submission_refusal(application, today):
        raise refusal
    if problems := submission_problems(application):
        raise BadInput(problems)
    application.edition = _edition(application.programme, now)
    worth = worth_of(application, today)
    found = screening(application, worth.first_day, today)
    application.applied_on, application.assessed, application.countable = today, worth.amount, worth.countable
    if actor.person is None:
        raise RuntimeError("an application is sent by a person")
    application.case = case_open(
        process=course_of(application.programme).process,
        subject=subject_of(application),
        title=_title(application),
        parties=_parties(application, found, now),
        fields={**_kind(application, now), "screening": found.outcome, "screened": found.because.zh},
        actor=actor.person,
        now=now,
    )
    application.save()
    return application


def application_move(
    *,
    application: Application,
    move: str,
    version: int | None,
    actor: Person,
    now: datetime,
    fields: Mapping[str, object] | None = None,
    files: Iterable[StoredFile] = (),
) -> Application:
    """Make a move of the application's course; raises as case_move."""
    if application.case is None:
        raise MoveRefused(Text("申请还没有提交", "the application was not sent yet"), "")
    case_move(
        case=application.case, track=TRACK, move=move, version=version, actor=actor, now=now, fields=fields, files=files
    )
    application.refresh_from_db()
    return application


def _edition(programme: str, now: datetime) -> ProgrammeEdition:
    text = programme_text(programme, beijing_day(now))
    found, _ = ProgrammeEdition.objects.get_or_create(
        sha256=digest_of(text), defaults={"programme": programme, "text": text, "kept_at": now}
    )
    return found


def _title(application: Application) -> str:
    what = application.project.name if application.project else application.measure
    return f"{application.applicant.name} · {what}"[:200]


def _kind(application: Application, now: datetime) -> dict[str, str]:
    """The choice that its course asks for at the opening."""
    if course_of(application.programme).process == "support_fund":
        return {"way": "subsidy" if ledger_rules(application) else "reward"}
    return {"offices": "some" if len(named_offices(application, beijing_day(now))) > 1 else "none"}


def _parties(application: Application, found: Screening, now: datetime) -> dict[str, Organisation]:
    """Who takes part. Raises MoveRefused where the competent office is not in the system."""
    today = beijing_day(now)
    if course_of(application.programme).process == "support_fund":
        parties = {"district": district_office(application, today), "city": city_office(today), "rival": found.rival}
        needed = {"district", "city"}
    else:
        parties, needed = {"lead": next(iter(named_offices(application, today)), None)}, {"lead"}
    present = {code: office for code, office in parties.items() if office}
    if needed - present.keys():
        zh, en = "系统中没有登记受理部门,请联系管理员", "the competent office is not in the system"
        raise MoveRefused(Text(zh, en), programme_of(application).document)
    return {"applicant": application.applicant, **present}
