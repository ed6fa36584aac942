"""Taking the text of an issue in: one transaction, the same text twice changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from gongbao.gazette import search_index
from gongbao.gazette.models import Document, Issue, Line, Passage, Reading, Reference, Revision
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.fingerprint import fingerprint
from gongbao.gazette.rules.passages import pieces
from gongbao.gazette.services.content import content_create


@dataclass(frozen=True)
class Change:
    """What an import does to a document. old, new: its revisions before and after, None where there is none."""

    key: str
    kind: Literal["new", "revised", "withdrawn", "same"]
    old: Revision | None
    new: Revision | None


@dataclass(frozen=True)
class Imported:
    """The outcome of an import. changed: False when the text says what is already stored, and nothing was written."""

    issue: Issue
    reading: Reading
    changed: bool
    changes: tuple[Change, ...]


@transaction.atomic
def issue_import(*, content: s.Issue, text: str, source: str, at: datetime) -> Imported:
    """Store what was read from the text of an issue, as a new reading with a new revision of each changed document.

    content: rules.read_issue(text); source: name of the file, for people; at: the moment of the import. The words are
    put into the search index in the same transaction.
    """
    issue, _ = Issue.objects.select_for_update().get_or_create(
        year=content.year,
        number=content.number,
        defaults={"total": content.total, "published_on": content.published_on, "colophon": content.colophon},
    )
    before = Reading.objects.filter(issue=issue, is_current=True).first()
    digest = fingerprint(content)
    if before and before.digest == digest:
        same = Revision.objects.filter(document__issue=issue, is_current=True).order_by("position")
        changes = tuple(Change(r.document.key, "same", r, r) for r in same.select_related("document"))
        return Imported(issue, before, changed=False, changes=changes)
    issue.total, issue.published_on, issue.colophon = content.total, content.published_on, content.colophon
    issue.save()
    reading = _reading_create(issue, before, digest, content, text=text, source=source, at=at)
    changes = tuple(_documents_store(issue, reading, content))
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


def _documents_store(issue: Issue, reading: Reading, content: s.Issue) -> Iterator[Change]:
    """A revision for each document that is new or says something new; those no longer in the text are withdrawn."""
    current = {
        revision.document.key: revision
        for revision in Revision.objects.filter(document__issue=issue, is_current=True).select_related("document")
    }
    for position, document in enumerate(content.documents):
        key = document.number or document.title
        old, digest = current.pop(key, None), fingerprint(document)
        if old and old.digest == digest:
            Revision.objects.filter(pk=old.pk).update(position=position)  # its place in the issue, not its words
            yield Change(key, "same", old, old)
            continue
        if old:
            _withdraw(old)
        new = _revision_create(issue, reading, document, key=key, position=position, digest=digest)
        yield Change(key, "revised" if old else "new", old, new)
    for key, old in current.items():
        _withdraw(old)
        yield Change(key, "withdrawn", old, None)


def _withdraw(revision: Revision) -> None:
    """Take a revision out of force and out of search; its text stays."""
    revision.is_current = False
    revision.save(update_fields=["is_current"])
    passages = Passage.objects.filter(revision=revision)
    search_index.forget(passages.values_list("pk", flat=True))
    passages.delete()


def _revision_create(
    issue: Issue, reading: Reading, content: s.Document, *, key: str, position: int, digest: str
) -> Revision:
    document, _ = Document.objects.get_or_create(issue=issue, key=key)
    force = content.force
    revision = Revision.objects.create(
        document=document,
        reading=reading,
        sequence=document.revisions.count() + 1,
        is_current=True,
        digest=digest,
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
    return revision
