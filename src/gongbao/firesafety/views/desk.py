"""The desks: the queue, one place with both matters side by side, the authority's calendar."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongbao.cases.rules.process import Move
from gongbao.cases.tables import process_of
from gongbao.firesafety.access import application_files
from gongbao.firesafety.models import FIRE, HOUSING, Place
from gongbao.firesafety.permissions import party_post
from gongbao.firesafety.rules.check import MATTERS
from gongbao.firesafety.selectors.desk import (
    deliveries_open,
    places_before,
    places_late,
    proposed_fields,
    publications_of,
)
from gongbao.firesafety.selectors.sides import sides_of
from gongbao.firesafety.selectors.visits import agenda, offers_of
from gongbao.firesafety.views.desk_base import place_of
from gongbao.firesafety.views.desk_forms import InspectorForm, ReasonForm
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import due_day

COURSES = {"ended": Text("已办结", "ended"), "open": Text("办理中", "open"), "late": Text("有逾期", "overdue")}


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - the registry's signature
    """What joint handling has for a person on the desk."""
    if not isinstance(ask("fire.desk.see", who), Allowed):
        return
    open_places = places_before(who).filter(case__ended_at=None)
    late = places_late(open_places, who.on).count()
    says = Text("消防验收与营业前检查,两项并列。", "Acceptance and inspection, side by side.")
    yield Work(Text("消防协同", "Fire safety"), says, reverse("fire_desk"), open_places.count(), late)
    waiting, overdue = deliveries_open(who, who.on)
    if waiting:
        says = Text("需直接、留置、邮寄或公告送达的文书。", "Papers to be delivered by hand, post or notice.")
        yield Work(Text("文书送达", "Deliveries"), says, reverse("fire_deliveries"), waiting, overdue)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Every place before this person, what is due first."""
    allow(request, "fire.desk.see")
    who = actor(request)
    table = Table(
        caption=Text("消防协同办理", "Joint handling"),
        columns=[
            Column("number", Text("编号", "Number"), cell=lambda p: p.case.number, link=_place_url, sort="case"),
            Column("name", Text("场所", "Place"), sort="name"),
            Column("applicant", Text("建设单位", "Applicant"), cell=lambda p: p.application.applicant.text),
            Column("matter", Text("事项", "Matter"), cell=lambda p: MATTERS[p.application.matter]),
            Column("housing", Text("验收或备案", "Acceptance"), cell=lambda p: _state(p, HOUSING)),
            Column("fire", Text("消防安全检查", "Inspection"), cell=lambda p: _state(p, FIRE)),
            Column("due", Text("期限", "Due"), cell=lambda p: _due(p, who), sort="due"),
        ],
        rows=places_before(who).order_by(
            F("case__ended_at").desc(nulls_first=True), F("due").asc(nulls_last=True), "pk"
        ),
        query=request.GET,
        filters=[
            Filter("course", Text("进展", "Course"), lambda rows, value: _course(rows, value, who), COURSES),
            Filter("matter", Text("事项", "Matter"), lambda rows, v: rows.filter(application__matter=v), MATTERS),
            Filter("words", Text("场所", "Place"), lambda rows, value: rows.filter(name__icontains=value)),
        ],
        empty=Text(
            "还没有协同办理的场所。申请提交后出现在这里。",
            "There are no places yet. They appear once an application is sent.",
        ),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("fire.csv")
    keys_in = isinstance(ask("fire.key_in", who), Allowed)
    return render(request, "firesafety/desk/queue.html", {"table": table, "keys_in": keys_in, "authority": _own(who)})


@never_cache
@require_safe
def place(request: HttpRequest, number: str) -> HttpResponse:
    """One place: both matters, what this person can do until when, the shared parts, visit, papers."""
    found, who = place_of(request, number), actor(request)
    return show_place(request, found, who)


def show_place(request: HttpRequest, found: Place, who: Actor, **forms: Any) -> HttpResponse:
    case = found.case
    assert case  # noqa: S101 - a place with a number
    held = party_post(who, found)
    party = held[0] if held else ""
    sides = sides_of(found, who.person, who.on).values()
    inspections = found.inspections.prefetch_related("inspectors").order_by("party", "round")
    context = {
        "place": found,
        "case": case,
        "party": party,
        "matter": MATTERS[found.application.matter],
        "sides": [(side, [(choice, _move_url(found, choice.move)) for choice in side.choices]) for side in sides],
        "offers": offers_of(found),
        "inspections": [(one, one.party == party and one.done_at is None) for one in inspections],
        "can_name": party in (HOUSING, FIRE),
        "materials": _materials(found, who),
        "deliveries": found.deliveries.select_related("paper__file").order_by("pk"),
        "publications": publications_of(found),
        "drawing": getattr(found, "drawing", None),
        "inspector_form": InspectorForm(),
        "reason_form": ReasonForm(),
        **forms,
    }
    return render(request, "firesafety/desk/place.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The visits of one's own authority in the coming weeks."""
    allow(request, "fire.desk.see")
    who = actor(request)
    own = _own(who)
    weeks = [
        (post.organisation, list(agenda(post.organisation, post.role, timezone.now())))
        for post in ([own] if own else [])
    ]
    return render(request, "firesafety/desk/calendar.html", {"weeks": weeks})


def _own(who: Actor) -> Any:
    """The post by which somebody acts for an authority of fire safety."""
    return who.holds(HOUSING, FIRE)


def _materials(found: Place, who: Actor) -> list[Any]:
    """The files of the application that this person may read: common ones and her own authority's."""
    rows = found.application.materials.select_related("file", "place")
    shares = {row.file.belongs_to for row in rows}
    read = {share for share in shares if application_files(who.person, share.partition("/")[2]) is None}
    return [row for row in rows if row.place_id in (None, found.pk) and row.file.belongs_to in read]


def _place_url(found: Place) -> str:
    return reverse("fire_desk_place", args=[found.case.number if found.case else ""])


def _move_url(found: Place, move: Move) -> str:
    """Where a move is made: dates are proposed beside the calendar, all else on the page of the move."""
    number = found.case.number if found.case else ""
    if move.code in ("propose", "propose_more"):
        return reverse("fire_propose", args=[number])
    query = urlencode(proposed_fields(move))
    return reverse("case_move", args=[number, move.track, move.code]) + (f"?{query}" if query else "")


def _state(found: Place, track: str) -> Text:
    case = found.case
    assert case  # noqa: S101 - places before somebody have a case
    process = process_of(case.process, case.edition)
    state = next(row.state for row in case.tracks.all() if row.code == track)
    return process.track(track).state(state).name


def _due(found: Any, who: Actor) -> str:
    if found.due is None:
        return ""
    return due_day(found.due, late=found.due < who.on)


def _course(rows: Any, value: str, who: Actor) -> Any:
    if value == "late":
        return places_late(rows, who.on)
    return rows.filter(case__ended_at__isnull=value == "open")
