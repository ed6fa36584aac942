"""Guides are held against the list: none, outdated, incomplete, or asking for what no law of the item asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from gongbao.permits.rules.guides import Demand, Guide, findings, states
from gongbao.permits.rules.items import Edition

MakeEdition = Callable[..., Edition]

WHOLE = Guide(
    item=1,
    updated=date(2030, 1, 1),
    conditions=(Demand("有灯塔", "《灯塔条例》 第三条"),),
    materials=(Demand("申请表", "《灯塔条例》"),),
    time_limit="20个工作日",
    fee="不收费",
    place="政务服务中心",
)


@pytest.mark.parametrize(
    ("updated", "state"),
    [(date(2029, 12, 31), "outdated"), (date(2030, 1, 1), "current"), (date(2030, 1, 2), "current")],
)
def test_a_guide_is_outdated_if_it_is_older_than_the_list(edition_of: MakeEdition, updated: date, state: str) -> None:
    edition = edition_of({"name": "甲"}, {"name": "乙"})
    assert states(edition, [replace(WHOLE, updated=updated)]) == {1: state, 2: "none"}


def test_without_a_day_of_entry_into_force_no_guide_is_outdated(edition_of: MakeEdition) -> None:
    edition = replace(edition_of({"name": "甲"}), in_force=None)
    assert states(edition, [replace(WHOLE, updated=date(1990, 1, 1))]) == {1: "current"}


def test_a_whole_guide_has_nothing_to_be_mended(edition_of: MakeEdition) -> None:
    assert findings(edition_of({"name": "甲"}), [WHOLE]) == ()


@pytest.mark.parametrize("part", ["conditions", "materials", "time_limit", "fee", "place"])
def test_a_part_that_is_not_told_is_found(edition_of: MakeEdition, part: str) -> None:
    (found,) = findings(edition_of({"name": "甲"}), [replace(WHOLE, **{part: type(getattr(WHOLE, part))()})])
    assert (found.item, found.part) == (1, part)


@pytest.mark.parametrize("part", ["conditions", "materials"])
@pytest.mark.parametrize(
    ("basis", "sound"),
    [
        ("《灯塔条例》 第三条", True),
        ("《中华人民共和国灯塔条例》", True),
        ("灯发〔2029〕3号 第一条", True),
        ("灯发〔2029〕4号 第一条", False),
        ("《别的条例》 第三条", False),
        ("", False),
    ],
)
def test_what_rests_on_no_law_of_the_item_is_found(edition_of: MakeEdition, part: str, basis: str, sound: bool) -> None:
    edition = edition_of({"name": "甲", "legal_bases": "《灯塔条例》 《塔办法》（灯发〔2029〕3号）"})
    found = findings(edition, [replace(WHOLE, **{part: (Demand("身高两米", basis),)})])
    assert [(one.part, one.text) for one in found] == ([] if sound else [(part, "身高两米")])
    assert all("不得增设" in one.what.zh and "nothing may be asked for" in one.what.en for one in found)


def test_a_guide_of_no_item_and_a_second_guide_are_found(edition_of: MakeEdition) -> None:
    edition = edition_of({"name": "甲"}, count=2)
    assert [(one.item, one.part) for one in findings(edition, [replace(WHOLE, item=2), WHOLE, WHOLE])] == [
        (2, "item"),
        (1, "item"),
    ]
