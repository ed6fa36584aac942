"""Applications: begun, sent, moved. What a move changes beside the case stands in effects*.py."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_move, case_open
from gongbao.cases.services.hand import beijing_day
from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, ProgrammeEdition, Project
from gongbao.support.selectors.applications import TRACK, project_key
from gongbao.support.selectors.editions import digest_of, is_subsidy, programme_of, text_of
from gongbao.support.selectors.offices import city_office, district_office, named_offices
from gongbao.support.selectors.submission import Screening, screening, submission_problems, submission_refusal
from gongbao.support.selectors.worth import worth_of
from gongbao.support.services.invoices import invoices_index
from gongbao.support.tables.course import course_of


def project_of(*, place: str, name: str) -> Project:
    """The project of that place and name, made where nobody applied for it yet. Raises BadInput for an empty name."""
    problems = [
        Problem("project", None, column, "", zh, en)
        for column, value, zh, en in (
            ("name", name, "请填写项目名称", "the name of the project"),
            ("place", place, "请填写项目地点", "the place of the project"),
        )
        if not value.strip()
    ]
    if problems:
        raise BadInput(problems)
    found, _ = Project.objects.get_or_create(
        key=project_key(place, name), defaults={"name": name.strip(), "place": place.strip()}
    )
    return found


@transaction.atomic
def application_draft(
    *,
    applicant: Organisation,
    programme: str,
    measure: str,
    actor: Actor,
    now: datetime,
    project: Project | None = None,
) -> Application:
    """Begin an application. Hidden from others until it is sent."""
    made = Application(
        programme=programme, measure=measure, applicant=applicant, project=project, drafted_by=actor.person,
        drafted_at=now, facts={"entity": {"name": applicant.name}, "project": {}},
    )  # fmt: skip
    authorise("support.application.edit", actor, made)
    made.save()
    return made


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
    if problems := submission_problems(application, today):
        raise BadInput(problems)
    application.edition = _edition(application.programme, now)
    worth = worth_of(application, today)
    found = screening(application, worth, today)
    application.applied_on, application.assessed, application.countable = today, worth.amount, worth.countable
    if actor.person is None:
        raise RuntimeError("an application is sent by a person")
    application.case = case_open(
        process=course_of(application.programme).process,
        subject=f"support/{application.pk}",
        title=_title(application),
        parties=_parties(application, found, now),
        fields={**_kind(application, now), "screening": found.outcome, "screened": found.because.zh},
        actor=actor.person,
        now=now,
    )
    application.save()
    invoices_index(application=application)
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
    text = text_of(programme)
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
        return {"way": "subsidy" if is_subsidy(application) else "reward"}
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
