"""Money promised by decisions, against the budget of a programme and year."""

from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, Budget, Commitment
from gongbao.support.rules.facts import MONEY_PLACES, WHOLE_DIGITS
from gongbao.support.selectors.editions import programme_of

YEARS = (2020, 2100)  # of a budget; further off it is a slip of the pen


@transaction.atomic
def budget_set(*, programme: str, year: int, amount: str, actor: Actor, now: datetime) -> Budget:
    """What a programme may pay in a year. amount: yuan. Raises BadInput, NotAllowed."""
    authorise("support.money.pay", actor, programme)
    try:
        fen = to_fixed(amount.replace(",", ""), MONEY_PLACES)
    except ValueError:
        fen = -1
    problems = []
    if not 0 <= fen < 10 ** (WHOLE_DIGITS + MONEY_PLACES):
        problems.append(
            Problem("budget", None, "amount", amount, "金额(元),至多两位小数", "yuan, two decimals at most")
        )
    if not YEARS[0] <= year <= YEARS[1]:
        problems.append(Problem("budget", None, "year", str(year), "四位年份", "a year"))
    if problems:
        raise BadInput(problems)
    found, _ = Budget.objects.update_or_create(
        programme=programme, year=year, defaults={"amount": fen, "set_by": actor.person, "set_at": now}
    )
    entry_append(
        subject=f"support-budget/{programme}",
        kind="support.budget",
        payload={"year": year, "amount": fen},
        actor=actor.person,
        at=now,
    )
    return found


def commitment_make(*, application: Application, amount: int, year: int, now: datetime) -> Commitment:
    """Promise what was decided (fen); the place in the order of payment is that of the decision."""
    commitment_release(application=application)
    programme = programme_of(application).id
    return Commitment.objects.create(
        application=application, programme=programme, year=year, amount=amount, made_at=now
    )


def commitment_release(*, application: Application) -> None:
    """The money is free again; what was paid stays paid."""
    free = Commitment.objects.filter(application=application).exclude(state=Commitment.State.PAID)
    free.update(state=Commitment.State.RELEASED)


def commitment_state(*, application: Application, state: Commitment.State) -> None:
    standing = Commitment.objects.filter(application=application).exclude(state=Commitment.State.RELEASED)
    standing.update(state=state)
