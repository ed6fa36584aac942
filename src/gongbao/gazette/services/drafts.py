"""Texts on their way to the public: handed in by one editor, corrected, approved by another or returned."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.documents.services import file_store
from gongbao.gazette.models import Draft
from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.selectors.drafts import current_digest
from gongbao.gazette.services.imports import Imported, issue_import
from gongbao.gazette.tables.source import read_content
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person


@transaction.atomic
def draft_upload(*, name: str, content: bytes, by: Person, at: datetime) -> Draft:
    """Take a file in. Raises BadInput, with nothing kept, for one that holds no readable issue."""
    text = read_content(name, content)
    issue = read_issue(text)
    file = file_store(name=name, content=content, belongs_to="gazette-draft/new", by=by, at=at)
    draft = Draft.objects.create(
        year=issue.year, number=issue.number, source=name, file=file, text=text, uploaded_by=by, uploaded_at=at
    )
    draft.writers.add(by)
    file.belongs_to = _subject(draft)
    file.save(update_fields=["belongs_to"])
    _note(draft, "uploaded", by, at, {"source": name, "file": file.sha256})
    return draft


@transaction.atomic
def draft_correct(*, draft: Draft, text: str, seen: str, by: Person, at: datetime) -> Draft:
    """Replace the text; seen: the `text_mark` of the text that was corrected. Raises BadInput when it is decided,
    when somebody else corrected it meanwhile, or when the new text is no issue."""
    locked = _waiting(draft)
    if text_mark(locked.text) != seen:
        raise _refused(
            "text", "另一位编辑刚刚改过,请重新打开再改", "somebody else corrected it meanwhile: open it again"
        )
    issue = read_issue(text)
    locked.text, locked.year, locked.number = text, issue.year, issue.number
    locked.save(update_fields=["text", "year", "number"])
    locked.writers.add(by)
    _note(locked, "corrected", by, at, {"text": text_mark(text)})
    return locked


@transaction.atomic
def draft_publish(*, draft: Draft, seen: str, by: Person, at: datetime) -> Imported:
    """Make the text public. seen: the `publish_mark` of what the approving editor was shown.

    Raises BadInput when it is decided, when text or published issue changed since, or when `by` is among the writers.
    """
    locked = _waiting(draft)
    if locked.writers.filter(pk=by.pk).exists():
        raise _refused("by", "上传或改过这份文字的人不能核准", "who handed it in or corrected it may not approve")
    if publish_mark(locked) != seen:
        raise _refused("text", "内容在您查看之后有变化,请重新核对", "it changed since you looked: check it again")
    imported = issue_import(content=read_issue(locked.text), text=locked.text, source=locked.source, at=at, by=by)
    if not imported.changed:
        raise _refused("text", "与已公布的文本相同,不必再公布;可以退回", "it says what is public already: return it")
    locked.state, locked.decided_by, locked.decided_at = Draft.State.PUBLISHED, by, at
    locked.reading = imported.reading
    locked.save()
    _note(locked, "published", by, at, {"text": imported.reading.sequence})
    return imported


@transaction.atomic
def draft_return(*, draft: Draft, because: str, by: Person, at: datetime) -> Draft:
    """Close a draft without publishing it. Raises BadInput when it is decided, or without a reason."""
    locked = _waiting(draft)
    if not because.strip():
        raise _refused("because", "请写明理由", "a reason is due")
    locked.state, locked.decided_by, locked.decided_at = Draft.State.RETURNED, by, at
    locked.because = because.strip()
    locked.save()
    _note(locked, "returned", by, at, {"because": locked.because})
    return locked


def text_mark(text: str) -> str:
    """By this it is known whether a text is still the same."""
    return sha256(text.encode()).hexdigest()


def publish_mark(draft: Draft) -> str:
    """By this it is known whether the text, and the public one that it would replace, are still what was shown."""
    return text_mark(f"{draft.text}\n{current_digest(draft)}")


def _waiting(draft: Draft) -> Draft:
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.state != Draft.State.WAITING:
        raise _refused("state", "已经办结,不能再改", "it is decided and cannot be changed")
    return locked


def _refused(column: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem("公报导入 import", None, column, "", zh, en)])


def _subject(draft: Draft) -> str:
    return f"gazette-draft/{draft.pk}"


def _note(draft: Draft, what: str, by: Person, at: datetime, data: dict[str, str | int]) -> None:
    entry_append(subject=_subject(draft), kind=f"gazette.draft.{what}", payload=data, at=at, actor=by)
