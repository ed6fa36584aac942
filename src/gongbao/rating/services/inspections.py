"""The random inspection plan (双随机): listed and committed to, drawn, carried out."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.draw import commitment, read_rate
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Inspection, InspectionPlan, RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.inspections import plan_list_hash, plan_redraw
from gongbao.rating.selectors.places import street_names
from gongbao.rating.selectors.rows import spells_in

CLAUSE = "京建法〔2025〕2号 第十七条"
OFTEN = 12  # visits of one enterprise in a half-year, at most


@transaction.atomic
def plan_make(
    *,
    cycle: RatingCycle,
    place: Organisation,
    rates: Mapping[str, str],
    times: Mapping[str, int],
    inspectors: Sequence[str],
    actor: Actor,
    now: datetime,
) -> InspectionPlan:
    """Fix list, rates and the hash of the secret, before the draw. place: a district or street; rates and times: by
    grade, not falling from the best to the worst (第十七条: more often for C and D); cycle: whose published grades.

    Raises BadInput with every problem, MoveRefused where nothing is published.
    """
    authorise("rating.plan.make", actor, place)
    if cycle.public is None or actor.person is None:
        raise MoveRefused(Text("本周期还没有公布结果", "the cycle has no published result yet"), CLAUSE)
    grades = [step.grade for step in edition_of(cycle).grades]
    people = [name.strip() for name in inspectors if name.strip()]
    _check(grades, rates, times, people)
    listed = _listed(cycle, place)
    if not listed:
        raise MoveRefused(Text("辖区内没有参评企业管理的项目", "no rated enterprise manages a project there"), CLAUSE)
    secret = secrets.token_hex(32)
    purpose = f"{place.name} {cycle.code} 双随机抽查 {now:%Y%m%d%H%M%S}"
    plan = InspectionPlan(
        cycle=cycle, place=place, purpose=purpose, rates={g: rates[g] for g in grades},
        times={g: int(times[g]) for g in grades}, inspectors=people, listed=listed, secret=secret,
        commitment=commitment(purpose, secret), made_by=actor.person, made_at=now,
    )  # fmt: skip
    plan.list_hash = plan_list_hash(plan)
    plan.save()
    _write(plan, "rating.plan_made", {"list": plan.list_hash, "commitment": plan.commitment}, actor, now)
    return plan


@transaction.atomic
def plan_draw(*, plan: InspectionPlan, parts: Sequence[str], actor: Actor, now: datetime) -> InspectionPlan:
    """parts: what others fixed after the plan was published (a lottery's numbers, a daily root), one at least.

    Drawing twice changes nothing. Raises BadInput.
    """
    authorise("rating.plan.make", actor, plan.place)
    held = InspectionPlan.objects.select_for_update().get(pk=plan.pk)
    if held.drawn_at:
        return held
    given = [part.strip() for part in parts if part.strip()]
    if not given:
        zh, en = "一项由他人在名单公布后确定的内容", "something that others fixed after the list was published"
        raise BadInput([Problem("plan", None, "parts", "", zh, en)])
    held.parts, held.drawn_at = given, now
    held.save(update_fields=["parts", "drawn_at"])
    drawn = [ticket for ticket in plan_redraw(held) if ticket.hit]
    Inspection.objects.bulk_create(
        Inspection(
            plan=held, uscc=t.uscc, name=t.name, grade=t.grade, time=t.time, inspectors=list(t.inspectors)
        )
        for t in drawn
    )  # fmt: skip
    told: dict[str, Json] = {
        "secret": held.secret, "parts": list(given), "drawn": [f"{t.uscc}#{t.time}" for t in drawn],
    }  # fmt: skip
    _write(held, "rating.plan_drawn", told, actor, now)
    return held


@transaction.atomic
def inspection_record(
    *, inspection: Inspection, found: str, note: str, done_on: date, actor: Actor, now: datetime
) -> Inspection:
    """What a visit found; once. Raises BadInput, MoveRefused."""
    authorise("rating.plan.make", actor, inspection.plan.place)
    held = Inspection.objects.select_for_update().select_related("plan").get(pk=inspection.pk)
    if held.done_on:
        raise MoveRefused(Text("检查结果已经登记", "the result is on file already"), CLAUSE)
    problems = []
    if found not in Inspection.Found.values:
        names = "、".join(Inspection.Found.labels)
        problems.append(Problem("inspection", None, "found", found, f"从中选一:{names}", f"one of {names}"))
    if found != Inspection.Found.NOTHING and not note.strip():
        problems.append(Problem("inspection", None, "note", "", "请写明发现的问题", "what was found"))
    if done_on > actor.on:
        problems.append(Problem("inspection", None, "done_on", str(done_on), "不晚于今天", "not after today"))
    if problems:
        raise BadInput(problems)
    held.found, held.note, held.done_on, held.by = found, note.strip(), done_on, actor.person
    held.save()
    payload: dict[str, Json] = {
        "plan": held.plan.purpose,
        "time": held.time,
        "found": found,
        "note": held.note,
        "on": str(done_on),
    }
    subject = f"enterprise/{held.uscc}"
    entry_append(subject=subject, kind="rating.inspection", payload=payload, at=now, actor=actor.person)
    return held


def _check(grades: list[str], rates: Mapping[str, str], times: Mapping[str, int], people: list[str]) -> None:
    problems, before = [], None
    for grade in grades:
        try:
            pair = read_rate(rates.get(grade, "")), int(times.get(grade, 0))
        except ValueError:
            zh, en = "0 至 1 的比例,如 0.1、10%", "a rate from 0 to 1 such as 0.1 or 10%"
            problems.append(Problem("plan", None, f"rates_{grade}", str(rates.get(grade, "")), zh, en))
            continue
        if not 1 <= pair[1] <= OFTEN:
            zh, en = f"1 至 {OFTEN} 次", f"1 to {OFTEN} times"
            problems.append(Problem("plan", None, f"times_{grade}", str(pair[1]), zh, en))
        if before and (pair[0] < before[0] or pair[1] < before[1]):
            zh, en = "不低于较好等级的比例和次数", "not below the rate and number of a better grade"
            problems.append(Problem("plan", None, f"rates_{grade}", rates[grade], zh, en))
        before = pair
    if not people or len(set(people)) < len(people):
        zh, en = "检查人员名录,不重复", "a list of inspectors, each once"
        problems.append(Problem("plan", None, "inspectors", "、".join(people), zh, en))
    if problems:
        raise BadInput(problems)


def _listed(cycle: RatingCycle, place: Organisation) -> list[list[str]]:
    """[uscc, name, grade] of every rated enterprise that manages a project in the place."""
    district, street = street_names(place)
    spells = spells_in(cycle).filter(district=district)
    if street:
        spells = spells.filter(street=street)
    codes = set(spells.values_list("uscc", flat=True))
    scores = cycle.public.scores.all() if cycle.public else ()
    return [[score.uscc, score.name, score.grade] for score in scores if score.uscc in codes]


def _write(plan: InspectionPlan, kind: str, told: Mapping[str, Json], actor: Actor, now: datetime) -> None:
    payload: dict[str, Json] = {"purpose": plan.purpose, "place": plan.place.code, **told}
    entry_append(subject=plan.cycle.subject, kind=kind, payload=payload, at=now, actor=actor.person)
