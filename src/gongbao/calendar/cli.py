"""gongbao workdays: deadlines and spans in working days, with every day that was counted."""

import json
import tomllib
from datetime import date
from pathlib import Path

import click

from gongbao.calendar.days import published, with_years
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.workdays import (
    Count,
    CountedDay,
    DayTable,
    Deadline,
    Pause,
    add_calendar_days,
    add_workdays,
    workdays_between,
)

YEARS = range(1949, 2101)  # what a person can mean; other years are slips of the pen
WEEKDAYS = "一二三四五六日"
PROVISIONAL = (
    "暂定:有的日子所在年份的节假日安排尚未公布,只按周末计算 · Provisional: part of it is not in a published calendar"
)


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期;应如 2026-02-12 / not a date such as 2026-02-12", param, ctx)
        if day.year not in YEARS:
            self.fail(
                f"{day} 不在 {YEARS[0]} 至 {YEARS[-1]} 年之间 / not a day of {YEARS[0]} to {YEARS[-1]}", param, ctx
            )
        return day


def _table(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> DayTable:
    if path is None:
        return published()
    try:
        return with_years(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        expected = "UTF-8 编码的 TOML 文件,格式同 days.toml"
        raise BadInput(
            [Problem(path.name, None, "", str(error), expected, "a TOML file in UTF-8 like days.toml")]
        ) from error


table_option = click.option(
    "--calendar",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_table,
    help="再加一个年份的节假日文件(TOML)。A file with further years.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")


@click.group()
def workdays() -> None:
    """工作日计算:起始日不计,最后一日 24 时届满。Periods in working days."""


@workdays.command()
@click.argument("start", type=Day())
@click.argument("days", type=click.IntRange(min=1, max=3660))
@click.option("--pause", "pauses", nargs=2, type=Day(), multiple=True, help="中止期间首日和末日,不计。A suspension.")
@click.option("--calendar-days", is_flag=True, help="按自然日计算,末日不是工作日的顺延。Calendar days, rolled on.")
@table_option
@json_option
def add(start: date, days: int, pauses: tuple[Pause, ...], calendar_days: bool, table: DayTable, as_json: bool) -> None:
    """从 START 起 DAYS 个工作日后的届满日。The last day of a period, with the days counted."""
    try:
        period = (add_calendar_days if calendar_days else add_workdays)(start, days, table, pauses)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if as_json:
        return _print_json(period, {"date": period.date.isoformat(), "ends_at": period.ends_at.isoformat()})
    click.echo(period.date)
    return _print_days(period)


@workdays.command()
@click.argument("start", type=Day())
@click.argument("end", type=Day())
@table_option
@json_option
def between(start: date, end: date, table: DayTable, as_json: bool) -> None:
    """START 之后至 END(含)有几个工作日。How many working days lie after START up to END."""
    try:
        span = workdays_between(start, end, table)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if as_json:
        return _print_json(span, {"number": span.number})
    click.echo(span.number)
    return _print_days(span)


def _print_json(period: Deadline | Count, head: dict[str, object]) -> None:
    days = [
        {"date": day.date.isoformat(), "counts": day.counts, "kind": day.kind, "zh": day.reason.zh, "en": day.reason.en}
        for day in period.counted
    ]
    click.echo(json.dumps(head | {"provisional": period.provisional, "days": days}, ensure_ascii=False, indent=2))


def _print_days(period: Deadline | Count) -> None:
    if period.provisional:
        click.echo(PROVISIONAL)
    number = 0
    for day in period.counted:
        number += day.counts
        click.echo(_line(day, str(number) if day.counts else "–"))


def _line(day: CountedDay, number: str) -> str:
    return f"{number:>4}  {day.date} 周{WEEKDAYS[day.date.weekday()]}  {day.reason.zh} · {day.reason.en}"
