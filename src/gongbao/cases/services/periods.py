"""Deadlines of a case: started, suspended, resumed and ended, always with the days that made the date."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from gongbao.cases.lengths import length_on
from gongbao.cases.models import CaseDeadline
from gongbao.cases.rules.process import Deadline
from gongbao.cases.services.hand import Hand
from gongbao.kernel import workdays
from gongbao.kernel.text import Text

FIXED = Text("日期已在文书中写明", "the day is written in the paper")
MONTHS = Text("按月计算", "counted by months")


def start(hand: Hand, code: str, day: date) -> CaseDeadline:
    """Start a deadline; day: of the move that starts it. One that runs already begins anew."""
    rule = hand.process.deadline(code)
    since = rule.since and (hand.case.marks.get(rule.since) or hand.case.fields.get(rule.since))
    row = hand.deadlines.get(code) or CaseDeadline(case=hand.case, code=code, of=rule.of)
    row.start_day = date.fromisoformat(since) if since else day
    row.length = length_on(hand.process, rule, row.start_day)
    row.cite = rule.cite or " ".join(rule.readings)
    row.pauses, row.warned, row.suspended_on = _paused_since(hand, rule, row.start_day) if since else [], [], None
    count(row, rule_of(hand, row), hand.days)
    row.save()
    hand.deadlines[code] = row
    return row


def _paused_since(hand: Hand, rule: Deadline, first: date) -> list[list[str]]:
    """What was excluded from an earlier period of the same track stays excluded from one that counts from before."""
    track = {deadline.code for deadline in hand.process.deadlines if deadline.track == rule.track}
    earlier = hand.case.deadlines.filter(code__in=track, of=rule.of).exclude(pauses=[])
    pauses = {(begun, last) for row in earlier for begun, last in row.pauses if begun >= first.isoformat()}
    return [list(pause) for pause in sorted(pauses)]


def suspend(hand: Hand, code: str, day: date) -> None:
    """Stop the clock with that day, which does not count any more."""
    row = hand.deadlines[code]
    row.suspended_on, row.due, row.outcome = day, None, CaseDeadline.Outcome.SUSPENDED
    row.save()


def resume(hand: Hand, code: str, last: date) -> None:
    """Let the clock go on after `last`, the last day that does not count; the working days lost are added."""
    row = hand.deadlines[code]
    if row.suspended_on and last >= row.suspended_on:
        row.pauses = [*row.pauses, [row.suspended_on.isoformat(), last.isoformat()]]
    row.suspended_on, row.outcome = None, CaseDeadline.Outcome.RUNNING
    count(row, rule_of(hand, row), hand.days)
    row.save()


def end(hand: Hand, code: str, party: str, day: date, now: datetime, *, passed: bool) -> None:
    """Close a deadline. party, day: who moved, on which day; passed: its time ran out, and the clock moved."""
    row = hand.deadlines.pop(code)
    outcome = CaseDeadline.Outcome
    if passed:
        row.outcome = outcome.PASSED
    elif party != row.of:
        row.outcome = outcome.DROPPED
    else:
        row.outcome = outcome.LATE if row.due and day > row.due else outcome.KEPT
    row.ended_at = now
    row.save()


def rule_of(hand: Hand, row: CaseDeadline) -> Deadline:
    """The rule of a period with the length that it began with: a setting that was changed since does not reach it."""
    rule = hand.process.deadline(row.code)
    return replace(rule, length=row.length) if row.length is not None else rule


def count(row: CaseDeadline, rule: Deadline, days: workdays.DayTable) -> None:
    """Work the date of a deadline out, and remember the days counted."""
    pauses = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.pauses]
    match rule.unit:
        case "workdays":
            period = workdays.add_workdays(row.start_day, rule.length, days, pauses)
        case "days":
            period = workdays.add_calendar_days(row.start_day, rule.length, days, pauses)
        case "months":
            lost = sum((last - first).days + 1 for first, last in pauses)
            last = workdays.add_months(row.start_day, rule.length) + timedelta(days=lost)
            period = workdays.Deadline(last, False, (workdays.CountedDay(last, "workday", MONTHS, counts=True),))
        case "on":
            last = row.start_day
            period = workdays.Deadline(last, False, (workdays.CountedDay(last, "workday", FIXED, counts=True),))
    row.due, row.provisional = period.date, period.provisional
    row.counted = [[day.date.isoformat(), day.kind, day.counts, day.reason.zh, day.reason.en] for day in period.counted]
