"""From a law to the items that rest on it."""

from collections.abc import Callable

import pytest

from gongbao.permits.rules.items import Basis, Edition
from gongbao.permits.rules.laws import find_laws, laws, others_of_law, same_law

MakeEdition = Callable[..., Edition]


@pytest.mark.parametrize("text", ["消防法", "《消防法》", "中华人民共和国消防法", "《中华人民共和国消防法》"])
def test_a_law_is_found_with_and_without_brackets_and_the_name_of_the_state(edition_2025: Edition, text: str) -> None:
    (law,) = find_laws(edition_2025, text)
    assert [item.no for item in law.items] == [59, 191]


def test_a_law_named_in_full_is_it_alone_and_a_part_finds_all_that_hold_it(edition_2025: Edition) -> None:
    assert [str(law.basis) for law in find_laws(edition_2025, "水法")] == ["《中华人民共和国水法》"]
    assert len(find_laws(edition_2025, "古树名木")) == 2
    assert find_laws(edition_2025, "没有的法") == ()
    assert find_laws(edition_2025, "、") == ()


def test_a_document_number_finds_its_items_in_any_spelling(edition_2025: Edition) -> None:
    (law,) = find_laws(edition_2025, "国函[2025]4号")
    assert [item.no for item in law.items] == [115, 119], "the scan gives the number two titles"


def test_every_item_stands_under_each_of_its_laws(edition_2025: Edition) -> None:
    listed = {(item.no, str(law.basis)) for law in laws(edition_2025) for item in law.items}
    assert len({number for number, _ in listed}) == len(edition_2025.items)
    for item in edition_2025.items:
        own = [law for law in laws(edition_2025) if any(same_law(law.basis, basis) for basis in item.legal_bases)]
        assert all(item in law.items for law in own)
        assert len(own) == len(item.legal_bases)


def test_a_law_with_and_without_its_number_is_one_and_two_numbers_are_two(edition_of: MakeEdition) -> None:
    edition = edition_of(
        {"name": "甲", "legal_bases": "《塔办法》"},
        {"name": "乙", "legal_bases": "《塔办法》（灯发〔2029〕3号）"},
        {"name": "丙", "legal_bases": "《塔办法》（灯发〔2031〕8号）"},
    )
    found = [(str(law.basis), [item.no for item in law.items]) for law in laws(edition)]
    assert found == [("《塔办法》（灯发〔2029〕3号）", [1, 2]), ("《塔办法》（灯发〔2031〕8号）", [3])]
    assert same_law(Basis("《甲》", "灯发〔2029〕3号"), Basis("《乙》", "灯发〔2029〕3号"))


def test_an_item_names_the_others_of_its_laws(edition_2025: Edition) -> None:
    item = next(item for item in edition_2025.items if item.no == 59)
    assert [[other.no for other in law.items] for law in others_of_law(edition_2025, item)] == [[191], []]
