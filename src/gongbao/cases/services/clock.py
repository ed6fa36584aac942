"""What the clock does: moves whose time has come, warnings before a deadline, dates worked out anew."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.calendar.days import with_years
from gongbao.cases.models import CalendarYear, CaseDeadline
from gongbao.cases.selectors import day_table, days_left, due_cases, horizon
from gongbao.cases.services.engine import case_catch_up
from gongbao.cases.services.hand import Hand, beijing_day
from gongbao.cases.services.notices import notices_deliver, warning_send
from gongbao.cases.services.periods import count, rule_of
from gongbao.cases.tables import processes
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person
from gongbao.web.clock import turns_take

log = logging.getLogger(__name__)
OVERDUE = -1  # stands in `warned` once those concerned were told that a deadline has passed


@dataclass(frozen=True)
class Ticked:
    """What one run did. failed: numbers of cases in which a move that is due could not be made, and
    names of turns of the domains that broke."""

    moves: int
    warnings: int
    sent: int
    failed: tuple[str, ...] = ()


def tick(*, now: datetime) -> Ticked:
    """Everything that is due by now. Run it as often as you like: what was done is not done again.

    A case that fails is logged and left as it was, and does not hold up the others.
    """
    today, moves, failed = beijing_day(now), 0, list[str]()
    for case in due_cases(today):
        try:
            moves += case_catch_up(case=case, now=now)
        except Exception:
            log.exception("the clock could not move case %s", case.number)
            failed.append(str(case.number))
    far = horizon(today, max((day for process in processes().values() for day in process.warn_days), default=0))
    failed += turns_take(now)
    near = CaseDeadline.objects.filter(ended_at=None, due__lte=far).values_list("case", flat=True).distinct()
    warnings = sum(_warn(case, now) for case in list(near))
    return Ticked(moves, warnings, notices_deliver(now=now), tuple(failed))


@transaction.atomic
def _warn(case: int, now: datetime) -> int:
    """Warn of the deadlines of a case, once for each of the days left that the process names, and once when passed."""
    hand = Hand.take(case, day_table())
    today, told = beijing_day(now), 0
    for deadline in hand.deadlines.values():
        left = days_left(deadline, today, hand.days)
        if left is None:
            continue
        length = rule_of(hand, deadline).length
        reached = (
            {OVERDUE} if left < 0 else {day for day in hand.process.warn_days if left <= day < (length or day + 1)}
        )
        if reached - set(deadline.warned):
            warning_send(hand, deadline, left, now)
            deadline.warned = sorted(reached.union(deadline.warned))
            deadline.save(update_fields=["warned"])
            told += 1
    return told


@transaction.atomic
def calendar_load(*, document: Mapping[str, Any], actor: Person | None, now: datetime) -> int:
    """Load the holidays of one or more years (the form of calendar/days.toml, dates as ISO texts), and work every
    provisional deadline out anew. Returns how many were. Raises BadInput for a document that is not sound."""
    with_years(document)
    if not document.get("years"):
        raise BadInput([Problem("days", None, "years", "", "至少一个年份", "a year at least")])
    for year, holidays in document["years"].items():
        names = {name: document.get("names", {}).get(name, "") for name in holidays}
        kept = {"names": {name: en for name, en in names.items() if en}, "years": {year: holidays}}
        CalendarYear.objects.update_or_create(
            year=int(year), defaults={"document": kept, "loaded_at": now, "loaded_by": actor}
        )
    waiting = CaseDeadline.objects.filter(ended_at=None, provisional=True).values_list("case", flat=True).distinct()
    return sum(_recount(case, actor, now) for case in list(waiting))


def _recount(pk: int, actor: Person | None, now: datetime) -> int:
    hand = Hand.take(pk, day_table())
    rows = [row for row in hand.deadlines.values() if row.provisional and row.due]
    for row in rows:
        before = row.due
        count(row, rule_of(hand, row), hand.days)
        row.save()
        entry_append(
            subject=hand.case.subject,
            kind="case.deadline_recounted",
            payload={
                "case": hand.case.number, "deadline": row.code,
                "before": before.isoformat() if before else None, "due": row.due.isoformat() if row.due else None,
            },
            actor=actor,
            at=now,
        )  # fmt: skip
    hand.note_turns()
    return len(rows)
