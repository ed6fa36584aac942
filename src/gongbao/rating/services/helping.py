"""Asking an association to help to collect or to check (协助任务). It reports; it decides nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.services.notices import notice_send
from gongbao.documents.services import file_store
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, authorise
from gongbao.organisations.selectors import people_with_role
from gongbao.rating.models import Declaration, HelpTask, RatingCycle
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.helping import associations_for
from gongbao.rating.services.keeping import cycle_lock
from gongbao.rating.services.rows import MENDING, refuse_unless

CLAUSE = "京建法〔2025〕2号 第四条"
S = HelpTask.State
Given = tuple[str, bytes]  # file name, content


@transaction.atomic
def help_ask(
    *,
    cycle: RatingCycle,
    association: Organisation,
    asks: str,
    due: date,
    actor: Actor,
    now: datetime,
    declaration: Declaration | None = None,
) -> HelpTask:
    """Until the result is final. Raises BadInput with everything that is wrong, MoveRefused, NotAllowed."""
    post = authorise("rating.help.ask", actor, declaration).post
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, MENDING)
    problems, offered = [], associations_for(actor)
    if association not in offered:
        names = "、".join(one.name for one in offered)
        zh, en = f"可以请求的协会:{names}", f"one of {names}"
        problems.append(Problem("help", None, "association", association.name, zh, en))
    if not asks.strip():
        problems.append(Problem("help", None, "asks", "", "请写明需要协助的内容", "what help is needed"))
    if due < actor.on:
        problems.append(Problem("help", None, "due", str(due), f"不早于 {actor.on}", f"{actor.on} or later"))
    if declaration and declaration.cycle_id != cycle.pk:
        zh, en = "本周期的申报", "a declaration of this cycle"
        problems.append(Problem("help", None, "declaration", str(declaration.pk), zh, en))
    if problems or post is None or actor.person is None:
        raise BadInput(problems)
    task = HelpTask.objects.create(
        cycle=cycle, declaration=declaration, office=post.organisation, association=association, asks=asks.strip(),
        due=due, asked_by=actor.person, asked_at=now,
    )  # fmt: skip
    _record(task, actor, now)
    title = Text(f"请协助:{task.office.name}", f"Your help is asked for by {task.office.text.en}")
    todo = Text(f"请在 {due}(含)前反馈:{task.asks}", f"report by {due}, that day included: {task.asks}")
    people = people_with_role("helper", association, actor.on)
    notice_send(people=people, title=title, todo=todo, now=now, due=due)
    return task


@transaction.atomic
def help_report(
    *, task: HelpTask, version: int, found: str, actor: Actor, now: datetime, able: bool = True,
    files: Iterable[Given] = (),
) -> HelpTask:  # fmt: skip
    """What the association found, or (able=False) why it cannot help. Raises BadInput, MoveRefused, Stale."""
    authorise("rating.help.report", actor, task)
    held = _held(task, version)
    if not found.strip():
        zh, en = ("请写明协助结果", "what was found") if able else ("请写明原因", "why not")
        raise BadInput([Problem("help", None, "found", "", zh, en)])
    held.state, held.found = S.REPORTED if able else S.DECLINED, found.strip()
    for name, content in files:
        file_store(name=name, content=content, belongs_to=held.belongs_to, by=actor.person, at=now)
    _ended(held, actor, now)
    title = Text(f"协会已反馈:{held.association.name}", f"{held.association.text.en} has reported")
    todo = Text("查看协助结果,由您决定", "read what it found; the decision is yours")
    people = [p for role in ("rating_city", "rating_district") for p in people_with_role(role, held.office, actor.on)]
    notice_send(people=people, title=title, todo=todo, now=now)
    return held


@transaction.atomic
def help_withdraw(*, task: HelpTask, version: int, actor: Actor, now: datetime) -> HelpTask:
    """By the office that asked, before there is a report."""
    authorise("rating.help.withdraw", actor, task)
    held = _held(task, version)
    held.state = S.WITHDRAWN
    return _ended(held, actor, now)


def _held(task: HelpTask, version: int) -> HelpTask:
    held = HelpTask.objects.select_for_update().get(pk=task.pk)
    if held.version != version:
        raise Stale
    if held.state != S.ASKED:
        label = S(held.state).label
        raise MoveRefused(Text(f"协助任务已是“{label}”", f"the task stands at {label}"), CLAUSE)
    return held


def _ended(task: HelpTask, actor: Actor, now: datetime) -> HelpTask:
    task.by, task.at, task.version = actor.person, now, task.version + 1
    task.save()
    _record(task, actor, now)
    return task


def _record(task: HelpTask, actor: Actor, now: datetime) -> None:
    """In the dossier of the enterprise whose claim it is, else in one beside the cycle's, which anybody may read."""
    subject = f"enterprise/{task.declaration.uscc}" if task.declaration else f"{task.cycle.subject}/help"
    payload: dict[str, Json] = {
        "task": task.pk, "cycle": task.cycle.code, "declaration": task.declaration_id, "office": task.office.code,
        "association": task.association.code, "asks": task.asks, "due": task.due.isoformat(), "state": task.state,
        "found": task.found,
    }  # fmt: skip
    entry_append(subject=subject, kind="rating.help", payload=payload, at=now, actor=actor.person)
