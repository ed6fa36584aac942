"""Paying what was decided: batches by programme and year, in the order of decision; payments that come back."""

import csv
import io
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.joining import Made, Rows
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_catch_up
from gongbao.documents.services import file_store
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, Budget, Commitment, Payment, PaymentBatch
from gongbao.support.rules.facts import MONEY_PLACES, yuan
from gongbao.support.selectors.applications import state_of
from gongbao.support.selectors.money import commitments_open, payment_of, payment_queue
from gongbao.support.selectors.notices import objections_open
from gongbao.support.services.applications import application_move
from gongbao.support.services.effects import application_in, on_course
from gongbao.support.services.promises import commitment_state

HEADS = ("申请编号", "收款单位", "统一社会信用代码", "开户银行", "收款账号", "金额(元)")


@transaction.atomic
def batch_make(*, programme: str, year: int, actor: Actor, now: datetime) -> PaymentBatch | None:
    """Pay what fits into the budget, in the order of decision, and tell the others that they wait. Returns None where
    nothing could be paid."""
    authorise("support.money.pay", actor, programme)
    if actor.person is None:
        raise RuntimeError("money is paid by a person")
    Budget.objects.select_for_update().filter(programme=programme, year=year).first()  # one batch after the other
    for one in commitments_open(programme, year):
        if one.application.case:
            case_catch_up(case=one.application.case, now=now)  # a notice that is over is over, whether or not it ticked
    queue = payment_queue(programme, year)
    for one in queue.wait:
        if state_of(one.application) == "payable":
            application_move(application=one.application, move="wait", version=None, actor=actor.person, now=now)
    if not queue.pay:
        return None
    serial = PaymentBatch.objects.filter(programme=programme, year=year).count() + 1
    number = f"{programme}-{year}-{serial:03d}"
    batch = PaymentBatch.objects.create(
        programme=programme, year=year, number=number, made_by=actor.person, made_at=now
    )
    for one in queue.pay:
        paid = one.application
        Payment.objects.create(batch=batch, application=paid, amount=one.amount, bank=paid.bank, account=paid.account)
        application_move(application=paid, move="pay", version=None, actor=actor.person, now=now)
    content = _bank_file(batch)
    batch.file = file_store(
        name=f"{number}.csv", content=content, belongs_to=f"support-batch/{number}", by=actor.person, at=now
    )
    batch.save(update_fields=["file"])
    entry_append(
        subject=f"support-budget/{programme}",
        kind="support.batch",
        payload={"batch": number, "payments": len(queue.pay), "amount": sum(one.amount for one in queue.pay),
                 "file": batch.file.sha256},
        actor=actor.person,
        at=now,
    )  # fmt: skip
    return batch


def _bank_file(batch: PaymentBatch) -> bytes:
    """What the bank is given: a line for each payment, UTF-8 with a mark so that spreadsheets read it."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(HEADS)
    for one in batch.payments.select_related("application__applicant", "application__case").order_by("pk"):
        to, case = one.application.applicant, one.application.case
        number = case.number if case else ""
        write.writerow([number, to.name, to.uscc, one.bank, one.account, from_fixed(one.amount, MONEY_PLACES)])
    return ("\ufeff" + out.getvalue()).encode()


@on_course("pay")
def paid(made: Made) -> Rows:
    """Only in a batch, and never while an objection is open."""
    application = application_in(made)
    refuse_objected(application, made.move.cite)
    payment = payment_of(application)
    if payment is None:
        raise MoveRefused(
            Text("拨付由“拨付”页按批次办理", "payments are made in batches, on their page"), made.move.cite
        )
    commitment_state(application=application, state=Commitment.State.PAID)
    return (("拨付金额", f"{yuan(payment.amount)}元"), ("收款账号", f"{payment.bank} {payment.account}"))


@on_course("wait")
def waits(made: Made) -> Rows:
    application = application_in(made)
    commitment_state(application=application, state=Commitment.State.WAITING)
    return (("说明", "本年度资金已用完,按决定先后顺序待拨付,资金到位后继续拨付"),)


@on_course("returned")
def returned(made: Made) -> None:
    """The bank sent it back: payable again, in its old place."""
    application = application_in(made)
    payment = payment_of(application)
    if payment is None:
        raise MoveRefused(Text("没有可退回的拨付", "there is no payment that could come back"), made.move.cite)
    payment.returned_at, payment.because = made.now, made.values["reasons"][:300]
    payment.save(update_fields=["returned_at", "because"])
    commitment_state(application=application, state=Commitment.State.OPEN)


def refuse_objected(application: Application, cite: str) -> None:
    """No payment before every objection is answered."""
    if found := objections_open(application).first():
        number = found.case.number
        zh, en = f"公示异议 {number} 尚未答复,不能拨付", f"objection {number} is not answered: no payment"
        raise MoveRefused(Text(zh, en), cite)
