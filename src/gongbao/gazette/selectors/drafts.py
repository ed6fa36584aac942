"""Reading drafts: what waits, and what was found in a text."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.documents.models import StoredFile
from gongbao.gazette.models import Draft, Reading
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.diff import Change as Difference
from gongbao.gazette.rules.diff import diff_documents
from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.plain import number_runs
from gongbao.gazette.selectors.changes import Change, issue_changes
from gongbao.gazette.selectors.content import document_content
from gongbao.organisations.models import Person


@dataclass(frozen=True)
class Examined:
    """A document of a draft: what would happen to it, how much was found, what of it changes.

    missing: (citation of a table, running numbers that were not read).
    """

    change: Change
    provisions: int
    rows: int
    missing: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Examination:
    """What was found in the text of a draft. unread: lines that could not be read; others: lines that are no text."""

    issue: s.Issue
    documents: tuple[Examined, ...]
    unread: tuple[s.Noise, ...]
    others: int


def drafts() -> QuerySet[Draft]:
    """All drafts, the newest first."""
    return Draft.objects.select_related("uploaded_by", "decided_by")


def drafts_waiting_for(person: Person) -> int:
    """How many drafts wait for somebody who may approve them, as this person may."""
    return Draft.objects.filter(state=Draft.State.WAITING).exclude(writers=person).count()


def draft_is_published(key: str) -> bool:
    """Has the draft of that number become a public text?"""
    return key.isdecimal() and Draft.objects.filter(pk=int(key), state=Draft.State.PUBLISHED).exists()


def original_of(reading: Reading) -> StoredFile | None:
    """The file that a published text was read from; None for a text that came by the command line, which keeps none."""
    draft = Draft.objects.filter(reading=reading).select_related("file").first()
    return draft.file if draft else None


def current_digest(draft: Draft) -> str:
    """The digest of the public text of the same issue, "" where there is none."""
    found = Reading.objects.filter(issue__year=draft.year, issue__number=draft.number, is_current=True)
    return found.values_list("digest", flat=True).first() or ""


def examine(draft: Draft) -> Examination:
    """Read the text of a draft and set it beside what is public."""
    issue = read_issue(draft.text)
    unread = tuple(line for line in issue.noise if line.why == "unreadable")
    documents = tuple(_examined(change) for change in issue_changes(issue))
    return Examination(issue, documents, unread, len(issue.noise) - len(unread))


def _examined(change: Change) -> Examined:
    content = change.content
    works = content.works if content else ()
    tables = [table for work in works for table in work.tables]
    differences = (
        diff_documents(document_content(change.old), content)
        if content and change.old and change.kind == "revised"
        else ()
    )
    return Examined(
        change,
        sum(_count(work.provisions) for work in works),
        sum(len(table.rows) for table in tables),
        tuple((table.cite, number_runs(table.missing)) for table in tables if table.missing),
        differences,
    )


def _count(provisions: tuple[s.Provision, ...]) -> int:
    return sum(1 + _count(one.children) for one in provisions)
