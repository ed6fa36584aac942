"""Delivery (送达): electronic at once; else by hand, then leaving or post, then public notice; each with its proof and
the day on which it counts. The receipt (送达回证) is a paper."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.cases.models import Step
from gongbao.cases.selectors import day_table
from gongbao.documents.models import Paper
from gongbao.documents.services import file_store, paper_issue
from gongbao.firesafety.access import belongs
from gongbao.firesafety.models import Attempt, Delivery, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.publications import publication_make_public
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.workdays import add_workdays
from gongbao.organisations.permissions import Actor, authorise

DELIVERING = "京建法〔2025〕3号 二（六）"
Way = Delivery.Way
# a way can be tried once one of these has failed
AFTER = {Way.HAND: (), Way.LEAVING: (Way.HAND,), Way.POST: (Way.HAND,), Way.NOTICE: (Way.LEAVING, Way.POST)}
WAYS = {way: way.label.split()[0] for way in Way}


def delivery_make(*, place: Place, step: Step, paper: Paper, party: str, now: datetime) -> Delivery:
    """A paper was made: with consent it is delivered by standing in the account, else a period by hand begins."""
    today = timezone.localdate(now)
    made = Delivery(place=place, step=step, paper=paper, party=party, made_on=today)
    if not place.application.electronic:
        made.due = add_workdays(today, settings().hand_workdays, day_table()).date
    made.save()
    if place.application.electronic:
        Attempt.objects.create(delivery=made, way=Way.ELECTRONIC, day=today, at=now)
        _effective(made, Way.ELECTRONIC, today, now)
    return made


@transaction.atomic
def delivery_try(
    *, delivery: Delivery, way: str, day: date, actor: Actor, now: datetime,
    failed_because: str = "", note: str = "", proof: tuple[str, bytes] | None = None,
) -> Attempt:  # fmt: skip
    """Record one try. A success needs a proof; a public notice counts once its days are over.

    Raises BadInput, or NotNow where the paper is delivered or this way has no turn yet.
    """
    authorise("fire.deliver", actor, delivery.place)
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if row.effective_on:
        raise NotNow("该文书已送达。", "This paper is delivered.", DELIVERING)
    if row.attempts.filter(way=Way.NOTICE).exists():
        raise NotNow("公告送达正在进行。", "A public notice is under way.", DELIVERING)
    _check(row, way, day, failed_because, proof, now)
    if why := turn_refusal(row, way):
        raise why
    file = None
    if proof:
        where = belongs(row.place.application, "delivery")
        file = file_store(name=proof[0], content=proof[1], belongs_to=where, by=actor.person, at=now)
    tried = Attempt(
        delivery=row, way=way, day=day, failed_because=failed_because.strip(), note=note.strip(), proof=file,
        by=actor.person, at=now,
    )  # fmt: skip
    if way == Way.NOTICE:
        tried.until = day + timedelta(days=settings().notice_days)  # no rest day moves it: nobody has to act
    tried.save()
    entry_append(
        subject=f"fire/{row.place.pk}", kind="delivery.tried", actor=actor.person, at=now,
        payload={
            "paper": row.paper.code, "way": way, "day": day.isoformat(), "failed_because": tried.failed_because,
            "proof": file.sha256 if file else None,
        },
    )  # fmt: skip
    if way != Way.NOTICE and not tried.failed_because:
        _effective(row, Way(way), day, now)
    return tried


def turn_refusal(delivery: Delivery, way: str) -> NotNow | None:
    """Why this way has no turn yet; None where it may be tried."""
    before = AFTER[Way(way)]
    tried = set(delivery.attempts.exclude(failed_because="").values_list("way", flat=True))
    if not before or tried & set(before):
        return None
    names = "或".join(WAYS[one] for one in before)
    english = " or ".join(one.label.partition(" ")[2] for one in before)
    return NotNow(f"先要{names},不成再用这一方式。", f"First {english}; this way only when that failed.", DELIVERING)


def _check(
    delivery: Delivery, way: str, day: date, failed: str, proof: tuple[str, bytes] | None, now: datetime
) -> None:
    problems = []
    if way not in AFTER:
        problems.append(Problem("delivery", None, "way", way, "送达方式之一", "one of the ways"))
    if not delivery.made_on <= day <= timezone.localdate(now):
        zh = f"{delivery.made_on} 至今天之间的日期"
        problems.append(Problem("delivery", None, "day", str(day), zh, f"a day from {delivery.made_on} to today"))
    if proof is None and (way == Way.NOTICE or not failed.strip()):
        zh, en = "请上传送达证明(签收单、照片、回执或公告)", "hand in the proof (signed slip, photo, receipt, notice)"
        problems.append(Problem("delivery", None, "proof", "", zh, en))
    if way == Way.NOTICE and failed.strip():
        zh, en = "公告不填未送达原因", "a public notice has no reason of failure"
        problems.append(Problem("delivery", None, "failed_because", failed, zh, en))
    if problems:
        raise BadInput(problems)


def _effective(delivery: Delivery, way: Way, day: date, now: datetime) -> None:
    """It counts as delivered from that day: the receipt is made, and its decision is published."""
    delivery.way, delivery.effective_on = way, day
    if way != Way.ELECTRONIC:
        delivery.receipt = _receipt(delivery, way, day, now)
    delivery.save()
    entry_append(
        subject=f"fire/{delivery.place.pk}", kind="delivery.done", at=now,
        payload={"paper": delivery.paper.code, "way": way.value, "effective_on": day.isoformat()},
    )  # fmt: skip
    publication_make_public(paper=delivery.paper, on=timezone.localdate(now), now=now)


def _receipt(delivery: Delivery, way: Way, day: date, now: datetime) -> Paper:
    place, case = delivery.place, delivery.place.case
    tries = [
        f"{one.day} {WAYS[Way(one.way)]}" + (f"未成:{one.failed_because}" if one.failed_because else "")
        for one in delivery.attempts.all()
    ]
    return paper_issue(
        name="送达回证", number=str(case.number if case else ""), subject=f"fire/{place.pk}",
        issuer=delivery.paper.issuer, issued_on=timezone.localdate(now),
        rows=(
            ("送达文书", f"{delivery.paper.name}({delivery.paper.code})"),
            ("受送达人", place.application.applicant.name),
            ("送达地址", place.application.delivery_address),
            ("经过", ";".join(tries)),
            ("送达方式", WAYS[way]),
            ("送达日期", str(day)),
        ),
        basis=DELIVERING, belongs_to=f"case/{case.number}" if case else belongs(place.application, "delivery"), at=now,
    )  # fmt: skip


def notices_end(*, now: datetime) -> int:
    """Public notices whose days are over count as delivered on the last of them. Returns how many."""
    today = timezone.localdate(now)
    over = Attempt.objects.filter(way=Way.NOTICE, until__lt=today, delivery__effective_on=None)
    ended = 0
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            tried = Attempt.objects.select_for_update(of=("self",)).select_related("delivery__place").get(pk=pk)
            row = Delivery.objects.select_for_update(of=("self",)).get(pk=tried.delivery_id)
            if row.effective_on is None and tried.until:
                _effective(row, Way.NOTICE, tried.until, now)
                ended += 1
    return ended
