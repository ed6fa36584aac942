"""Periods in working days, calendar days and months, counted so that every counted day can be shown.

The day that a period starts from is not counted; the last day ends at 24:00 Beijing time (I-12). Which days are
holidays is published year by year by the State Council and comes in as a DayTable; a period that reaches beyond
what is published gets a date counted by weekends alone and marked provisional (I-24).
"""

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from gongbao.kernel.text import Text

BEIJING = timezone(timedelta(hours=8), "北京时间")
SATURDAY = 5

Kind = Literal["workday", "makeup", "weekend", "holiday", "paused"]
Pause = tuple[date, date]  # first and last day, both not counted

WORKDAY = Text("工作日", "working day")
WEEKEND = Text("周末", "weekend")
PAUSED = Text("期间中止", "period suspended")


@dataclass(frozen=True)
class DayTable:
    """The published calendar. years: whose notice is out; off: holidays, makeup: weekend days worked, with the name
    of the holiday; year_end: so many days at the end of December the next year's notice may still move."""

    years: frozenset[int]
    off: Mapping[date, Text]
    makeup: Mapping[date, Text]
    year_end: int

    def knows(self, day: date) -> bool:
        """Whether every notice that may say something of the day is out."""
        return day.year in self.years and (day + timedelta(days=self.year_end)).year in self.years


@dataclass(frozen=True)
class CountedDay:
    """One day of a period. kind: why it counts or not; reason: the same in words, the holiday by its name."""

    date: date
    kind: Kind
    reason: Text
    counts: bool


@dataclass(frozen=True)
class Deadline:
    """date: last day of the period; provisional: a day of it is not in the published calendar;
    counted: every day after the start up to the last one, those that do not count with the reason."""

    date: date
    provisional: bool
    counted: tuple[CountedDay, ...]

    @property
    def ends_at(self) -> datetime:
        """The moment when the period is over: 24:00 Beijing time of the last day."""
        return datetime.combine(self.date + timedelta(days=1), datetime.min.time(), BEIJING)


@dataclass(frozen=True)
class Count:
    """number: of working days; provisional and counted as in a Deadline."""

    number: int
    provisional: bool
    counted: tuple[CountedDay, ...]


def look_up(day: date, table: DayTable) -> CountedDay:
    """What kind of day it is, and whether people work on it."""
    if day in table.off:
        return CountedDay(day, "holiday", table.off[day], counts=False)
    if day in table.makeup:
        return CountedDay(day, "makeup", table.makeup[day], counts=True)
    if day.weekday() >= SATURDAY:
        return CountedDay(day, "weekend", WEEKEND, counts=False)
    return CountedDay(day, "workday", WORKDAY, counts=True)


def is_workday(day: date, table: DayTable) -> bool:
    """Whether the day is a working day (by weekends alone where the calendar does not know it)."""
    return look_up(day, table).counts


def add_workdays(start: date, days: int, table: DayTable, pauses: Sequence[Pause] = ()) -> Deadline:
    """The last day of a period of `days` (>= 1) working days from `start`.

    A suspension (中止) adds the working days that it really took: days inside a pause are not counted. Raises
    ValueError (Chinese and English) for no days, or a pause that ends before it begins.
    """
    _check(pauses)
    return _deadline(start, days, table, lambda day: _unless_paused(look_up(day, table), pauses))


def add_calendar_days(start: date, days: int, table: DayTable, pauses: Sequence[Pause] = ()) -> Deadline:
    """The last day of a period of `days` (>= 1) calendar days; when that is no working day, the next one (I-13)."""
    _check(pauses)

    def every_day(day: date) -> CountedDay:
        seen = look_up(day, table)
        return _unless_paused(CountedDay(day, seen.kind, seen.reason, counts=True), pauses)

    counted = list(_deadline(start, days, table, every_day).counted)
    while not is_workday(counted[-1].date, table):  # the period runs on over days that add nothing to it
        counted.append(look_up(counted[-1].date + timedelta(days=1), table))
    return Deadline(counted[-1].date, _beyond(counted, table), tuple(counted))


def add_months(start: date, months: int) -> date:
    """The same day so many calendar months on (or back, if negative); the last of the month where it has no such day
    (I-31). 2026-01-31 and one month give 2026-02-28."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def workdays_between(start: date, end: date, table: DayTable) -> Count:
    """Working days after `start` up to and including `end`: what add_workdays would have to add to come from one to the
    other. Raises ValueError when the end lies before the start."""
    if end < start:
        raise ValueError(f"结束日 {end} 早于起始日 {start} / the end {end} lies before the start {start}")
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    counted = tuple(look_up(day, table) for day in span)
    return Count(sum(day.counts for day in counted), _beyond(counted, table), counted)


def _check(pauses: Sequence[Pause]) -> None:
    for first, last in pauses:
        if last < first:
            raise ValueError(f"中止期间 {first} 至 {last} 首尾颠倒 / the suspension ends before it begins")


def _deadline(start: date, days: int, table: DayTable, look: Callable[[date], CountedDay]) -> Deadline:
    if days < 1:
        raise ValueError(f"期间至少一日,不是 {days} 日 / a period has at least one day, not {days}")
    counted = tuple(_walk(start, days, look))
    return Deadline(counted[-1].date, _beyond(counted, table), counted)


def _walk(start: date, days: int, look: Callable[[date], CountedDay]) -> Iterator[CountedDay]:
    day = start
    while days:
        day += timedelta(days=1)
        seen = look(day)
        days -= seen.counts
        yield seen


def _unless_paused(day: CountedDay, pauses: Sequence[Pause]) -> CountedDay:
    paused = day.counts and any(first <= day.date <= last for first, last in pauses)
    return CountedDay(day.date, "paused", PAUSED, counts=False) if paused else day


def _beyond(counted: Sequence[CountedDay], table: DayTable) -> bool:
    return not all(table.knows(day.date) for day in counted)
