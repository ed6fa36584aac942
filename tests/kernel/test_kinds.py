"""Bands: what they take, and the proof that they take every value once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import Band, band_flaws


def bands(*rows: dict[str, object]) -> list[Band]:
    problems: list = []
    found = [Band.load(Entry(row, "band", problems), 2, "points", 6) for row in rows]
    assert problems == []
    return found


def english(flaws: list) -> list[str]:
    return [flaw.en for flaw in flaws]


def test_a_band_includes_only_the_limits_that_it_names() -> None:
    (band,) = bands({"above": "10", "up_to": "50", "points": 8})
    assert [band.takes(value) for value in (1000, 1001, 5000, 5001)] == [False, True, True, False]
    (band,) = bands({"from": "10", "below": "50", "points": 8})
    assert [band.takes(value) for value in (999, 1000, 4999, 5000)] == [False, True, True, False]


def test_bands_that_meet_are_sound() -> None:
    assert band_flaws(bands({"up_to": "10", "points": 5}, {"above": "10", "points": 8}), first=0) == []
    assert band_flaws(bands({"below": "10", "points": 5}, {"from": "10", "points": 8})) == []


def test_the_scale_bands_as_printed_collide_and_leave_a_gap() -> None:
    printed = bands(
        {"above": "10", "up_to": "50", "points": 5},
        {"above": "10", "up_to": "50", "points": 8},
        {"above": "50", "points": 12},
    )
    assert english(band_flaws(printed, first=0)) == [
        "there is a gap before the band “above 10 up to 50”",
        "two bands collide: above 10 up to 50 gives 5, above 10 up to 50 gives 8",
    ]


def test_a_limit_that_both_bands_include_is_a_collision() -> None:
    both = bands({"up_to": "10", "points": 5}, {"from": "10", "points": 8})
    assert english(band_flaws(both, first=0)) == ["two bands collide: up to 10 gives 5, from 10 gives 8"]


def test_a_limit_that_neither_band_includes_is_a_gap() -> None:
    neither = bands({"below": "10", "points": 5}, {"above": "10", "points": 8})
    assert english(band_flaws(neither, first=0)) == ["there is a gap before the band “above 10”"]


def test_a_last_band_with_an_end_leaves_a_gap() -> None:
    assert english(band_flaws(bands({"up_to": "10", "points": 5}), first=0)) == ["there is a gap behind the last band"]


def test_whole_ranks_meet_without_touching() -> None:
    ranks = bands({"from": "1", "up_to": "10", "points": -5}, {"from": "11", "points": 0})
    assert band_flaws(ranks, first=100, step=100) == []
    assert band_flaws(ranks, first=100) != []  # among dense values 10.5 is missing


def test_a_rank_left_out_is_a_gap() -> None:
    ranks = bands({"from": "1", "up_to": "10", "points": -5}, {"from": "12", "points": 0})
    assert english(band_flaws(ranks, first=100, step=100)) == ["there is a gap before the band “from 12”"]


def test_a_band_turned_round_takes_nothing() -> None:
    turned = bands({"points": 1}, {"from": "50", "up_to": "10", "points": 8})
    assert english(band_flaws(turned, first=0)) == ["the band “from 50 up to 10” takes no value"]


def test_a_limit_given_twice_is_refused() -> None:
    problems: list = []
    Band.load(Entry({"above": "1", "from": "1", "points": 1}, "band", problems), 2, "points", 6)
    assert [problem.column for problem in problems] == ["above"]


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.integers(0, 8), st.booleans()), min_size=1, max_size=4))
def test_sound_bands_take_every_value_once_and_only_they_do(rows: list[tuple[int, bool, int, bool]]) -> None:
    found = [
        Band(low * 100 if low else None, a, high * 100 if high < 8 else None, b, 1, 2, 6) for low, a, high, b in rows
    ]
    values = range(0, 1000, 50)  # every limit, and a value between any two
    once = all(sum(band.takes(value) for band in found) == 1 for value in values)
    empty = any(not any(band.takes(value) for value in values) for band in found)
    assert (band_flaws(found, first=0) == []) == (once and not empty)


@pytest.mark.parametrize(("low", "high", "label"), [(None, 1000, "0-10"), (1000, None, "10-"), (30, 60, "0.3-0.6")])
def test_a_band_is_named_by_its_limits(low: int | None, high: int | None, label: str) -> None:
    assert Band(low, True, high, False, 1, 2, 6).label == label
