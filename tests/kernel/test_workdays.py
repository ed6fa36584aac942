from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.text import Text
from gongbao.kernel.workdays import (
    BEIJING,
    DayTable,
    Deadline,
    add_calendar_days,
    add_months,
    add_workdays,
    is_workday,
    workdays_between,
)

FESTIVAL = Text("春节", "Spring Festival")
TABLE = DayTable(
    years=frozenset({2025, 2026}),
    off=dict.fromkeys((date(2026, 2, day) for day in range(15, 24)), FESTIVAL),
    makeup=dict.fromkeys((date(2026, 2, 14), date(2026, 2, 28)), Text("春节调休上班", "worked for Spring Festival")),
    year_end=3,
)
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 1))


def test_the_day_of_the_start_is_not_counted_and_the_last_day_ends_at_midnight_in_beijing() -> None:
    deadline = add_workdays(date(2026, 3, 2), 1, TABLE)
    assert deadline.date == date(2026, 3, 3)
    assert deadline.ends_at == datetime(2026, 3, 4, tzinfo=BEIJING)
    assert deadline.ends_at.utcoffset() == timedelta(hours=8)


def test_weekends_and_holidays_are_skipped_and_worked_weekends_count() -> None:
    deadline = add_workdays(date(2026, 2, 12), 7, TABLE)
    assert deadline.date == date(2026, 2, 28)
    assert not deadline.provisional
    assert [day.date.day for day in deadline.counted if day.counts] == [13, 14, 24, 25, 26, 27, 28]
    assert {day.reason.zh for day in deadline.counted if not day.counts} == {"春节"}


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 12), 2, date(2026, 2, 14)),
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 2, 16), 1, date(2026, 2, 24)),
    ],
)
def test_a_period_that_ends_before_on_or_after_a_holiday(start: date, days: int, end: date) -> None:
    assert add_workdays(start, days, TABLE).date == end


@given(DAYS, st.integers(1, 60))
def test_between_undoes_add(start: date, days: int) -> None:
    end = add_workdays(start, days, TABLE).date
    assert is_workday(end, TABLE)
    assert workdays_between(start, end, TABLE).number == days
    assert workdays_between(start, end - timedelta(days=1), TABLE).number == days - 1


def test_a_span_that_runs_backwards_is_refused() -> None:
    assert workdays_between(date(2026, 3, 2), date(2026, 3, 2), TABLE).number == 0
    with pytest.raises(ValueError, match="早于"):
        workdays_between(date(2026, 3, 3), date(2026, 3, 2), TABLE)


def test_a_period_has_at_least_one_day() -> None:
    for add in (add_workdays, add_calendar_days):
        with pytest.raises(ValueError, match="至少一日"):
            add(date(2026, 3, 2), 0, TABLE)


# --- what is not published is never passed over in silence -------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "provisional"),
    [(date(2026, 12, 25), False), (date(2026, 12, 28), True), (date(2026, 12, 31), True), (date(2027, 3, 1), True)],
)
def test_a_period_that_reaches_a_day_no_notice_covers_is_provisional(start: date, provisional: bool) -> None:
    assert add_workdays(start, 1, TABLE).provisional is provisional
    assert add_calendar_days(start, 1, TABLE).provisional is provisional


def test_the_last_days_of_december_are_known_only_with_the_next_year() -> None:
    known = DayTable(frozenset({2025}), {}, {}, year_end=3)
    assert [known.knows(date(2025, 12, day)) for day in (27, 28, 29, 31)] == [True, True, False, False]
    assert known.knows(date(2025, 1, 1))
    assert not known.knows(date(2024, 12, 31))
    assert workdays_between(date(2025, 12, 28), date(2025, 12, 29), known).provisional
    assert not workdays_between(date(2025, 12, 27), date(2025, 12, 28), known).provisional


def test_a_provisional_date_counts_by_weekends_alone() -> None:
    assert add_workdays(date(2027, 1, 1), 5, TABLE).date == date(2027, 1, 8)


# --- suspension --------------------------------------------------------------------------------------------------


@given(DAYS, st.integers(1, 30), st.integers(0, 40), st.integers(0, 40))
def test_a_suspension_adds_the_working_days_that_it_really_took(
    start: date, days: int, after: int, length: int
) -> None:
    first = start + timedelta(days=1 + after)
    last = first + timedelta(days=length)
    plain = add_workdays(start, days, TABLE).date
    paused = add_workdays(start, days, TABLE, [(first, last)]).date
    if first > plain:
        assert paused == plain
    else:
        taken = workdays_between(first - timedelta(days=1), last, TABLE).number
        assert paused == (add_workdays(plain, taken, TABLE).date if taken else plain)


def test_days_of_a_suspension_say_so_and_overlapping_ones_count_once() -> None:
    pauses = [(date(2026, 3, 3), date(2026, 3, 4)), (date(2026, 3, 4), date(2026, 3, 5))]
    deadline = add_workdays(date(2026, 3, 2), 1, TABLE, pauses)
    assert deadline.date == date(2026, 3, 6)
    assert [day.kind for day in deadline.counted] == ["paused", "paused", "paused", "workday"]


@pytest.mark.parametrize("add", [add_workdays, add_calendar_days])
def test_a_suspension_of_one_day_counts_and_one_that_ends_before_it_begins_is_refused(
    add: Callable[..., Deadline],
) -> None:
    day = date(2026, 3, 4)
    assert add(date(2026, 3, 2), 2, TABLE, [(day, day)]).date == date(2026, 3, 5)
    with pytest.raises(ValueError, match="颠倒"):
        add(date(2026, 3, 2), 2, TABLE, [(day, day - timedelta(days=1))])


# --- calendar days and months ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "end"),
    [(29, date(2026, 3, 13)), (30, date(2026, 3, 16)), (31, date(2026, 3, 16)), (32, date(2026, 3, 16))],
)
def test_calendar_days_roll_on_when_the_last_is_no_working_day(days: int, end: date) -> None:
    deadline = add_calendar_days(date(2026, 2, 12), days, TABLE)  # the 30th day is Saturday 14 March
    assert deadline.date == end
    assert sum(day.counts for day in deadline.counted) >= days


def test_a_suspension_stops_calendar_days_too() -> None:
    paused = add_calendar_days(date(2026, 3, 2), 7, TABLE, [(date(2026, 3, 7), date(2026, 3, 8))])
    assert add_calendar_days(date(2026, 3, 2), 7, TABLE).date == date(2026, 3, 9)
    assert paused.date == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 15), 3, date(2026, 6, 15)),
        (date(2026, 10, 31), 6, date(2027, 4, 30)),
        (date(2026, 3, 15), -36, date(2023, 3, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end
