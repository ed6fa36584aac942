"""Drafting an edition, and publishing or returning it by a second person. Published is public at once: pages, API and
downloads read the same selector."""

import json
import re
from datetime import datetime

from django.db import IntegrityError, transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.permits.models import EditionRevision, State
from gongbao.permits.rules.forms import to_json
from gongbao.permits.rules.items import Edition
from gongbao.permits.selectors import editions_published, revision_effect, revisions_of
from gongbao.permits.services.supervision import tasks_open
from gongbao.permits.tables.packaged import modes

_NAME = re.compile(r"[\w-]{1,40}")  # it is part of addresses


@transaction.atomic
def edition_draft(*, edition: Edition, actor: Actor, now: datetime) -> EditionRevision:
    """Keep an edition as a draft. Raises NotAllowed; BadInput where a draft of it waits already or nothing is new."""
    authorise("permits.edition.draft", actor)
    if not _NAME.fullmatch(edition.edition):
        raise _refused(
            "edition", edition.edition, "版本名，如 2026：字母、数字或汉字", "a name such as 2026: letters or digits"
        )
    content = to_json(edition, modes())
    if "\\u0000" in json.dumps(content):  # no database stores it
        raise _refused("edition", edition.edition, "没有控制字符的文字", "text without control characters")
    earlier = list(revisions_of(edition.edition).select_for_update())
    if any(revision.state == State.DRAFT for revision in earlier):
        raise _waits(edition)
    if editions_published().get(edition.edition) == edition:
        raise _refused("edition", edition.edition, "与已发布的不同", "something other than what is published")
    try:
        with transaction.atomic():
            revision = EditionRevision.objects.create(
                edition=edition.edition,
                sequence=earlier[0].sequence + 1 if earlier else 1,
                content=content,
                state=State.DRAFT,
                drafted_by=_person(actor),
                drafted_at=now,
            )
    except IntegrityError as error:  # somebody else drafted it in the same moment
        raise _waits(edition) from error
    _record(revision, "permits.drafted", actor, now)
    return revision


@transaction.atomic
def edition_publish(*, revision: EditionRevision, actor: Actor, now: datetime) -> EditionRevision:
    """Publish a draft in the place of the text before, and open a task for every item that comes or goes. Raises
    NotAllowed, BadInput where it is no draft any more."""
    held, keeper = _held(revision, actor)
    _, duties = revision_effect(held)
    revisions_of(held.edition).filter(state=State.PUBLISHED).update(state=State.REPLACED)
    decided = _decided(held, State.PUBLISHED, "permits.published", actor, now)
    tasks_open(edition=held.edition, duties=duties, keeper=keeper, actor=_person(actor), now=now)
    return decided


@transaction.atomic
def edition_return(*, revision: EditionRevision, because: str, actor: Actor, now: datetime) -> EditionRevision:
    """Give a draft back with a reason. Raises NotAllowed, BadInput."""
    held, _ = _held(revision, actor)
    held.because = because.strip()
    if not held.because:
        raise _refused("because", because, "退回的理由", "a reason for returning it")
    return _decided(held, State.RETURNED, "permits.returned", actor, now)


def _held(revision: EditionRevision, actor: Actor) -> tuple[EditionRevision, Organisation]:
    """The row, locked, for somebody who may decide it, and the office in which she may."""
    held = EditionRevision.objects.select_for_update().get(pk=revision.pk)
    ruling = authorise("permits.edition.decide", actor, held)
    if held.state != State.DRAFT:
        raise _refused("state", held.get_state_display(), "待审核的草稿", "a draft that waits")
    assert ruling.post is not None, "editors decide by their post"  # noqa: S101 - narrows the type
    return held, ruling.post.organisation


def _decided(held: EditionRevision, state: State, kind: str, actor: Actor, now: datetime) -> EditionRevision:
    held.state, held.decided_by, held.decided_at = state, _person(actor), now
    held.save(update_fields=["state", "decided_by", "decided_at", "because"])
    _record(held, kind, actor, now)
    return held


def _record(revision: EditionRevision, kind: str, actor: Actor, now: datetime) -> None:
    payload: dict[str, Json] = {"sequence": revision.sequence, "because": revision.because}
    if revision.state == State.DRAFT:
        payload["content"] = revision.content
    entry_append(subject=f"permits/{revision.edition}", kind=kind, payload=payload, at=now, actor=actor.person)


def _person(actor: Actor) -> Person:
    assert actor.person is not None, "who is authorised is somebody"  # noqa: S101 - narrows the type
    return actor.person


def _waits(edition: Edition) -> BadInput:
    return _refused("edition", edition.edition, "先审核或退回已有的草稿", "decide the draft that is there first")


def _refused(column: str, value: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem("permits", None, column, value, zh, en)])
