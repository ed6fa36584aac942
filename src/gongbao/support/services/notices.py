"""Public notices of decisions, and the objections that anybody makes under a name."""

from datetime import date, datetime

from django.db import transaction

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_move, case_open
from gongbao.cases.services.hand import beijing_day
from gongbao.kernel.text import Text
from gongbao.support.models import Application, NoticeObjection, PublicNotice
from gongbao.support.selectors.applications import subject_of
from gongbao.support.selectors.notices import notice_open
from gongbao.support.tables.course import course_of

CLAUSE = "京商消二字〔2026〕3号 四（四）"


def notice_publish(*, application: Application, amount: int, first: date, last: date) -> PublicNotice:
    """Show a decision to everybody, both days included; it replaces earlier notices. amount: fen."""
    notices_replace(application=application)
    return PublicNotice.objects.create(application=application, amount=amount, first_day=first, last_day=last)


def notices_replace(*, application: Application) -> None:
    """Earlier notices no longer say what holds."""
    PublicNotice.objects.filter(application=application, replaced=False).update(replaced=True)


@transaction.atomic
def objection_make(
    *, notice: PublicNotice, name: str, contact: str, grounds: str, token: str, now: datetime
) -> NoticeObjection:
    """Object to a notice. token: of the form, so that sending it twice objects once; also the objector's own way to
    the answer. Raises BadInput for what is left out, MoveRefused once the notice is over."""
    notice = PublicNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if twice := notice.objections.filter(token=token).first():
        return twice
    if not notice_open(notice, beijing_day(now)):
        because = Text(f"公示已于 {notice.last_day} 结束", f"the public notice ended on {notice.last_day}")
        raise MoveRefused(because, CLAUSE)
    application = notice.application
    decider = course_of(application.programme).decider
    if application.case is None:
        raise RuntimeError("a notice is published by a case")
    case = case_open(
        process="support_objection",
        subject=subject_of(application),
        title=f"公示异议 · {application.case.title}"[:200],
        parties={"office": application.case.parts.get(party=decider).organisation},
        fields={"name": name, "contact": contact, "grounds": grounds},
        actor=None,
        now=now,
        party="objector",
    )
    return NoticeObjection.objects.create(notice=notice, case=case, token=token)


@transaction.atomic
def objection_withdraw(*, objection: NoticeObjection, now: datetime) -> None:
    """By whoever has the token. Raises MoveRefused once it is answered."""
    case_move(
        case=objection.case, track="objection", move="withdraw", version=None, actor=None, now=now, party="objector"
    )
