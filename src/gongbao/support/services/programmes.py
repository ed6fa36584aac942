"""A programme file on its way into force: handed in by one person, approved or returned by another."""

import json
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.rows import ProgrammeDraft
from gongbao.support.selectors.programmes import catalogue_on, drafts_of, programme_text, text_checked

State = ProgrammeDraft.State


@transaction.atomic
def programme_draft(*, text: str, name: str, from_day: date, actor: Actor, now: datetime) -> ProgrammeDraft:
    """Keep a sound text as a draft. name: of the file. Raises NotAllowed; BadInput with everything that is wrong."""
    authorise("support.programme.draft", actor)
    problems, programme = text_checked(text, name, catalogue_on(from_day))
    if problems or programme is None:
        raise BadInput(problems)
    if "\\u0000" in json.dumps(text):  # no database stores it
        raise _refused("file", name, "没有控制字符的文字", "text without control characters")
    if _in_force(programme.id, from_day) == text:
        raise _refused("file", name, "与现行的不同", "something other than what is in force")
    earlier = list(drafts_of(programme.id).select_for_update())
    if any(draft.state == State.WAITING for draft in earlier):
        raise _waits(programme.id)
    try:
        with transaction.atomic():
            draft = ProgrammeDraft.objects.create(
                programme=programme.id,
                sequence=earlier[0].sequence + 1 if earlier else 1,
                text=text,
                from_day=from_day,
                drafted_by=_person(actor),
                drafted_at=now,
            )
    except IntegrityError as error:  # somebody else handed one in in the same moment
        raise _waits(programme.id) from error
    _record(draft, "support.programme.drafted", actor, now)
    return draft


def _in_force(programme: str, day: date) -> str:
    try:
        return programme_text(programme, day)
    except KeyError:
        return ""


@transaction.atomic
def programme_approve(*, draft: ProgrammeDraft, actor: Actor, now: datetime) -> ProgrammeDraft:
    """Let a text hold from its day. Checked again beside what is in force by now. Raises NotAllowed, BadInput."""
    held = _held(draft, actor)
    problems, _ = text_checked(held.text, str(held), catalogue_on(held.from_day))
    if problems:
        raise BadInput(problems)
    return _decided(held, State.APPROVED, "support.programme.approved", actor, now)


@transaction.atomic
def programme_return(*, draft: ProgrammeDraft, because: str, actor: Actor, now: datetime) -> ProgrammeDraft:
    """Give a text back with a reason. Raises NotAllowed, BadInput."""
    held = _held(draft, actor)
    held.because = because.strip()
    if not held.because:
        raise _refused("because", because, "退回的理由", "a reason for returning it")
    return _decided(held, State.RETURNED, "support.programme.returned", actor, now)


def _held(draft: ProgrammeDraft, actor: Actor) -> ProgrammeDraft:
    """The row, locked, for somebody who may decide it."""
    held = ProgrammeDraft.objects.select_for_update().get(pk=draft.pk)
    authorise("support.programme.decide", actor, held)
    if held.state != State.WAITING:
        raise _refused("state", held.get_state_display(), "待审核的文本", "a text that waits")
    return held


def _decided(held: ProgrammeDraft, state: str, kind: str, actor: Actor, now: datetime) -> ProgrammeDraft:
    held.state, held.decided_by, held.decided_at = state, _person(actor), now
    held.save(update_fields=["state", "decided_by", "decided_at", "because"])
    _record(held, kind, actor, now)
    return held


def _record(draft: ProgrammeDraft, kind: str, actor: Actor, now: datetime) -> None:
    payload: dict[str, Json] = {
        "sequence": draft.sequence,
        "from": draft.from_day.isoformat(),
        "because": draft.because,
    }
    if draft.state == State.WAITING:
        payload["text"] = draft.text
    entry_append(subject=f"support/{draft.programme}", kind=kind, payload=payload, at=now, actor=actor.person)


def _person(actor: Actor) -> Person:
    assert actor.person is not None, "who is authorised is somebody"  # noqa: S101 - narrows the type
    return actor.person


def _waits(programme: str) -> BadInput:
    return _refused("file", programme, "先审核或退回已有的文本", "decide the text that waits first")


def _refused(column: str, value: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem("programme", None, column, value, zh, en)])
