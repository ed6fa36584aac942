"""The calendar of the package against two others, and what a calendar file may hold."""

import tomllib
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from gongbao.calendar.days import published, read_days, with_years
from gongbao.kernel.problem import BadInput
from gongbao.kernel.workdays import is_workday, look_up

# chinese_calendar lacks the Saturday that was worked for New Year 2006; holidays has it
NOT_IN_CHINESE_CALENDAR = {date(2005, 12, 31)}


def every_day() -> list[date]:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_day_from_2004_to_2026_is_as_chinese_calendar_has_it() -> None:
    differing = {day for day in every_day() if is_workday(day, published()) != chinese_calendar.is_workday(day)}
    assert differing == NOT_IN_CHINESE_CALENDAR


def test_every_day_from_2004_to_2026_is_as_holidays_has_it() -> None:
    china = holidays.country_holidays("CN", years=range(2004, 2028))
    assert [day for day in every_day() if is_workday(day, published()) != china.is_working_day(day)] == []


def test_every_day_off_bears_the_name_of_its_holiday() -> None:
    assert look_up(date(2026, 2, 17), published()).reason.zh == "春节"
    assert look_up(date(2026, 2, 28), published()).reason.zh == "春节调休上班"
    assert all(look_up(day, published()).reason.en for day in every_day())


YEAR_2027 = """
[years.2027]
"元旦" = { from = 2026-12-31, to = 2027-01-02, work = [2027-01-03] }
"""


def test_a_further_year_is_added_and_closes_the_end_of_the_year_before() -> None:
    assert not published().knows(date(2026, 12, 31))
    table = with_years(tomllib.loads(YEAR_2027))
    assert table.knows(date(2026, 12, 31))
    assert not is_workday(date(2026, 12, 31), table)
    assert is_workday(date(2027, 1, 3), table)
    assert not is_workday(date(2026, 10, 1), table), "the years of the package are still there"
    assert is_workday(date(2026, 12, 31), published()), "the package's table has not changed"


def test_dates_may_be_texts_as_json_has_them() -> None:
    table = with_years({"years": {"2027": {"元旦": {"from": "2027-01-01", "to": "2027-01-03"}}}})
    assert not is_workday(date(2027, 1, 1), table)


@pytest.mark.parametrize(
    ("entry", "column"),
    [
        ('"元旦" = { from = "2027-01-32", to = 2027-01-03 }', "from"),
        ('"元旦" = { from = 2027-01-03, to = 2027-01-01 }', "to"),
        ('"元旦" = { from = 2027-01-01, to = 2027-02-01 }', "to"),
        ('"元旦" = { from = 2027-01-01 }', "to"),
        ('"元旦" = { from = 2027-01-01, to = 2027-01-03, work = [2027-01-04] }', "work"),
        ('"元旦" = { from = 2027-01-01, to = 2027-01-03, work = [2027-01-02] }', "work"),
        ('"国庆节" = { from = 2028-10-01, to = 2028-10-01 }', "from, to, work"),
        ('"开国大典" = { from = 2027-10-01, to = 2027-10-01 }', "names"),
        ('"元旦" = "2027-01-01"', "years"),
    ],
)
def test_a_calendar_file_with_a_mistake_is_refused_with_its_place(entry: str, column: str) -> None:
    with pytest.raises(BadInput) as refused:
        with_years(tomllib.loads("[years.2027]\n" + entry))
    assert [problem.column for problem in refused.value.problems] == [column]
    assert all(problem.expected and problem.expected_en for problem in refused.value.problems)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        with_years({"years": {"2027": {"元旦": {"from": "x", "to": "y", "work": ["z"]}}}})
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(
    "document", [{}, {"names": {}, "years": []}, {"names": {}, "years": {"27": {}}, "year_end": 3}]
)
def test_what_is_no_calendar_at_all_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        read_days(document)


def test_a_holiday_of_31_days_is_still_one() -> None:
    table = with_years({"years": {"2027": {"春节": {"from": "2027-01-01", "to": "2027-01-31"}}}})
    assert not is_workday(date(2027, 1, 29), table)
