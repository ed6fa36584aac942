from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from gongbao.gazette.models import Document, Issue, Line, Passage, Provision, Reading, Revision, Row
from gongbao.gazette.rules import structure as s
from gongbao.gazette.selectors.content import document_content, issue_content
from gongbao.gazette.selectors.search import search
from gongbao.gazette.services.imports import Imported

pytestmark = pytest.mark.django_db
Store = Callable[[s.Issue], Imported]


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM gazette_search")
        indexed = cursor.fetchone()[0]
    models = (Issue, Reading, Line, Document, Revision, Provision, Row, Passage)
    return {"indexed": indexed, **{m.__name__: m.objects.count() for m in models}}


def revisions(position: int, issue: s.Issue) -> list[Revision]:
    """The revisions of the document at that position of the issue, oldest first."""
    return list(Revision.objects.filter(document__key=issue.documents[position].number).order_by("sequence"))


def test_what_is_stored_is_what_was_read(issue: s.Issue, store: Store) -> None:
    imported = store(issue)
    assert issue_content(imported.issue) == issue
    assert [change.kind for change in imported.changes] == ["new", "new"]
    assert imported.changed


def test_importing_the_same_issue_again_changes_nothing(issue: s.Issue, store: Store) -> None:
    store(issue)
    before = counts()
    again = store(issue)
    assert counts() == before
    assert not again.changed
    assert [change.kind for change in again.changes] == ["same", "same"]


def test_the_same_words_on_other_lines_change_nothing(issue: s.Issue, store: Store) -> None:
    store(issue)
    before = counts()
    moved = replace(issue, noise=tuple(replace(n, line=n.line + 1) for n in issue.noise))
    assert not store(moved).changed
    assert counts() == before


def test_a_better_text_makes_a_new_revision_of_the_changed_document_only(
    issue: s.Issue, better: s.Issue, store: Store
) -> None:
    store(issue)
    imported = store(better)
    assert [change.kind for change in imported.changes] == ["same", "revised"]
    assert issue_content(imported.issue) == better
    assert [(r.sequence, r.is_current) for r in revisions(1, better)] == [(1, False), (2, True)]


def test_the_old_revision_stays_readable(issue: s.Issue, better: s.Issue, store: Store) -> None:
    store(issue)
    store(better)
    assert [document_content(r) for r in revisions(1, issue)] == [issue.documents[1], better.documents[1]]


def test_search_finds_the_new_text_and_no_longer_the_old(issue: s.Issue, better: s.Issue, store: Store) -> None:
    store(issue)
    assert (search("按季").count, search("经费").count) == (1, 2)
    store(better)
    assert (search("按季").count, search("按月").count, search("经费").count) == (0, 1, 2)
    assert counts()["indexed"] == counts()["Passage"]


def test_a_document_that_the_new_text_no_longer_has_is_withdrawn_but_readable(issue: s.Issue, store: Store) -> None:
    store(issue)
    imported = store(replace(issue, documents=issue.documents[:1]))
    assert [change.kind for change in imported.changes] == ["same", "withdrawn"]
    (withdrawn,) = revisions(1, issue)
    assert not withdrawn.is_current
    assert document_content(withdrawn) == issue.documents[1]
    assert search("经费").count == 0


def test_a_withdrawn_document_can_come_back(issue: s.Issue, store: Store) -> None:
    store(issue)
    store(replace(issue, documents=issue.documents[:1]))
    assert [change.kind for change in store(issue).changes] == ["same", "new"]
    assert [(r.sequence, r.is_current) for r in revisions(1, issue)] == [(1, False), (2, True)]
    assert search("经费").count == 2


def test_a_document_that_only_moves_keeps_its_revision(issue: s.Issue, store: Store) -> None:
    store(issue)
    turned = replace(issue, documents=issue.documents[::-1])
    imported = store(turned)
    assert [change.kind for change in imported.changes] == ["same", "same"]
    assert issue_content(imported.issue) == turned


def test_an_import_that_fails_half_way_leaves_nothing(
    issue: s.Issue, better: s.Issue, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(issue)
    before = counts()

    def broken(passages: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("gongbao.gazette.search_index.write", broken)
    with pytest.raises(RuntimeError):
        store(better)
    monkeypatch.undo()
    assert counts() == before
    assert search("按季").count == 1


def test_a_document_without_a_number_is_known_by_its_title(issue: s.Issue, store: Store) -> None:
    nameless = replace(issue.documents[1], number="")
    imported = store(replace(issue, documents=(nameless,)))
    assert imported.changes[0].key == nameless.title
    assert not store(replace(issue, documents=(nameless,))).changed
