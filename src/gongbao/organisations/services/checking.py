"""What every change of organisations and people needs: collecting problems, and writing down who did it."""

from collections.abc import Mapping
from datetime import datetime

from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Change, Organisation, Person


class Check:
    """Collects the problems of one form; `done` raises them together."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.problems: list[Problem] = []

    def need(self, ok: object, column: str, value: object, zh: str, en: str) -> None:
        if not ok:
            self.problems.append(Problem(self.table, None, column, "" if value is None else str(value), zh, en))

    def done(self) -> None:
        if self.problems:
            raise BadInput(self.problems)


def log_change(
    now: datetime,
    by: Person | None,
    what: str,
    *,
    organisation: Organisation | None = None,
    person: Person | None = None,
    detail: Mapping[str, str] | None = None,
) -> None:
    Change.objects.create(at=now, by=by, what=what, organisation=organisation, person=person, detail=dict(detail or {}))
