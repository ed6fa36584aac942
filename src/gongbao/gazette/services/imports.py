"""Taking the text of an issue in: one transaction, the same text twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.gazette import search_index
from gongbao.gazette.models import Document, Issue, Line, Passage, Reading, Reference, Revision
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.fingerprint import fingerprint
from gongbao.gazette.rules.passages import pieces
from gongbao.gazette.selectors.changes import Change, issue_changes
from gongbao.gazette.services.content import content_create
from gongbao.kernel.canonical import Json
from gongbao.organisations.models import Person


@dataclass(frozen=True)
class Imported:
    """The outcome of an import. changed: False when the text says what is already stored, and nothing was written."""

    issue: Issue
    reading: Reading
    changed: bool
    changes: tuple[Change, ...]


@transaction.atomic
def issue_import(*, content: s.Issue, text: str, source: str, at: datetime, by: Person | None = None) -> Imported:
    """Store what was read from the text of an issue, as a new reading with a new revision of each changed document.

    content: rules.read_issue(text); source: name of the file, for people; at: the moment of the import; by: who
    published it, None on the command line. Search index and archive entry are written in the same transaction.
    """
    issue, _ = Issue.objects.select_for_update().get_or_create(
        year=content.year,
        number=content.number,
        defaults={"total": content.total, "published_on": content.published_on, "colophon": content.colophon},
    )
    before = Reading.objects.filter(issue=issue, is_current=True).first()
    digest = fingerprint(content)
    if before and before.digest == digest:
        return Imported(issue, before, changed=False, changes=tuple(issue_changes(content)))
    changes = tuple(issue_changes(content))
    issue.total, issue.published_on, issue.colophon = content.total, content.published_on, content.colophon
    issue.save()
    reading = _reading_create(issue, before, digest, content, text=text, source=source, at=at)
    for change in changes:
        _document_store(issue, reading, change)
    told: list[Json] = [{"document": change.key, "change": change.kind} for change in changes]
    entry_append(
        subject=f"gazette/{issue.code}",
        kind="gazette.imported",
        payload={"source": source, "text": reading.sequence, "digest": digest, "documents": told},
        at=at,
        actor=by,
    )
    return Imported(issue, reading, changed=True, changes=changes)


def _reading_create(
    issue: Issue, before: Reading | None, digest: str, content: s.Issue, *, text: str, source: str, at: datetime
) -> Reading:
    if before:
        before.is_current = False
        before.save(update_fields=["is_current"])
    reading = Reading.objects.create(
        issue=issue,
        sequence=before.sequence + 1 if before else 1,
        source=source,
        text=text,
        digest=digest,
        read_at=at,
        is_current=True,
    )
    noise = (Line(reading=reading, line=n.line, text=n.text, is_noise=True, what=n.why) for n in content.noise)
    matter = (Line(reading=reading, line=n.line, text=n.text, is_noise=False, what=n.what) for n in content.matter)
    Line.objects.bulk_create([*noise, *matter])
    return reading


def _document_store(issue: Issue, reading: Reading, change: Change) -> None:
    """A revision for a document that says something new; what stays the same only takes its place in the issue."""
    if change.kind == "same" and change.old:
        Revision.objects.filter(pk=change.old.pk).update(position=change.position)
        return
    if change.old:
        _withdraw(change.old)
    if change.content:
        _revision_create(issue, reading, change.content, key=change.key, position=change.position)


def _withdraw(revision: Revision) -> None:
    """Take a revision out of force and out of search; its text stays."""
    revision.is_current = False
    revision.save(update_fields=["is_current"])
    passages = Passage.objects.filter(revision=revision)
    search_index.forget(passages.values_list("pk", flat=True))
    passages.delete()


def _revision_create(issue: Issue, reading: Reading, content: s.Document, *, key: str, position: int) -> None:
    document, _ = Document.objects.get_or_create(issue=issue, key=key)
    force = content.force
    revision = Revision.objects.create(
        document=document,
        reading=reading,
        sequence=document.revisions.count() + 1,
        is_current=True,
        digest=fingerprint(content),
        position=position,
        number=content.number,
        title=content.title,
        title_en=content.title_en,
        issuers=content.issuers,
        addressees=content.addressees,
        issued_on=content.issued_on,
        section=content.section,
        page=content.page,
        begins=force.begins,
        ends=force.ends,
        trial=force.trial,
        from_publication=force.from_publication,
        explained_by=force.explained_by,
        responsible=force.responsible,
    )
    named = {"cites": content.cites, "replaces": force.replaces, "based_on": force.based_on}
    Reference.objects.bulk_create(
        Reference(revision=revision, kind=kind, position=at, number=r.number, title=r.title, line=r.line)
        for kind, references in named.items()
        for at, r in enumerate(references)
    )
    content_create(revision=revision, works=content.works)
    passages = Passage.objects.bulk_create(
        Passage(revision=revision, position=at, cite=piece.cite, text=piece.text)
        for at, piece in enumerate(pieces(content))
    )
    search_index.write((passage.pk, passage.text) for passage in passages)
