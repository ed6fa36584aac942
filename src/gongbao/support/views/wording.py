"""Words that the pages of support share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from gongbao.cases.models import Case
from gongbao.cases.selectors import day_table, days_left, period_of
from gongbao.cases.tables import process_of, processes
from gongbao.kernel.text import Text
from gongbao.support.models import Application
from gongbao.support.rules.facts import yuan
from gongbao.support.selectors.applications import TRACK, state_of
from gongbao.support.selectors.drafts import facts_of
from gongbao.support.selectors.editions import catalogue_now, measure_of
from gongbao.support.tables.course import courses

UNKNOWN = Text("已不在目录中的措施", "a measure that is no longer listed")


def money(fen: int | None) -> str:
    """Yuan with two decimals and groups of three; empty where it is not known."""
    return "" if fen is None else yuan(fen)


def deadlines_of(case: Case, on: date) -> list[tuple[Any, ...]]:
    """What runs in a case: name, whose it is, the period (None while it is suspended), days left, the row."""
    process, days = process_of(case.process, case.edition), day_table()
    return [
        (process.deadline(row.code).name, process.party(row.of).name, period_of(row), days_left(row, on, days), row)
        for row in case.deadlines.filter(ended_at=None)
    ]


def measure_names() -> Callable[[str], Text]:
    """What a measure is called by its code, for a whole list: the catalogue is asked once."""
    known = catalogue_now().by_code
    return lambda code: known[code].name if code in known else UNKNOWN


def programme_names() -> dict[str, Text]:
    return {programme.id: programme.name for programme in catalogue_now().programmes}


def state_name(application: Application) -> Text:
    """The state of its course in the words of the table that it began under."""
    if application.case is None:
        return Text("草稿", "draft")
    process = process_of(application.case.process, application.case.edition)
    return process.track(TRACK).state(state_of(application)).name


def states() -> dict[str, Text]:
    """Every state of every course by code, for filters."""
    tables = {process.code: process for process in processes().values()}
    named = [state for course in courses() for state in tables[course.process].track(TRACK).states]
    return {state.code: state.name for state in named}


def fact_lines(application: Application) -> list[tuple[Text, Text]]:
    """What the applicant stated, label and value, in the order in which it is asked."""
    known = facts_of(application)
    facts = [fact for fact in measure_of(application).facts if fact.name in known]
    return [(fact.label, fact.show(known[fact.name])) for fact in facts]
