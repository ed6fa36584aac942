"""Telling people what happened, what to do and until when: in the application at once, outside it by the clock,
so that nobody waits for a mail server."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongbao.cases.channels import CHANNELS
from gongbao.cases.models import Case, CaseDeadline, Notice, Part
from gongbao.cases.rules.course import legal
from gongbao.cases.rules.process import Move
from gongbao.cases.selectors import people_of
from gongbao.cases.services.hand import Hand, beijing_day
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person

NOTHING = Text("不需要您办理", "nothing for you to do")


def notice_send(
    *, people: Iterable[Person], title: Text, todo: Text, now: datetime,
    case: Case | None = None, due: date | None = None, urgent: bool = False,
) -> list[Notice]:  # fmt: skip
    """Tell people something: in the application now, by the channels when the clock comes round."""
    return Notice.objects.bulk_create(
        Notice(
            person=person, case=case, title=title.zh[:200], title_en=title.en[:200], todo=todo.zh, todo_en=todo.en,
            due=due, urgent=urgent, made_at=now,
        )
        for person in people
    )  # fmt: skip


def parties_tell(hand: Hand, moves: list[Move], *, now: datetime, but: Person | None) -> None:
    """After everything that one move brought about: one notice for each person of the parties to be told."""
    told = {but.pk} if but else set()
    for party in dict.fromkeys(party for move in moves for party in move.tells):
        part = hand.parts.get(party)
        if part is None:
            continue
        people = [
            p for p in sorted(people_of(part, hand.process, beijing_day(now)), key=lambda p: p.pk) if p.pk not in told
        ]
        told |= {person.pk for person in people}
        news = [move.name for move in moves if party in move.tells]
        title = Text(
            f"{hand.case.title}:{'、'.join(name.zh for name in news)}",
            f"{hand.case.title}: {', '.join(name.en for name in news)}",
        )
        notice_send(people=people, title=title, todo=_todo(hand, part), now=now, case=hand.case, due=part.due)


def _todo(hand: Hand, part: Part) -> Text:
    open_to = [move.name for move in legal(hand.process, hand.standing) if part.party in move.by]
    if not open_to:
        return NOTHING
    return Text("可办理:" + "、".join(n.zh for n in open_to), "you can: " + ", ".join(n.en for n in open_to))


def warning_send(hand: Hand, deadline: CaseDeadline, left: int, now: datetime) -> None:
    """Warn those whose deadline it is that it runs out (left >= 0), or tell them that it has."""
    part = hand.parts.get(deadline.of)
    if part is None or deadline.due is None:
        return
    rule = hand.process.deadline(deadline.code)
    unit, unit_en = ("个工作日", "working day(s)") if rule.unit == "workdays" else ("天", "day(s)")
    if left < 0:
        title = Text(f"已逾期:{rule.name.zh}({hand.case.title})", f"Overdue: {rule.name.en} ({hand.case.title})")
    else:
        title = Text(
            f"还有 {left} {unit}:{rule.name.zh}({hand.case.title})",
            f"{left} {unit_en} left: {rule.name.en} ({hand.case.title})",
        )
    todo = Text(
        f"请在 {deadline.due} (含)前{rule.name.zh};依据 {deadline.cite}",
        f"please {rule.name.en} by {deadline.due}; under {deadline.cite}",
    )
    people = people_of(part, hand.process, beijing_day(now))
    notice_send(people=people, title=title, todo=todo, now=now, case=hand.case, due=deadline.due, urgent=True)


def notices_deliver(*, now: datetime) -> int:
    """Hand the notices that are still unsent to the channels; one that fails stays unsent and is tried again later."""
    sent = 0
    unsent = Notice.objects.filter(sent_at=None).select_related("person", "case").order_by("pk")
    for pk in list(unsent.values_list("pk", flat=True)):
        with transaction.atomic():
            notice = unsent.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if notice and all(channel(notice) for channel in CHANNELS):
                notice.sent_at = now
                notice.save(update_fields=["sent_at"])
                sent += 1
    return sent


def notice_read(*, person: Person, notices: Iterable[int], now: datetime) -> int:
    """Mark notices of the person as read; those of others stay as they are. Returns how many changed."""
    return Notice.objects.filter(person=person, pk__in=notices, read_at=None).update(read_at=now)
