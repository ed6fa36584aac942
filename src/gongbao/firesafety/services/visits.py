"""Visits: dates proposed and agreed, inspectors named, absence noted, the shared opinion."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.cases.models import Step
from gongbao.documents.services import paper_issue
from gongbao.firesafety.models import FIRE, HOUSING, Inspection, Inspector, Offer, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.visits import inspection_of, visit_times
from gongbao.firesafety.services.deliveries import delivery_make
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise

VISITING = "京建法〔2025〕3号 二（三）"


def visit_follow(*, place: Place, step: Step, now: datetime) -> None:
    """Keep what a step on the track of the visit, or the record of one, means for dates and inspections."""
    fields = place.case.fields if place.case else {}
    if step.move in ("propose", "propose_more"):
        for at in visit_times(fields["visit_dates"], "visit_dates", 0, now)[0]:
            Offer.objects.update_or_create(
                place=place, at=at, defaults={"party": step.party, "made_at": now, "withdrawn_at": None}
            )
    elif step.move == "ask_other_day":
        place.offers.filter(withdrawn_at=None).update(withdrawn_at=now)
    elif step.move in ("agree", "fix", "change"):
        at = visit_times(fields["visit_at"], "visit_at", 0, now)[0][0]
        for party in _visiting(place):
            Inspection.objects.update_or_create(place=place, party=party, round=1, defaults={"at": at})
    elif step.move == "remedied":
        last = inspection_of(place, HOUSING)
        Inspection.objects.create(place=place, party=HOUSING, round=last.round + 1 if last else 2)
    elif step.move in ("visit", "visit_ordinary", "recheck"):
        _recorded(place, step, now)


def _visiting(place: Place) -> list[str]:
    """The authorities whose matter still waits for the visit."""
    waiting = {HOUSING: ("admitted", "drawn"), FIRE: ("admitted",)}
    states = {track.code: track.state for track in place.case.tracks.all()} if place.case else {}
    return [party for party, fitting in waiting.items() if states[party] in fitting]


def _recorded(place: Place, step: Step, now: datetime) -> None:
    inspection = inspection_of(place, step.track) or Inspection(place=place, party=step.track)
    inspection.opinion = place.case.fields[f"{step.track}_opinion"] if place.case else ""
    inspection.done_at = now
    inspection.save()
    done = place.inspections.filter(round=1).exclude(done_at=None)
    if step.move == "visit" and done.count() == 2:
        _shared_opinion(place, step, now)


def _shared_opinion(place: Place, step: Step, now: datetime) -> None:
    """When both have visited: one paper with both opinions, and what was said about contradictions."""
    case = place.case
    assert case  # noqa: S101 - a step has a case
    parts = {part.party: part.organisation.name for part in case.parts.select_related("organisation")}
    rows = [
        ("场所", f"{place.name}({place.address or place.application.address})"),
        (parts[HOUSING], case.fields["housing_opinion"]),
        (parts[FIRE], case.fields["fire_opinion"]),
    ]
    if differences := case.fields.get("differences"):
        rows.append(("不一致之处", differences))
    rows.append(("说明", "本意见供双方分别作出决定,不是行政决定"))
    paper = paper_issue(
        name="联合意见", number=str(case.number), subject=case.subject, issuer=f"{parts[HOUSING]}、{parts[FIRE]}",
        issued_on=step.day, rows=tuple(rows), basis=VISITING, belongs_to=f"case/{case.number}", at=now,
    )  # fmt: skip
    delivery_make(place=place, step=step, paper=paper, party=FIRE, now=now)


@transaction.atomic
def inspector_name(*, place: Place, party: str, name: str, card: str, actor: Actor, now: datetime) -> Inspector:
    """Name an inspector of one's own authority, with card number. Raises BadInput, or NotNow after the visit."""
    inspection = _mine(place, party, actor)
    problems = [
        Problem("inspector", None, column, "", f"请填写{zh}", f"enter the {en}")
        for column, value, zh, en in (("name", name, "姓名", "name"), ("card", card, "执法证件号", "card number"))
        if not value.strip()
    ]
    if inspection.inspectors.filter(card=card.strip()).exists():
        problems.append(Problem("inspector", None, "card", card, "该证件号已登记", "this card is named already"))
    if problems:
        raise BadInput(problems)
    made = Inspector.objects.create(inspection=inspection, name=name.strip(), card=card.strip())
    _note(place, "inspector.named", {"party": party, "card": made.card, "round": inspection.round}, actor, now)
    return made


@transaction.atomic
def inspector_recuse(*, inspector: Inspector, because: str, actor: Actor, now: datetime) -> Inspector:
    """An inspector steps aside (回避). Raises BadInput without a reason, NotNow after the visit."""
    inspection = _mine(inspector.inspection.place, inspector.inspection.party, actor)
    if not because.strip():
        raise BadInput([Problem("inspector", None, "because", "", "请填写回避理由", "enter the reason")])
    inspector.recused_because = because.strip()
    inspector.save(update_fields=["recused_because"])
    data = {"party": inspection.party, "card": inspector.card, "because": because.strip()}
    _note(inspection.place, "inspector.recused", data, actor, now)
    return inspector


@transaction.atomic
def absence_note(*, place: Place, party: str, because: str, actor: Actor, now: datetime) -> Inspection:
    """One's own authority cannot come on the agreed day: the other goes on, and it visits alone within its time."""
    inspection = _mine(place, party, actor)
    if not because.strip():
        raise BadInput([Problem("visit", None, "because", "", "请填写原因", "enter the reason")])
    if inspection.at is None:
        raise NotNow("检查时间还没有确定。", "No date has been agreed yet.", VISITING)
    inspection.absent_because = because.strip()
    inspection.save(update_fields=["absent_because"])
    _note(place, "visit.absent", {"party": party, "because": inspection.absent_because}, actor, now)
    return inspection


def _mine(place: Place, party: str, actor: Actor) -> Inspection:
    """The inspection of the actor's own authority, which is not over."""
    post = authorise("fire.place.act", actor, place).post
    if post is None or post.role != party:
        raise NotNow("只能登记本机关的检查。", "This is for one's own authority.", VISITING)
    inspection = inspection_of(place, party) or Inspection.objects.create(place=place, party=party)
    if inspection.done_at:
        raise NotNow("检查已记录,不能再改。", "The visit is recorded and can no longer be changed.", VISITING)
    return inspection


def _note(place: Place, kind: str, data: Mapping[str, str | int], actor: Actor, now: datetime) -> None:
    number = str(place.case.number) if place.case else ""
    entry_append(
        subject=f"fire/{place.pk}", kind=kind, payload={"case": number, **data}, actor=actor.person,
        at=timezone.localtime(now),
    )  # fmt: skip
