"""How long the periods of a process are: as its table says, or as an administrator has set those that are settings [S].

A change counts for periods that begin on its day or later, under the edition of the table that it was made for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from gongbao.cases.models import PeriodSetting
from gongbao.cases.rules.process import Deadline, Process
from gongbao.cases.tables import processes_on
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Adjustable:
    """A period that is a setting. now: its length today; changes: what was set, the newest first; coming: of them
    those whose day has not come, the next first."""

    process: Process
    rule: Deadline
    now: int
    changes: tuple[PeriodSetting, ...]
    coming: tuple[PeriodSetting, ...]

    @property
    def party(self) -> Text:
        """Who has to keep it."""
        return self.process.party(self.rule.of).name


def length_on(process: Process, rule: Deadline, day: date) -> int:
    """How long a period is that begins on that day. Of several changes that hold by then the last made for the
    latest day counts."""
    return _holding(rule, _changes(process, rule), day) if rule.setting else rule.length


def begun_on(process: Process, rule: Deadline, day: date) -> Deadline:
    """A period with the length that it has when it begins on that day."""
    return replace(rule, length=length_on(process, rule, day))


def adjustable(process: Process, rule: Deadline, today: date) -> Adjustable:
    return _adjustable(process, rule, _changes(process, rule), today)


def settings_all(today: date) -> Iterator[Adjustable]:
    """Every setting of every process, of the edition in force today."""
    made = defaultdict(list)
    for change in _in_order():
        made[change.process, change.edition, change.deadline].append(change)
    for process in processes_on(today).values():
        for rule in process.deadlines:
            if rule.setting:
                yield _adjustable(process, rule, made[process.code, process.edition, rule.code], today)


def _in_order() -> QuerySet[PeriodSetting]:
    """What was set, what counts first: the latest day, and of one day the last made."""
    return PeriodSetting.objects.select_related("by").order_by("-first_day", "-pk")


def _changes(process: Process, rule: Deadline) -> QuerySet[PeriodSetting]:
    return _in_order().filter(process=process.code, edition=process.edition, deadline=rule.code)


def _holding(rule: Deadline, changes: Iterable[PeriodSetting], day: date) -> int:
    return next((change.length for change in changes if change.first_day <= day), rule.length)


def _adjustable(process: Process, rule: Deadline, made: Iterable[PeriodSetting], today: date) -> Adjustable:
    changes = tuple(made)
    coming = tuple(change for change in reversed(changes) if change.first_day > today)
    return Adjustable(process, rule, _holding(rule, changes, today), changes, coming)
