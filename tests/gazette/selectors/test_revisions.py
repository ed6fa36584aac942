from collections.abc import Callable
from dataclasses import replace

import pytest

from gongbao.gazette.rules.structure import Issue
from gongbao.gazette.selectors.revisions import revisions_compare
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]
EIGHT = "示范发〔2030〕8号"


def test_two_revisions_are_compared_word_by_word(issue: Issue, better: Issue, store: Store) -> None:
    store(issue)
    store(better)
    compared = revisions_compare(EIGHT)
    (change,) = compared.changes
    assert (compared.old.sequence, compared.new.sequence) == (1, 2)
    assert (change.kind, change.after) == ("changed", f"{EIGHT} 一")
    assert [piece.text for piece in change.pieces if piece.kind != "same"] == ["季", "月"]


def test_any_two_can_be_chosen(issue: Issue, better: Issue, store: Store) -> None:
    for text in (issue, better, issue):
        store(text)
    assert revisions_compare(EIGHT, old=1, new=3).changes == ()
    assert len(revisions_compare(EIGHT, old=1, new=2).changes) == 1
    assert len(revisions_compare(EIGHT).changes) == 1


def test_a_change_of_what_is_told_about_a_document_changes_no_wording(issue: Issue, store: Store) -> None:
    store(issue)
    store(replace(issue, documents=(issue.documents[0], replace(issue.documents[1], page=10))))
    assert revisions_compare(EIGHT).changes == ()


@pytest.mark.parametrize("numbers", [{}, {"old": 7}, {"new": 7}, {"old": 0}])
def test_a_revision_that_does_not_exist_is_refused(numbers: dict[str, int], issue: Issue, store: Store) -> None:
    store(issue)
    with pytest.raises(BadInput):
        revisions_compare(EIGHT, **numbers)
