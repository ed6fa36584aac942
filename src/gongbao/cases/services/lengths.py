"""Changing how long a period is, from a day on, with a reason that stays in the dossier of its process."""

from datetime import date, datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.lengths import length_on
from gongbao.cases.models import PeriodSetting
from gongbao.cases.rules.process import Deadline, Process
from gongbao.cases.services.hand import beijing_day
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise

LONGEST = 366  # days, working days or months: beyond it is a slip of the pen


@transaction.atomic
def period_set(
    *, process: Process, rule: Deadline, length: int, first_day: date, because: str, actor: Actor, now: datetime
) -> PeriodSetting:
    """Let periods that begin on first_day or later be so long; those that run keep theirs. Raises BadInput with
    everything that is wrong, NotAllowed."""
    authorise("cases.settings.change", actor)
    before, problems = length_on(process, rule, first_day), list[Problem]()
    if not rule.setting:
        problems.append(_problem("deadline", rule.code, "可以调整的期限", "a period that is a setting"))
    if not 1 <= length <= LONGEST:
        problems.append(_problem("length", length, f"1 至 {LONGEST}", f"1 to {LONGEST}"))
    elif length == before:
        problems.append(_problem("length", length, "与当日适用的不同", "another length than holds on that day"))
    if first_day < (today := beijing_day(now)):
        problems.append(_problem("first_day", first_day, f"不早于今天 {today}", f"not before today, {today}"))
    if not because.strip():
        problems.append(_problem("because", "", "请写明理由", "a reason"))
    if problems:
        raise BadInput(problems)
    entry = entry_append(
        subject=f"process/{process.code}",
        kind="process.period_set",
        payload={
            "edition": process.edition.isoformat(), "deadline": rule.code, "unit": rule.unit, "default": rule.length,
            "before": before, "length": length, "from": first_day.isoformat(), "because": because.strip(),
        },
        actor=actor.person,
        at=now,
    )  # fmt: skip
    return PeriodSetting.objects.create(
        process=process.code, edition=process.edition, deadline=rule.code, length=length, first_day=first_day,
        because=because.strip(), by=actor.person, at=now, entry=entry,
    )  # fmt: skip


def _problem(column: str, value: object, zh: str, en: str) -> Problem:
    return Problem("setting", None, column, str(value), zh, en)
