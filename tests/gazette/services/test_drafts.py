"""Texts handed in on the web: nothing is public before a second person approves; refusals change nothing."""

import pytest
from tests.gazette.lighthouse import BETTER, FUNDS, NOW, TEXT, bring_in, editor

from gongbao.archive.selectors import dossier_entries
from gongbao.documents.models import StoredFile
from gongbao.gazette.models import Draft, Issue, Reading, Revision
from gongbao.gazette.selectors.drafts import drafts_waiting_for, examine
from gongbao.gazette.services.drafts import (
    draft_correct,
    draft_publish,
    draft_return,
    draft_upload,
    publish_mark,
    text_mark,
)
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def li() -> Person:
    return editor("li")


@pytest.fixture
def sun() -> Person:
    return editor("sun")


@pytest.fixture
def draft(li: Person) -> Draft:
    return draft_upload(name="lighthouse.txt", content=TEXT.encode(), by=li, at=NOW)


def kinds(subject: str) -> list[str]:
    return [entry.kind for entry in dossier_entries(subject)]


def state() -> tuple[object, ...]:
    """Everything that a refusal must leave as it was."""
    drafts = list(Draft.objects.values_list("state", "text", "because"))
    return drafts, Issue.objects.count(), Reading.objects.count(), Revision.objects.count(), StoredFile.objects.count()


def test_what_is_handed_in_is_kept_and_not_public(draft: Draft) -> None:
    assert (draft.year, draft.number, draft.state) == (2030, 2, "waiting")
    assert draft.file.belongs_to == f"gazette-draft/{draft.pk}"
    assert Issue.objects.count() == 0
    assert kinds(f"gazette-draft/{draft.pk}") == ["gazette.draft.uploaded"]


def test_another_editor_publishes_it_with_an_entry_in_both_dossiers(draft: Draft, sun: Person) -> None:
    imported = draft_publish(draft=draft, seen=publish_mark(draft), by=sun, at=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by, draft.reading) == ("published", sun, imported.reading)
    assert Revision.objects.filter(is_current=True).count() == 2
    assert kinds("gazette/2030-2") == ["gazette.imported"]
    assert kinds(f"gazette-draft/{draft.pk}")[-1] == "gazette.draft.published"
    (entry,) = dossier_entries("gazette/2030-2")
    assert entry.content["actor"] == f"person/{sun.pk}"
    assert [one["change"] for one in entry.content["data"]["documents"]] == ["new", "new"]


@pytest.mark.parametrize("content", [b"", b"no issue at all", b"\xff\xfe\x00", b"%PDF-1.4 broken"])
def test_a_file_that_holds_no_issue_is_refused_and_nothing_is_kept(li: Person, content: bytes) -> None:
    before = state()
    with pytest.raises(BadInput):
        draft_upload(name="x.txt", content=content, by=li, at=NOW)
    assert state() == before


def test_who_handed_it_in_cannot_approve_it(draft: Draft, li: Person) -> None:
    before = state()
    with pytest.raises(BadInput, match="不能核准"):
        draft_publish(draft=draft, seen=publish_mark(draft), by=li, at=NOW)
    assert state() == before


def test_who_corrected_it_cannot_approve_it_either(draft: Draft, sun: Person) -> None:
    corrected = draft_correct(draft=draft, text=BETTER, seen=text_mark(draft.text), by=sun, at=NOW)
    before = state()
    with pytest.raises(BadInput, match="不能核准"):
        draft_publish(draft=corrected, seen=publish_mark(corrected), by=sun, at=NOW)
    assert state() == before
    assert (drafts_waiting_for(sun), drafts_waiting_for(editor("qian"))) == (0, 1)


def test_a_correction_on_top_of_another_is_refused(draft: Draft, li: Person, sun: Person) -> None:
    seen = text_mark(draft.text)
    draft_correct(draft=draft, text=BETTER, seen=seen, by=sun, at=NOW)
    before = state()
    with pytest.raises(BadInput, match="另一位编辑"):
        draft_correct(draft=draft, text=TEXT, seen=seen, by=li, at=NOW)
    with pytest.raises(BadInput):
        draft_correct(draft=draft, text="no issue", seen=text_mark(BETTER), by=li, at=NOW)
    assert state() == before


def test_what_changed_since_it_was_looked_at_is_not_published(draft: Draft, li: Person, sun: Person) -> None:
    seen = publish_mark(draft)
    corrected = draft_correct(draft=draft, text=BETTER, seen=text_mark(draft.text), by=li, at=NOW)
    before = state()
    with pytest.raises(BadInput, match="有变化"):
        draft_publish(draft=corrected, seen=seen, by=sun, at=NOW)
    assert state() == before
    draft_publish(draft=corrected, seen=publish_mark(corrected), by=sun, at=NOW)


def test_an_import_from_elsewhere_meanwhile_asks_for_another_look(draft: Draft, sun: Person) -> None:
    seen = publish_mark(draft)
    bring_in(BETTER)
    before = state()
    with pytest.raises(BadInput, match="有变化"):
        draft_publish(draft=draft, seen=seen, by=sun, at=NOW)
    assert state() == before


def test_the_same_text_again_is_not_published(draft: Draft, sun: Person) -> None:
    bring_in()
    before = state()
    with pytest.raises(BadInput, match="相同"):
        draft_publish(draft=draft, seen=publish_mark(draft), by=sun, at=NOW)
    assert state() == before


def test_a_returned_draft_is_closed(draft: Draft, li: Person, sun: Person) -> None:
    with pytest.raises(BadInput, match="理由"):
        draft_return(draft=draft, because=" ", by=sun, at=NOW)
    draft_return(draft=draft, because="漏了一页", by=sun, at=NOW)
    before = state()
    for again in (
        lambda: draft_publish(draft=draft, seen=publish_mark(draft), by=sun, at=NOW),
        lambda: draft_return(draft=draft, because="x", by=sun, at=NOW),
        lambda: draft_correct(draft=draft, text=BETTER, seen=text_mark(TEXT), by=li, at=NOW),
    ):
        with pytest.raises(BadInput, match="办结"):
            again()
    assert state() == before


def test_an_examination_tells_what_would_change_and_what_was_not_read(li: Person) -> None:
    bring_in()
    torn = BETTER.replace("（二）记录误差。", "（二）记录误差。\n\n\ufffd\ufffd口")
    found = examine(draft_upload(name="x.txt", content=torn.encode(), by=li, at=NOW))
    assert {one.change.key: one.change.kind for one in found.documents}[FUNDS] == "revised"
    funds = next(one for one in found.documents if one.change.key == FUNDS)
    assert [piece.text for change in funds.differences for piece in change.pieces if piece.kind != "same"] == [
        "季",
        "月",
    ]
    assert [line.text for line in found.unread] == ["\ufffd\ufffd口"]
    assert TEXT.split("\n")[found.unread[0].line - 3] == "（二）记录误差。"
