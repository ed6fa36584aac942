"""Money taken back after payment: false papers, an invoice counted twice, other money, misuse."""

from datetime import datetime

from django.db import transaction

from gongbao.cases.joining import Made, Rows, effect
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_open
from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor
from gongbao.support.models import Application, Recovery
from gongbao.support.rules.facts import MONEY_PLACES, yuan
from gongbao.support.selectors.applications import PAID, state_of, subject_of
from gongbao.support.selectors.money import payment_of
from gongbao.support.services.effects import FALSE_PAPERS, credit_mark
from gongbao.support.tables.course import course_of


@transaction.atomic
def recovery_begin(*, application: Application, ground: str, found: str, actor: Actor, now: datetime) -> Recovery:
    """Begin to take money back, also from a closed application. Raises MoveRefused where nothing was paid or one is
    open, BadInput, NotYours."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.case is None or state_of(application) not in PAID:
        raise MoveRefused(Text("尚未拨付,没有可追回的资金", "nothing was paid that could be taken back"), FALSE_PAPERS)
    if other := application.recoveries.filter(case__ended_at=None).first():
        zh, en = f"已在追回(编号 {other.case.number})", f"it is being taken back already ({other.case.number})"
        raise MoveRefused(Text(zh, en), FALSE_PAPERS)
    decider = course_of(application.programme).decider
    case = case_open(
        process="support_recovery",
        subject=subject_of(application),
        title=f"追回资金 · {application.case.title}"[:200],
        parties={
            "applicant": application.applicant,
            "office": application.case.parts.get(party=decider).organisation,
        },
        fields={"ground": ground, "found": found},
        actor=actor.person,
        now=now,
    )
    return Recovery.objects.create(application=application, case=case)


def recovery_in(made: Made) -> Recovery:
    return Recovery.objects.select_for_update(of=("self",)).get(case=made.case)


@effect("support_recovery", "decide")
def decided(made: Made) -> Rows:
    """At most what was paid; for false papers a bad-credit mark, for the other grounds none."""
    recovery = recovery_in(made)
    payment = payment_of(recovery.application)
    amount = to_fixed(made.values["amount"], MONEY_PLACES)
    most = payment.amount if payment else 0
    if not 0 < amount <= most:
        zh, en = f"大于0,至多已拨付的 {yuan(most)} 元", f"more than 0, at most the {yuan(most)} yuan that were paid"
        raise BadInput([Problem("fields", None, "amount", made.values["amount"], zh, en)])
    recovery.amount = amount
    recovery.save(update_fields=["amount"])
    rows = [("退回至", made.case.parts.get(party="office").organisation.name)]
    if made.case.facts["ground"] == "false_papers":
        credit_mark(recovery.application, made, made.values["reasons"])
        rows.append(("信用处理", "记入北京市商务领域不良信用记录名单"))
    return tuple(rows)


@effect("support_recovery", "part", "repaid")
def repaid(made: Made) -> Rows:
    """Parts are added up; the last of the money is in only when the sum is what was decided."""
    recovery, amount = recovery_in(made), to_fixed(made.values["amount"], MONEY_PLACES)
    due = (recovery.amount or 0) - recovery.repaid
    fits = amount == due if made.move.code == "repaid" else 0 < amount < due
    if not fits:
        zh, en = f"尚应退回 {yuan(due)} 元", f"{yuan(due)} yuan are still due"
        raise BadInput([Problem("fields", None, "amount", made.values["amount"], zh, en)])
    recovery.repaid += amount
    recovery.save(update_fields=["repaid"])
    return (("累计已退回", f"{yuan(recovery.repaid)}元"),)
