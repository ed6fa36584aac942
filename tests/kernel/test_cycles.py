from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.cycles import Cycle

CYCLES = st.builds(Cycle, st.integers(2000, 2100), st.sampled_from([1, 2]))


@pytest.mark.parametrize("text", ["2026H1", "2026h1", " 2026H1 ", "2026年上半年", "2026上半年"])
def test_a_cycle_is_read_in_usual_spellings(text: str) -> None:
    assert Cycle.parse(text) == Cycle(2026, 1)


def test_the_second_half_is_read_too() -> None:
    assert Cycle.parse("2026年下半年") == Cycle.parse("2026H2") == Cycle(2026, 2)


@pytest.mark.parametrize("text", ["", "2026", "2026H0", "2026H3", "26H1", "2026-H1", "0000H1", "２０２６H1"])
def test_what_is_no_cycle_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="周期"):
        Cycle.parse(text)


def test_a_cycle_has_its_days_months_and_names() -> None:
    first, second = Cycle(2026, 1), Cycle(2026, 2)
    assert (first.first_day, first.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (second.first_day, second.last_day) == (date(2026, 7, 1), date(2026, 12, 31))
    assert first.months == ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
    assert second.months[0], second.months[-1] == ("2026-07", "2026-12")
    assert (first.name.zh, second.name.en) == ("2026年上半年", "second half of 2026")


@pytest.mark.parametrize(
    ("day", "cycle"),
    [
        (date(2025, 12, 31), "2025H2"),
        (date(2026, 1, 1), "2026H1"),
        (date(2026, 6, 30), "2026H1"),
        (date(2026, 7, 1), "2026H2"),
    ],
)
def test_a_day_lies_in_one_cycle(day: date, cycle: str) -> None:
    assert str(Cycle.of(day)) == cycle
    assert day in Cycle.parse(cycle)
    assert day not in Cycle.parse(cycle).next
    assert day not in Cycle.parse(cycle).previous


@given(CYCLES)
def test_cycles_follow_each_other_without_a_gap(cycle: Cycle) -> None:
    assert cycle.next.first_day == cycle.last_day + timedelta(days=1)
    assert cycle.next.previous == cycle
    assert cycle.previous < cycle < cycle.next
    assert Cycle.parse(str(cycle)) == cycle
