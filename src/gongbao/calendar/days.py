"""The published calendar: the package's file of notices, and years that are added to it."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import SATURDAY, DayTable

PARTS = {"names", "years"}
LONGEST = 31  # days of one holiday; a longer one is a slip of the pen


@cache
def _packaged() -> dict[str, Any]:
    text = resources.files("gongbao.calendar").joinpath("days.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def published() -> DayTable:
    """The calendar that comes with the package."""
    return read_days(_packaged())


def with_years(more: Mapping[str, Any]) -> DayTable:
    """The package's calendar with the years of another document of the same form; they replace the package's."""
    base = _packaged()
    added = {key: base[key] | dict(more[key]) for key in PARTS if isinstance(more.get(key), Mapping)}
    return read_days({**base, **more, **added})


def read_days(document: Mapping[str, Any]) -> DayTable:
    """A table of days from a document in the form of days.toml (dates may be ISO texts too).

    Raises BadInput with every problem: a day that is none, an end before its beginning, a working day that is no
    weekend or lies in a holiday, a day of another year, a holiday without an English name.
    """
    if problems := list(_shape(document)):
        raise BadInput(problems)
    off: dict[date, Text] = {}
    makeup: dict[date, Text] = {}
    for year, holidays in document["years"].items():
        for name, entry in holidays.items():
            where, text = f"{year} {name}", Text(name, document["names"].get(name, ""))
            days, worked = _span(entry, where, problems), _worked(entry, where, problems)
            off |= dict.fromkeys(days, text)
            makeup |= dict.fromkeys(worked, Text(f"{text.zh}调休上班", f"worked in exchange for {text.en}"))
            if not text.en:
                problems.append(
                    _problem(where, "names", name, "在 [names] 中写明英文名称", "an English name in [names]")
                )
            problems += (
                _problem(where, "from, to, work", day, f"{year} 年的日期", f"a day of {year}")
                for day in (*days, *worked)
                # New Year's notice reaches back into the last days of the old year, no other does
                if str(day.year) != year and str((day + timedelta(days=LONGEST)).year) != year
            )
    problems += (
        _problem(str(day.year), "work", day, "不在假期之内的周末", "a weekend day outside the holidays")
        for day in sorted(off.keys() & makeup.keys())
    )
    if problems:
        raise BadInput(problems)
    return DayTable(frozenset(map(int, document["years"])), off, makeup, document["year_end"])


def _shape(document: Mapping[str, Any]) -> Iterator[Problem]:
    """What keeps a document from being read at all."""
    for key in sorted(PARTS):
        if not isinstance(document.get(key), Mapping):
            yield _problem("days", key, document.get(key), f"[{key}] 一节", f"a table [{key}]")
            return
    if not isinstance(document.get("year_end"), int):
        yield _problem("days", "year_end", document.get("year_end"), "天数", "a number of days")
    for year, holidays in document["years"].items():
        if not (year.isdecimal() and len(year) == 4):
            yield _problem("days", "years", year, "四位年份,如 [years.2027]", "a year of four digits")
        if not isinstance(holidays, Mapping) or not all(isinstance(entry, Mapping) for entry in holidays.values()):
            yield _problem(
                "days", "years", year, '每个假期一行,如 "元旦" = { from = …, to = … }', "a line for each holiday"
            )


def _problem(where: str, column: str, value: object, expected: str, expected_en: str) -> Problem:
    return Problem(where, None, column, str(value), expected, expected_en)


def _date(value: object, where: str, column: str, problems: list[Problem]) -> Iterator[date]:
    try:
        yield date.fromisoformat(str(value))
    except ValueError:
        problems.append(_problem(where, column, value, "日期,如 2027-01-01", "a date such as 2027-01-01"))


def _span(entry: Mapping[str, Any], where: str, problems: list[Problem]) -> list[date]:
    first = next(_date(entry.get("from", ""), where, "from", problems), None)
    last = next(_date(entry.get("to", ""), where, "to", problems), None)
    if not first or not last:
        return []
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST:
        problems.append(
            _problem(
                where, "to", last, f"不早于 {first},且不超过 {LONGEST} 天", f"from {first} on, {LONGEST} days at most"
            )
        )
        return []
    return [first + timedelta(days=n) for n in range(length)]


def _worked(entry: Mapping[str, Any], where: str, problems: list[Problem]) -> list[date]:
    days = [day for value in entry.get("work", ()) for day in _date(value, where, "work", problems)]
    problems += (
        _problem(where, "work", day, "调休上班的周末", "a weekend day that is worked")
        for day in days
        if day.weekday() < SATURDAY
    )
    return days
