"""Two texts of one document side by side."""

from collections.abc import Callable

import pytest

from gongbao.gazette.rules.diff import Change, Piece, diff_documents, word_pieces
from gongbao.gazette.rules.issue import read_issue

Diff = Callable[[str, str], list[Change]]
PARKS = "示政发〔2031〕5号"


@pytest.fixture
def diff(made_up_text: str) -> Diff:
    """The changes of the first document when some words of the issue are replaced by others."""

    def run(old: str, new: str) -> list[Change]:
        assert made_up_text.count(old) == 1
        before, after = (read_issue(text).documents[0] for text in (made_up_text, made_up_text.replace(old, new)))
        return list(diff_documents(before, after))

    return run


def test_the_same_text_has_no_changes(made_up_text: str) -> None:
    document = read_issue(made_up_text).documents[0]
    assert diff_documents(document, document) == ()


def test_changed_words_are_shown_word_by_word(diff: Diff) -> None:
    (change,) = diff("有效期5年", "有效期10年")
    assert (change.kind, change.before, change.after) == ("changed", f"{PARKS} 第四条", f"{PARKS} 第四条")
    assert [piece for piece in change.pieces if piece.kind != "same"] == [Piece("removed", "5"), Piece("added", "10")]


def test_a_new_last_article_is_added(diff: Diff) -> None:
    (change,) = diff("同时废止。", "同时废止。\n\n第五条 违反规定的，予以通报。")
    assert (change.kind, change.before, change.after) == ("added", "", f"{PARKS} 第五条")
    assert change.pieces == (Piece("added", "违反规定的，予以通报。"),)


def test_a_dropped_article_is_removed(diff: Diff) -> None:
    (change,) = diff("第三条之二 委托管理应当公开。\n", "")
    assert (change.kind, change.before, change.after) == ("removed", f"{PARKS} 第三条之二", "")
    assert change.pieces == (Piece("removed", "委托管理应当公开。"),)


def test_an_article_put_between_moves_the_following_on(diff: Diff) -> None:
    changes = diff("第三条之二 委托", "第三条之二 受托人应当具备条件，名单另行公告。\n\n第三条之三 委托")
    assert [(change.kind, change.before, change.after) for change in changes] == [
        ("added", "", f"{PARKS} 第三条之二"),
        ("renumbered", f"{PARKS} 第三条之二", f"{PARKS} 第三条之三"),
    ]
    assert {piece.kind for piece in changes[1].pieces} == {"same"}


def test_a_moved_article_with_a_changed_word_is_renumbered_and_shows_the_word(diff: Diff) -> None:
    (change,) = diff("第三条之二 委托管理应当公开", "第五条 委托管理必须公开")
    assert (change.kind, change.before, change.after) == ("renumbered", f"{PARKS} 第三条之二", f"{PARKS} 第五条")
    assert "".join(piece.text for piece in change.pieces if piece.kind == "removed") == "应当"
    assert "".join(piece.text for piece in change.pieces if piece.kind == "added") == "必须"


def test_a_changed_cell_is_a_changed_row(diff: Diff) -> None:
    (change,) = diff("第二公园\t西区", "第二公园\t北区")
    assert (change.kind, change.after) == ("changed", f"{PARKS} 附件1 2")


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", ()),
        ("甲", "", (Piece("removed", "甲"),)),
        ("10分", "100分", (Piece("removed", "10"), Piece("added", "100"), Piece("same", "分"))),
        ("IP新品", "IT新品", (Piece("removed", "IP"), Piece("added", "IT"), Piece("same", "新品"))),
    ],
)
def test_a_number_and_a_foreign_word_are_one_word(old: str, new: str, pieces: tuple[Piece, ...]) -> None:
    assert word_pieces(old, new) == pieces
