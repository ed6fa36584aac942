"""A correction fits what is printed, or it is a problem; only the sure ones are shown as the text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.permits.rules.editions import in_force_on
from gongbao.permits.rules.items import Confidence, Correction, Edition

MakeEdition = Callable[..., Edition]


def correction(field: str, printed: str, corrected: str, confidence: Confidence = "high", no: int = 1) -> Correction:
    return Correction(no, field, printed, corrected, confidence, Text("理由", "reason"))


def test_a_sure_correction_is_the_text_and_the_printed_text_stays(edition_of: MakeEdition) -> None:
    one = correction("name", "守塔许 可（甲）", "灯塔守护许可（甲）")
    (item,) = edition_of({"name": "守塔许可(甲)"}, corrections=[one]).items
    assert (item.name, item.printed_name) == ("灯塔守护许可（甲）", "守塔许可(甲)")
    assert item.corrections[0].applied
    assert item.hints == ()


@pytest.mark.parametrize("confidence", [c for c in get_args(Confidence) if c != "high"])
def test_a_correction_that_is_not_sure_is_a_hint_beside_the_text(
    edition_of: MakeEdition, confidence: Confidence
) -> None:
    one = correction("name", "守塔许可", "灯塔守护许可", confidence)
    (item,) = edition_of({"name": "守塔许可"}, corrections=[one]).items
    assert item.name == "守塔许可"
    assert [hint.corrected for hint in item.hints] == ["灯塔守护许可"]


def test_which_confidences_are_shown_is_set_by_the_edition(edition_of: MakeEdition) -> None:
    one = correction("name", "守塔许可", "灯塔守护许可", "medium")
    (item,) = edition_of({"name": "守塔许可"}, corrections=[one], apply=("high", "medium")).items
    assert item.name == "灯塔守护许可"


def test_one_law_of_a_cell_is_corrected_and_the_others_stay(edition_of: MakeEdition) -> None:
    one = correction("legal_bases", "《塔办》（灯发〔2029〕3号）", "《塔办法》（灯发〔2029〕3号）")
    row = {"name": "守塔许可", "legal_bases": "《海法》 《塔办》(灯发[2029]3号) 《灯法》"}
    (item,) = edition_of(row, corrections=[one]).items
    assert list(map(str, item.legal_bases)) == ["《海法》", "《塔办法》（灯发〔2029〕3号）", "《灯法》"]


def test_a_correction_can_take_a_text_away(edition_of: MakeEdition) -> None:
    one = correction("remark", "乱码", "")
    (item,) = edition_of({"name": "守塔许可", "remark": "乱码"}, corrections=[one]).items
    assert item.remark == ""


@pytest.mark.parametrize(
    ("one", "column"),
    [
        (correction("name", "守灯许可", "灯塔守护许可"), "1 name"),
        (correction("name", "守灯许可", "灯塔守护许可", "low"), "1 name"),  # a hint must fit too
        (correction("legal_bases", "《海", "《海法》"), "1 legal_bases"),  # a law is corrected whole
        (correction("name", "守塔许可", "灯塔守护许可", no=9), "no"),
    ],
)
def test_a_correction_that_does_not_fit_is_a_problem(edition_of: MakeEdition, one: Correction, column: str) -> None:
    with pytest.raises(BadInput) as refused:
        edition_of({"name": "守塔许可"}, corrections=[one])
    (problem,) = refused.value.problems
    assert problem.column == column
    assert problem.expected
    assert problem.expected_en


def test_two_sure_corrections_of_one_place_are_a_problem(edition_of: MakeEdition) -> None:
    twice = [correction("name", "守塔许可", "甲许可"), correction("name", "守塔许可", "乙许可")]
    with pytest.raises(BadInput, match="一项更正"):
        edition_of({"name": "守塔许可"}, corrections=twice)


def test_every_wrong_row_is_told_at_once(edition_of: MakeEdition) -> None:
    with pytest.raises(BadInput) as refused:
        edition_of(
            {"name": "", "no": "1"},
            {"name": "守塔许可", "no": "1", "implementing_bodies": ""},
            {"name": "点灯许可", "no": "5", "legal_bases": "海法"},
            count=4,
        )
    assert [(p.row, p.column) for p in refused.value.problems] == [
        (3, "no"),
        (4, "no"),
        (2, "1 name"),
        (3, "1 implementing_bodies"),
        (4, "5 legal_bases"),
    ]


def test_numbers_that_are_not_there_are_missing_up_to_the_count(edition_of: MakeEdition) -> None:
    assert edition_of({"name": "甲", "no": "2"}, {"name": "乙", "no": "4"}, count=5).missing == (1, 3, 5)
    assert edition_of({"name": "甲"}, {"name": "乙"}).missing == ()


def test_an_edition_is_in_force_from_its_day_until_the_next_one_begins(edition_of: MakeEdition) -> None:
    first, second = (replace(edition_of({"name": "甲"}), in_force=day) for day in (date(2029, 5, 1), date(2030, 5, 1)))
    undated = replace(first, in_force=None)
    known = [second, undated, first]
    assert in_force_on(known, date(2029, 4, 30)) is None
    assert in_force_on(known, date(2029, 5, 1)) is first
    assert in_force_on(known, date(2030, 4, 30)) is first
    assert in_force_on(known, date(2030, 5, 1)) is second
    assert in_force_on(known, date(2031, 1, 1)) is second
