"""Reading money: budgets with what is promised and paid, what can be paid next, who gets money twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from gongbao.support.models import Application, Budget, Commitment, Payment, PaymentBatch
from gongbao.support.selectors.applications import TRACK, standing, with_states
from gongbao.support.selectors.notices import applications_disputed

PAYABLE = ("payable", "waiting")


@dataclass(frozen=True)
class Year:
    """A programme's year, in fen. budget: None where none was set; promised: decided and not yet paid."""

    programme: str
    year: int
    budget: int | None
    promised: int
    paid: int

    @property
    def left(self) -> int | None:
        """What can still be paid."""
        return None if self.budget is None else self.budget - self.paid

    @property
    def short(self) -> int:
        """By how much the promises go beyond what is left."""
        return max(0, self.promised - (self.left or 0))


def money_years() -> list[Year]:
    """Every programme and year that has a budget or promises, the newest year first."""
    budgets = {(b.programme, b.year): b.amount for b in Budget.objects.all()}
    sums: dict[tuple[str, int], dict[str, int]] = {}
    standing_rows = Commitment.objects.exclude(state=Commitment.State.RELEASED)
    for row in standing_rows.order_by().values("programme", "year", "state").annotate(total=Sum("amount")):
        of = sums.setdefault((row["programme"], row["year"]), {"paid": 0, "promised": 0})
        of["paid" if row["state"] == Commitment.State.PAID else "promised"] += row["total"]
    keys = sorted(budgets.keys() | sums.keys(), key=lambda key: (-key[1], key[0]))
    none = {"paid": 0, "promised": 0}
    return [
        Year(p, y, budgets.get((p, y)), sums.get((p, y), none)["promised"], sums.get((p, y), none)["paid"])
        for p, y in keys
    ]


def money_year(programme: str, year: int) -> Year:
    found = (one for one in money_years() if (one.programme, one.year) == (programme, year))
    return next(found, Year(programme, year, None, 0, 0))


@dataclass(frozen=True)
class Queue:
    """In the order of decision. pay: fits into the money that is left; wait: from the first that does not fit on;
    objected: an objection is open, so it is not paid now and nobody waits for it."""

    pay: tuple[Commitment, ...]
    wait: tuple[Commitment, ...]
    objected: tuple[Commitment, ...]


def commitments_open(programme: str, year: int) -> QuerySet[Commitment]:
    """Promised and not paid, in the order of decision."""
    found = Commitment.objects.filter(programme=programme, year=year, state__in=("open", "waiting"))
    return found.select_related("application__case", "application__applicant").order_by("pk")


def payment_queue(programme: str, year: int) -> Queue:
    """What can be paid next from a programme's year; without a budget nothing can."""
    left = money_year(programme, year).left or 0
    pay: list[Commitment] = []
    wait: list[Commitment] = []
    objected: list[Commitment] = []
    due = commitments_open(programme, year).filter(
        application__case__tracks__code=TRACK, application__case__tracks__state__in=PAYABLE
    )
    disputed = applications_disputed(due.values("application"))
    for one in due:
        if one.application_id in disputed:
            objected.append(one)
        elif wait or one.amount > left:
            wait.append(one)
        else:
            pay.append(one)
            left -= one.amount
    return Queue(tuple(pay), tuple(wait), tuple(objected))


def batches() -> QuerySet[PaymentBatch]:
    return PaymentBatch.objects.select_related("file", "made_by").prefetch_related("payments__application__applicant")


def payment_of(application: Application) -> Payment | None:
    """The payment that holds: the newest that was not returned."""
    return application.payments.filter(returned_at=None).order_by("-pk").first()


@dataclass(frozen=True)
class Shared:
    """Standing applications for one project, or by one entity for one, that may be paid twice for it."""

    what: str
    applications: tuple[Application, ...]


def double_funding() -> list[Shared]:
    """Projects that more than one standing application names, across programmes and applicants."""
    return [shared for shared in _by_project(with_states(standing())) if len(shared.applications) > 1]


def _by_project(rows: Iterable[Application]) -> list[Shared]:
    found: dict[int, list[Application]] = {}
    for one in rows:
        if one.project_id:
            found.setdefault(one.project_id, []).append(one)
    return [Shared(str(many[0].project), tuple(sorted(many, key=lambda a: a.pk))) for many in found.values()]
