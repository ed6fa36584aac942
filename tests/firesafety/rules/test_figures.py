"""Figures: counted by course and district; medians and shares are exact."""

import pytest

from gongbao.firesafety.rules.figures import CaseFacts, figures


def test_all_stand_first_then_each_district() -> None:
    rows = figures(
        [CaseFacts("acceptance", "b"), CaseFacts("drawn", "a"), CaseFacts("drawn", "a"), CaseFacts("waiting", "")]
    )
    assert [(row.district, row.cases) for row in rows] == [("", 4), ("a", 2), ("b", 1)]
    assert dict(rows[0].courses) == {
        "acceptance": 1, "drawn": 2, "not_drawn": 0, "split": 0, "waiting": 1, "ended_early": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "median", "longest"), [((3,), 3, 3), ((1, 4), 1, 4), ((5, 1, 2), 2, 5), ((7, 7, 1, 2), 2, 7)]
)
def test_the_median_is_the_lower_of_two_middle_values(days: tuple[int, ...], median: int, longest: int) -> None:
    (used,) = figures([CaseFacts("drawn", "", used=tuple(("visit", day) for day in days))])[0].used
    assert (used.step, used.count, used.median, used.longest) == ("visit", len(days), median, longest)


@pytest.mark.parametrize(("kept", "late", "share"), [(0, 0, None), (1, 0, 1000), (0, 1, 0), (2, 1, 666)])
def test_the_share_within_time_is_in_thousandths_rounded_down(kept: int, late: int, share: int | None) -> None:
    assert figures([CaseFacts("drawn", "", kept=kept, late=late)])[0].share == share


def test_no_cases_are_figures_too() -> None:
    (row,) = figures([])
    assert (row.cases, row.used, row.share) == (0, (), None)
