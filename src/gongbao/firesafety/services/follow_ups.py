"""After a place has opened (三（四）): on the fire authority's list until closed, at most the months of the setting."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.firesafety.models import FollowUp, FollowUpNote, Place
from gongbao.firesafety.permissions import party_post
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.public import public_place
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.workdays import add_months
from gongbao.organisations.permissions import Actor, authorise

FOLLOWING = "京建法〔2025〕3号 三（四）"
OPENING = "京建法〔2025〕3号 三（一）"


@transaction.atomic
def opening_report(*, place: Place, on: date, actor: Actor, now: datetime) -> FollowUp:
    """The place opened on that day: reported by its operator or the applicant, or noted by the fire authority, who may
    note it of a place that must not open, too. Reported again, the first report stands.

    Raises BadInput for a day to come, NotNow where the place may not open.
    """
    authorise("fire.place.report", actor, place)
    place = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if held := FollowUp.objects.filter(place=place).first():
        return held
    if on > timezone.localdate(now):
        raise BadInput([Problem("opening", None, "on", str(on), "不晚于今天", "not after today")])
    if public_place(place).opening.answer != "yes" and not party_post(actor, place, "fire"):
        raise NotNow(
            "两项决定还没有齐备,不得投入使用、营业。", "Both decisions are needed before it may open.", OPENING
        )  # fmt: skip
    place.opened_on = on
    place.save(update_fields=["opened_on"])
    until = add_months(on, settings().follow_up_months)
    _note(place, "place.opened", {"on": on.isoformat(), "until": until.isoformat()}, actor, now)
    return FollowUp.objects.create(place=place, opened_on=on, until=until)


@transaction.atomic
def follow_up_note(
    *, follow_up: FollowUp, kind: str, text: str, day: date, actor: Actor, now: datetime
) -> FollowUpNote:
    """Guidance, supervision, a hidden danger. Raises BadInput; NotNow once it is closed."""
    row, person = _open(follow_up, actor), actor.person
    assert person  # noqa: S101 - authorised
    problems = []
    if kind not in FollowUpNote.Kind.values:
        problems.append(Problem("note", None, "kind", kind, "指导、检查或隐患", "guidance, supervision or danger"))
    if not text.strip():
        problems.append(Problem("note", None, "text", "", "请写明内容", "say what it is"))
    if not row.opened_on <= day <= timezone.localdate(now):
        zh, en = f"{row.opened_on} 至今天之间的日期", f"a day from {row.opened_on} to today"
        problems.append(Problem("note", None, "day", str(day), zh, en))
    if problems:
        raise BadInput(problems)
    _note(row.place, "follow_up.noted", {"kind": kind, "text": text.strip(), "day": day.isoformat()}, actor, now)
    return FollowUpNote.objects.create(follow_up=row, kind=kind, text=text.strip(), day=day, by=person)


@transaction.atomic
def danger_mend(*, note: FollowUpNote, actor: Actor, now: datetime) -> FollowUpNote:
    """A hidden danger was removed, today."""
    row = _open(note.follow_up, actor)
    if note.kind == FollowUpNote.Kind.DANGER and note.mended_on is None:
        note.mended_on = timezone.localdate(now)
        note.save(update_fields=["mended_on"])
        _note(row.place, "follow_up.mended", {"note": note.pk, "on": note.mended_on.isoformat()}, actor, now)
    return note


@transaction.atomic
def follow_up_close(*, follow_up: FollowUp, because: str, actor: Actor, now: datetime) -> FollowUp:
    """Take a place off the list. Raises BadInput without a reason, NotNow while a hidden danger is not removed."""
    row = _open(follow_up, actor)
    if not because.strip():
        raise BadInput([Problem("follow_up", None, "because", "", "请填写理由", "a reason")])
    if row.notes.filter(kind=FollowUpNote.Kind.DANGER, mended_on=None).exists():
        raise NotNow("还有没消除的火灾隐患。", "A hidden danger is not removed yet.", FOLLOWING)
    return _close(row, because.strip(), timezone.localdate(now), actor, now)


@transaction.atomic
def follow_ups_end(*, now: datetime) -> int:
    """Close what has reached its last day. Returns how many."""
    over = FollowUp.objects.select_for_update(of=("self",)).filter(closed_on=None, until__lt=timezone.localdate(now))
    rows = list(over.select_related("place"))
    for row in rows:
        _close(row, "期满", row.until, None, now)
    return len(rows)


def _close(row: FollowUp, because: str, on: date, actor: Actor | None, now: datetime) -> FollowUp:
    row.closed_on, row.because = on, because
    row.save(update_fields=["closed_on", "because"])
    _note(row.place, "follow_up.closed", {"on": on.isoformat(), "because": because}, actor, now)
    return row


def _open(follow_up: FollowUp, actor: Actor) -> FollowUp:
    authorise("fire.follow_up.work", actor, follow_up.place)
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("place").get(pk=follow_up.pk)
    if row.closed_on:
        raise NotNow("后续跟踪已经结束。", "Its follow-up is closed.", FOLLOWING)
    return row


def _note(place: Place, kind: str, data: dict[str, str | int], actor: Actor | None, now: datetime) -> None:
    person = actor.person if actor else None
    entry_append(subject=f"fire/{place.pk}", kind=kind, payload={**data, "cite": FOLLOWING}, actor=person, at=now)
