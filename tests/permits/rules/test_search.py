"""Search finds every occurrence and nothing else; facets count what another choice would give."""

import unicodedata

import pytest

from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.rules.search import VALUES, Filters, search, texts


def plain(item: Item) -> list[str]:
    """Every text of an item without spaces, as a person would look through it."""
    return ["".join(unicodedata.normalize("NFKC", text).split()) for text in texts(item)]


@pytest.mark.parametrize("word", ["核", "许可", "清真食品", "消防", "国发〔2012〕52号", "仅限", "會"])
def test_a_word_is_found_wherever_it_stands(edition_2025: Edition, word: str) -> None:
    found = search(edition_2025, word).items
    assert [item.no for item in found] == [i.no for i in edition_2025.items if any(word in text for text in plain(i))]


def test_all_words_must_stand_in_an_item_in_any_of_its_texts(edition_2025: Edition) -> None:
    assert [item.no for item in search(edition_2025, "消防法 住房").items] == [59]
    assert search(edition_2025, "消防法 宗教").items == ()


def test_both_the_garbled_and_the_right_name_are_found(edition_2025: Edition) -> None:
    for word in ("中医师执业", "中医医师执业", "特殊建设工程消防"):
        assert len(search(edition_2025, word).items) == 1


def test_a_query_of_marks_alone_finds_nothing_and_an_empty_one_everything(edition_2025: Edition) -> None:
    assert search(edition_2025, "、").items == ()
    assert search(edition_2025, "").items == edition_2025.items


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(city="市体育局"), [165, 166, 167, 168]),
        (Filters(zone="宣传文化部", mode="handled"), [161, 162]),
        (Filters(body="经开区管委会", city="市农业农村局"), [104, 106, 109]),
        (Filters(law="消防法"), [59, 191]),
        (Filters(law="国发[2012]52号"), [31, 70]),
        (Filters(mode="entrusted"), [149, 150, 151, 152, 153]),
        (Filters(mode="part_review"), [11, 13]),
        (Filters(city="体育"), []),  # a department is named in full
    ],
)
def test_filters_take_whole_names_and_hold_together(
    edition_2025: Edition, filters: Filters, numbers: list[int]
) -> None:
    assert [item.no for item in search(edition_2025, "", filters).items] == numbers


def test_a_count_of_a_facet_is_what_choosing_it_finds(edition_2025: Edition) -> None:
    chosen = {"zone": "社会事业局", "body": "行政审批局"}
    found = search(edition_2025, "许可", Filters(**chosen))
    for facet in VALUES:
        for value, count in list(found.facets[facet].items())[:4]:
            narrowed = search(edition_2025, "许可", Filters(**(chosen | {facet: value})))
            assert len(narrowed.items) == count, (facet, value)
    counts = list(found.facets["city"].values())
    assert counts == sorted(counts, reverse=True)
