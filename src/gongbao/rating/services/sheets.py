"""Score sheets: the community drafts, the street signs, and may correct until closing; old versions stay."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Fact, RatingCycle, Sheet, Spell
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import managers_on
from gongbao.rating.selectors.rows import spells_in, spells_of_project
from gongbao.rating.selectors.settings import setting
from gongbao.rating.selectors.sheets import sheet_newest
from gongbao.rating.services.keeping import Origin, cycle_lock
from gongbao.rating.services.rows import OPEN, facts_keep, refuse_unless

BONUS, FAULT = "community", "community_fault"
CLAUSE = "京建法〔2025〕2号 附件 参与社区治理"


@transaction.atomic
def sheet_draft(
    *,
    cycle: RatingCycle,
    project_id: str,
    version: int,
    bonus: int | None,
    bonus_reason: str,
    faults: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Sheet:
    """Keep a draft, by community or street. version: of the newest sheet, 0 where there is none yet; a signed one is
    followed by a draft with the next number. faults: name of the deduction -> reason.

    Raises BadInput with everything that is wrong, MoveRefused after closing, Stale.
    """
    person = _person(actor, "rating.sheet.draft", _spell(cycle, project_id))
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, OPEN)
    _check(cycle, bonus, faults)
    newest = sheet_newest(cycle, project_id)
    if (newest.version if newest else 0) != version:
        raise Stale
    sheet = newest if newest and newest.signed_at is None else Sheet(cycle=cycle, project_id=project_id)
    if newest and sheet is not newest:
        sheet.number, sheet.version = newest.number + 1, newest.version
    sheet.bonus, sheet.bonus_reason = bonus, bonus_reason.strip()
    sheet.faults = {code: reason.strip() for code, reason in faults.items()}
    sheet.drafted_by, sheet.drafted_at, sheet.version = person, now, sheet.version + 1
    sheet.save()
    return sheet


@transaction.atomic
def sheet_sign(*, sheet: Sheet, version: int, actor: Actor, now: datetime) -> Sheet:
    """By the street: its facts enter, those of the sheet before end. Raises BadInput, MoveRefused, Stale."""
    post = authorise("rating.sheet.sign", actor, _spell(sheet.cycle, sheet.project_id)).post
    cycle = cycle_lock(sheet.cycle)
    refuse_unless(cycle, OPEN)
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if held.version != version:
        raise Stale
    if held.signed_at:
        raise MoveRefused(Text("评分表已签署;请另起一张更正", "it is signed: correct it by another sheet"), CLAUSE)
    if held.bonus is None:
        raise BadInput([_problem("bonus", "", "请给出加分", "a score")])
    managers = _managers(cycle, held.project_id)
    if not managers:
        zh, en = "周期最后一日没有企业管理该项目", "nobody manages the project on the cycle's last day"
        raise MoveRefused(Text(zh, en), CLAUSE)
    held.signed_by, held.signed_at, held.version = actor.person, now, held.version + 1
    held.save()
    origin = Origin("street", "sheet", post.organisation if post else None, actor.person)
    facts_keep(cycle, _facts(held, managers, timezone.localdate(now)), origin, now, _entered(cycle, held.project_id))
    payload: dict[str, Json] = {
        "cycle": cycle.code, "project": held.project_id, "number": held.number, "bonus": held.bonus,
        "bonus_reason": held.bonus_reason, "faults": dict(held.faults), "enterprises": [*managers],
    }  # fmt: skip
    subject = f"project/{held.project_id}"
    entry_append(subject=subject, kind="rating.sheet", payload=payload, at=now, actor=actor.person)
    return held


def sheets_settle(cycle: RatingCycle, actor: Actor, now: datetime) -> int:
    """At closing: sheets go to whoever then manages on the last day. Returns how many moved to another enterprise."""
    moved = 0
    signed = cycle.sheets.exclude(signed_at=None).order_by("project_id", "number")
    held: dict[str, set[str]] = {}
    for project, uscc in Fact.objects.filter(
        cycle=cycle, ended=None, indicator=BONUS, fact_id__startswith="sheets/"
    ).values_list("project_id", "uscc"):
        held.setdefault(str(project), set()).add(uscc)
    for sheet in {sheet.project_id: sheet for sheet in signed}.values():
        managers = _managers(cycle, sheet.project_id)
        if sheet.signed_at and managers and set(managers) != held.get(sheet.project_id, set()):
            rows = _facts(sheet, managers, timezone.localdate(sheet.signed_at))
            origin = Origin("street", "sheet", None, actor.person, because="last_day")
            facts_keep(cycle, rows, origin, now, _entered(cycle, sheet.project_id))
            moved += 1
    return moved


def _spell(cycle: RatingCycle, project_id: str) -> Spell:
    spell = spells_of_project(cycle, project_id).last()
    if spell is None:
        raise BadInput([_problem("project_id", project_id, "登记在册的项目", "a project on file")])
    return spell


def _person(actor: Actor, name: str, spell: Spell) -> Person:
    """Whoever acts, as long as she may."""
    authorise(name, actor, spell)
    if actor.person is None:
        raise RuntimeError("nobody drafts without acting")
    return actor.person


def _managers(cycle: RatingCycle, project_id: str) -> list[str]:
    """Who a sheet goes to."""
    if setting(cycle, "sheet_goes_to") == "each":
        return sorted(set(spells_in(cycle).filter(project_id=project_id).values_list("uscc", flat=True)))
    return list(managers_on(cycle, project_id, cycle.cycle.last_day).values_list("uscc", flat=True))


def _facts(sheet: Sheet, managers: Iterable[str], day: date) -> list[dict[str, str]]:
    """The facts of a signed sheet, dated in the cycle."""
    on = min(max(day, sheet.cycle.cycle.first_day), sheet.cycle.cycle.last_day).isoformat()
    items = [(BONUS, str(sheet.bonus)), *((FAULT, fault) for fault in sorted(sheet.faults))]
    return [
        {
            "fact_id": f"sheets/{sheet.project_id}/{sheet.number}/{uscc}/{value if indicator == FAULT else indicator}",
            "indicator": indicator, "uscc": uscc, "project_id": sheet.project_id, "occurred_on": on, "value": value,
        }
        for uscc in managers
        for indicator, value in items
    ]  # fmt: skip


def _entered(cycle: RatingCycle, project_id: str) -> list[Fact]:
    """The facts of earlier sheets that hold now."""
    held = Fact.objects.filter(cycle=cycle, ended=None, project_id=project_id, indicator__in=(BONUS, FAULT))
    return list(held.filter(fact_id__startswith=f"sheets/{project_id}/"))


def _check(cycle: RatingCycle, bonus: int | None, faults: Mapping[str, str]) -> None:
    standard = edition_of(cycle)
    score, known = standard.facts[BONUS].value, standard.facts[FAULT].levels
    low, high = (score.minimum, score.maximum) if score else (None, None)
    problems = []
    if bonus is not None and not (low or 0) <= bonus <= (high or 0):
        problems.append(_problem("bonus", str(bonus), f"{low} 至 {high} 分", f"from {low} to {high}"))
    for code, reason in faults.items():
        if code not in known:
            problems.append(_problem("faults", code, f"扣分项:{'、'.join(known)}", f"one of {', '.join(known)}"))
        elif not reason.strip():
            problems.append(_problem(code, "", "请写明扣分理由", "a reason for the deduction"))
    if problems:
        raise BadInput(problems)


def _problem(column: str, value: str, zh: str, en: str) -> Problem:
    return Problem("sheet", None, column, value, zh, en)
