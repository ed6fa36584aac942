import pytest

from gongbao.gazette.rules.search_text import Piece, excerpt, hits, tokens, words


def folded(text: str) -> str:
    return "".join(token.text for token in tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Ⅱ类、①", "ii类1"),
        ("住房 (公 寓)", "住房公寓"),
        ("《条例》,“办法”", "条例办法"),
        ("café", "cafe"),
        ("按季拨付。另行规定。", "按季拨付¶另行规定"),
        ("一;\n\n二", "一¶二"),
        ("。。", ""),
        ("误差1.5%", "误差1．5％"),
        ("１．５％", "1．5％"),
        ("第1.款", "第1款"),
        ("1,000元", "1000元"),
        ("\U00020bb7野家", "\U00020bb7野家"),
    ],
)
def test_width_case_and_marks_are_folded_away(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_a_token_knows_the_character_it_comes_from() -> None:
    assert [(t.text, t.at) for t in tokens("a Ⅱb")] == [("a", 0), ("i", 2), ("i", 2), ("b", 3)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("灯塔 巡查", ["灯塔", "巡查"]),
        ("灯塔\u3000巡查", ["灯塔", "巡查"]),
        ("灯塔 灯塔", ["灯塔"]),
        ('"fire drill" LED', ["firedrill", "led"]),
        ("“灯 塔”", ["灯塔"]),
        ("《条例》", ["条例"]),
        ("  。 ", []),
        ("", []),
        ('"', []),
        ("50%", ["50％"]),
    ],
)
def test_a_query_is_cut_at_spaces_but_not_inside_quotes(query: str, expected: list[str]) -> None:
    assert words(query) == expected


def test_hits_are_found_across_marks_and_scan_spaces_and_joined_where_they_overlap() -> None:
    assert hits("灯 塔、管理人", ["灯塔", "塔管"]) == [(0, 5)]


def test_words_of_two_sentences_do_not_stand_side_by_side() -> None:
    assert hits("拨付。巡查", ["付巡"]) == []
    assert hits("拨付。巡查", words("付。巡")) == [(1, 4)]


def test_an_excerpt_shows_every_hit_in_its_context() -> None:
    text = "甲" * 30 + "灯塔" + "乙" * 30 + "灯塔" + "丙" * 3
    assert excerpt(text, ["灯塔"], around=4) == (
        Piece("…甲甲甲甲", hit=False),
        Piece("灯塔", hit=True),
        Piece("乙乙乙乙…乙乙乙乙", hit=False),
        Piece("灯塔", hit=True),
        Piece("丙丙丙", hit=False),
    )


def test_an_excerpt_without_a_hit_shows_the_beginning() -> None:
    assert excerpt("甲乙\n丙丁戊", ["灯"], around=2) == (Piece("甲乙 丙…", hit=False),)


def test_short_context_is_not_cut() -> None:
    assert excerpt("甲灯乙", ["灯"], around=1) == (
        Piece("甲", hit=False),
        Piece("灯", hit=True),
        Piece("乙", hit=False),
    )
