"""An application while it is prepared: begun, filled in, dropped. Nothing here sends it.

An application that was returned for correction is mended by the same services.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.canonical import Json
from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.support.models import Application, MaterialSlot, Project
from gongbao.support.rules.facts import MONEY_PLACES, SCOPES
from gongbao.support.rules.programme import Measure
from gongbao.support.selectors.applications import project_key, subject_of
from gongbao.support.selectors.drafts import MONEY, checklist, is_open, known_of
from gongbao.support.selectors.editions import catalogue_now, measure_of
from gongbao.support.selectors.ledgers import ledger_rules
from gongbao.support.tables.json_files import Node
from gongbao.support.tables.profiles import read_facts

SENT = Text(
    "申请已提交,现在不能修改;退回补正时可以改。", "It was sent and cannot be changed now, unless it is returned."
)
LONGEST = 200  # characters of a name


@transaction.atomic
def draft_begin(
    *,
    uscc: str,
    measure: str,
    actor: Actor,
    now: datetime,
    project: str = "",
    place: str = "",
    facts: Mapping[str, Mapping[str, object]] | None = None,
) -> Application:
    """A new draft with a slot for every paper. facts: {"entity": {…}, "project": {…}} that are known beforehand.

    Raises BadInput for a measure that nobody applies for, a project without name or place, or unsound facts.
    """
    authorise("support.applicant.act", actor, uscc)
    own, found = organisation_by_uscc(uscc), catalogue_now().by_code.get(measure)
    assert own  # noqa: S101 - whoever acts for it has a post there
    if found is None or found.promise not in MONEY:
        zh, en = "可以申请资金的措施", "a measure that money is applied for under"
        raise BadInput([Problem("application", None, "measure", measure, zh, en)])
    stated = facts or {}
    known = {"entity": {**stated.get("entity", {}), **known_of(own)}, "project": dict(stated.get("project", {}))}
    _check_facts(known)
    application = Application.objects.create(
        programme=catalogue_now().programme_of[measure].id,
        measure=measure,
        applicant=own,
        project=_project(found, project, place),
        facts=_asked(known, found),
        drafted_by=actor.person,
        drafted_at=now,
    )
    slots_sync(application)
    note(application, "support.begun", {"measure": measure, "uscc": uscc}, actor, now)
    return application


@transaction.atomic
def draft_describe(
    *,
    application: Application,
    actor: Actor,
    now: datetime,
    project: str,
    place: str,
    bank: str,
    account: str,
    claimed: str = "",
    co_investors: Sequence[Mapping[str, str]] = (),
    related_names: Sequence[str] = (),
    project_form: str = "",
) -> Application:
    """Project, account, yuan applied for ("" leaves them open), who invests together, related parties.

    Raises BadInput with everything that is wrong.
    """
    held = opened(application, actor)
    measure, rules = measure_of(held), ledger_rules(held)
    problems = list[Problem]()
    for row, one in enumerate(co_investors, 1):
        if rules is None or one["relation"] not in rules.relations:
            zh, en = "分公司,或100%控股的子公司", "a branch, or a subsidiary held to 100 %"
            problems.append(Problem("co_investors", row, "co_investors", one["relation"], zh, en))
    if project_form and (rules is None or project_form not in rules.forms):
        problems.append(Problem("application", None, "project_form", project_form, "列出的项目形式", "a listed form"))
    try:
        held.claimed = to_fixed(claimed, MONEY_PLACES) if claimed else None
    except ValueError:
        problems.append(Problem("application", None, "claimed", claimed, "金额,如 500000.00", "yuan, as 500000.00"))
    try:
        held.project = _project(measure, project, place)
    except BadInput as bad:
        problems += bad.problems
    if problems:
        raise BadInput(problems)
    held.bank, held.account, held.project_form = bank.strip(), account.strip(), project_form
    held.co_investors = [{"name": one["name"].strip(), "relation": one["relation"]} for one in co_investors]
    held.related_names = [name.strip() for name in related_names]
    held.save()
    payload: dict[str, Json] = {
        "project": project, "place": place, "project_form": project_form, "claimed": claimed,
        "co_investors": [dict(one) for one in held.co_investors], "related_names": list(held.related_names),
    }  # fmt: skip
    note(held, "support.described", payload, actor, now)
    return held


@transaction.atomic
def draft_answer(
    *, application: Application, answers: Mapping[str, object], actor: Actor, now: datetime
) -> Application:
    """Answers by full name of the fact ("project.opened_on"), as JSON; None takes an answer back.

    Raises BadInput with everything that is wrong; then nothing is kept.
    """
    held = opened(application, actor)
    facts: dict[str, dict[str, object]] = {scope: dict(held.facts.get(scope, {})) for scope in SCOPES}
    for full, value in answers.items():
        scope, _, name = full.partition(".")
        if value is None:
            facts[scope].pop(name, None)
        else:
            facts[scope][name] = value
    _check_facts(facts)
    held.facts = facts
    held.save(update_fields=["facts"])
    slots_sync(held)
    stated: dict[str, Json] = {full: None if value is None else str(value) for full, value in answers.items()}
    note(held, "support.answered", stated, actor, now)
    return held


@transaction.atomic
def draft_drop(*, application: Application, actor: Actor, now: datetime) -> None:
    """Take a draft away that was never sent. Raises MoveRefused for one that was: that is withdrawn, and stays."""
    held = opened(application, actor)
    if held.case_id is not None:
        zh, en = "已提交的申请只能撤回,材料留存。", "An application that was sent is withdrawn; its papers stay."
        raise MoveRefused(Text(zh, en), "")
    note(held, "support.dropped", {"measure": held.measure}, actor, now)
    held.delete()


def opened(application: Application, actor: Actor) -> Application:
    """Locked, for whoever may change it now. Raises MoveRefused while an office has it."""
    authorise("support.application.edit", actor, application)
    held = Application.objects.select_for_update().get(pk=application.pk)
    if not is_open(held):
        raise MoveRefused(SENT, "")
    return held


def slots_sync(application: Application) -> None:
    """A row for every slot that is due now; rows that are not due any more go, unless something was put there."""
    listed = checklist(application)
    wanted = [slot.key for slot, row in listed if row is None]
    MaterialSlot.objects.bulk_create(MaterialSlot(application=application, slot=slot, of=of) for slot, of in wanted)
    due = {slot.key for slot, _ in listed}
    for row in application.materials.filter(files=None):
        if (row.slot, row.of) not in due:
            row.delete()


def _project(measure: Measure, name: str, place: str) -> Project | None:
    """The project of that name at that place, made where there is none."""
    if measure.scope != "project":
        return None
    missing = [field for field, value in (("project", name), ("place", place)) if not value.strip()]
    if missing:
        words = {"project": ("项目名称", "the name of the project"), "place": ("项目地点", "the place of the project")}
        raise BadInput(Problem("application", None, field, "", *words[field]) for field in missing)
    made, _ = Project.objects.get_or_create(
        key=project_key(place, name), defaults={"name": name.strip()[:LONGEST], "place": place.strip()}
    )
    return made


def _check_facts(facts: Mapping[str, Mapping[str, object]]) -> None:
    problems: list[Problem] = []
    for scope in SCOPES:
        read_facts(Node(dict(facts.get(scope, {})), scope, None, problems), scope, catalogue_now().vocabulary)
    if problems:
        raise BadInput(problems)


def _asked(facts: Mapping[str, Mapping[str, object]], measure: Measure) -> dict[str, dict[str, object]]:
    """Of what is known, what the measure asks for; nobody's other facts are kept."""
    asked = {fact.name for fact in measure.facts}
    return {
        scope: {name: value for name, value in stated.items() if f"{scope}.{name}" in asked and value is not None}
        for scope, stated in facts.items()
    }


def note(application: Application, kind: str, payload: Mapping[str, Json], actor: Actor, now: datetime) -> None:
    """Enter in its dossier what a person did."""
    entry_append(subject=subject_of(application), kind=kind, payload=payload, at=now, actor=actor.person)
