from collections.abc import Callable
from dataclasses import replace

import pytest

from gongbao.gazette import search_index
from gongbao.gazette.rules.search_text import words
from gongbao.gazette.rules.structure import Issue
from gongbao.gazette.selectors.search import passages_matching, search
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]


def cites(query: str) -> list[str]:
    return [hit.passage.cite for hit in search(query).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("误", ["示范发〔2030〕7号 第二条（二）"]),
        ("误差", ["示范发〔2030〕7号 第二条（二）"]),
        ("led", ["示范发〔2030〕7号 第二条（一）"]),
        ("ＬＥＤ光", ["示范发〔2030〕7号 第二条（一）"]),
        ("1.5", ["示范发〔2030〕7号 第二条（二）"]),
        ("15", []),
        ("1.5％", ["示范发〔2030〕7号 第二条（二）"]),
        ("齐全 5分", ["示范发〔2030〕7号 附件 基础项 记录齐全"]),
        ("齐全5分", []),
        ("拨付巡查", []),
        ("第二条灯塔", ["示范发〔2030〕7号 第二条"]),
        ("lighthouse funds", ["示范发〔2030〕8号"]),
        ("分值", ["示范发〔2030〕7号 附件"]),
        ("灯塔 没有", []),
    ],
)
def test_words_are_found_where_their_characters_stand(
    query: str, expected: list[str], issue: Issue, store: Store
) -> None:
    store(issue)
    assert cites(query) == expected


def test_results_come_newest_issue_first_and_in_printed_order(issue: Issue, store: Store) -> None:
    newer = replace(issue, number=3, documents=(replace(issue.documents[1], number="示范发〔2030〕9号"),))
    store(newer)
    store(issue)
    assert cites("灯塔")[:3] == ["示范发〔2030〕9号", "示范发〔2030〕7号", "示范发〔2030〕7号 第二条"]


def test_pages_of_results_add_up_to_the_whole(issue: Issue, store: Store) -> None:
    store(issue)
    whole = search("灯")
    pages = [search("灯", start=start, limit=2) for start in range(0, whole.count, 2)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.count for page in pages} == {whole.count}


@pytest.mark.parametrize("query", ["", "  ", "。", "《》"])
def test_a_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(BadInput):
        search(query)


@pytest.mark.parametrize("length", [1, 127, 128])
def test_a_word_of_up_to_128_characters_is_found_wherever_it_stands_in_a_long_passage(
    length: int, issue: Issue, store: Store
) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(700))
    part = replace(issue.documents[1].works[0].provisions[0], text=text)
    work = replace(issue.documents[1].works[0], provisions=(part,))
    store(replace(issue, documents=(replace(issue.documents[1], works=(work,)),)))
    starts = [0, 1, 126, 127, 128, 129, 254, 255, 256, 383, 384, 385, 500, 700 - length]
    assert [passages_matching([text[start : start + length]]).count() for start in starts] == [1] * len(starts)


def test_a_word_of_more_than_128_characters_is_refused() -> None:
    with pytest.raises(BadInput, match="128"):
        search("灯" * 129)


def test_a_character_that_stands_more_than_255_times_in_a_passage_is_found_at_its_last_place(
    issue: Issue, store: Store
) -> None:
    part = replace(issue.documents[1].works[0].provisions[0], text="的灯" * 300 + "的塔")
    work = replace(issue.documents[1].works[0], provisions=(part,))
    store(replace(issue, documents=(replace(issue.documents[1], works=(work,)),)))
    assert passages_matching(words("的塔")).count() == 1


@pytest.mark.parametrize("length", [0, 1, 254, 255, 256, 382, 383, 384, 1000])
def test_windows_cover_every_token_and_never_exceed_their_size(length: int) -> None:
    line = [str(n) for n in range(length)]
    windows = list(search_index.windows(line))
    assert {token for window in windows for token in window} == set(line)
    assert max(len(window) for window in windows) <= search_index.WINDOW
