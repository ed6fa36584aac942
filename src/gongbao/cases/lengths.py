"""How long the periods of a process are: as its table says, or as an administrator has set those that are settings [S].

A change counts for periods that begin on its day or later, under the edition of the table that it was made for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.cases.models import PeriodSetting
from gongbao.cases.rules.process import Deadline, Process
from gongbao.cases.tables import processes
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
    made = PeriodSetting.objects.filter(
        process=process.code, edition=process.edition, deadline=rule.code, first_day__lte=day
    )
    newest = made.order_by("-first_day", "-pk").first() if rule.setting else None
    return newest.length if newest else rule.length


def adjustable(process: Process, rule: Deadline, today: date) -> Adjustable:
    made = PeriodSetting.objects.filter(process=process.code, edition=process.edition, deadline=rule.code)
    changes = list(made.select_related("by").order_by("-first_day", "-pk"))
    coming = tuple(change for change in reversed(changes) if change.first_day > today)
    return Adjustable(process, rule, length_on(process, rule, today), tuple(changes), coming)


def settings_all(today: date) -> Iterator[Adjustable]:
    """Every setting of every process, of the edition in force today."""
    newest = {code: process for (code, edition), process in processes().items() if edition <= today}
    for process in newest.values():
        for rule in process.deadlines:
            if rule.setting:
                yield adjustable(process, rule, today)
