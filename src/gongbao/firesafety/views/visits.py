"""What an authority does about a visit: dates beside its calendar, inspectors, recusal, absence."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongbao.cases.carrying import carried_out
from gongbao.cases.selectors import day_table
from gongbao.cases.services.engine import case_catch_up, case_move
from gongbao.firesafety.models import Inspector, Place
from gongbao.firesafety.permissions import party_post
from gongbao.firesafety.selectors.visits import agenda, offers_of
from gongbao.firesafety.services.visits import absence_note, inspector_name, inspector_recuse
from gongbao.firesafety.tables.settings import settings
from gongbao.firesafety.views.desk import show_place
from gongbao.firesafety.views.desk_base import now, place_of, tell
from gongbao.firesafety.views.desk_forms import CHOICES, DatesForm, InspectorForm, ReasonForm
from gongbao.kernel.workdays import add_workdays
from gongbao.organisations.permissions import Actor, actor


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose dates, with what the authority has to visit in these weeks beside them."""
    place, who = place_of(request, number, "fire.place.act"), actor(request)
    track = place.case.tracks.get(code="visit") if place.case else None
    if track is None or track.state not in ("waiting", "proposed"):
        raise Http404
    form = DatesForm(request.POST or None, initial={"version": track.version, **_suggested(now())})
    if request.method == "POST" and form.is_valid() and _proposed(place, track.state, form, who):
        tell(request, "已提议,等待申请人答复。", "Proposed; the applicant will answer.")
        return redirect("fire_desk_place", number)
    held = party_post(who, place, "housing", "fire")
    busy = agenda(held[1].organisation, held[0], now()) if held else []
    context = {
        "place": place,
        "form": form,
        "busy": busy,
        "offers": offers_of(place),
        "ahead": settings().ahead_workdays,
    }
    return render(request, "firesafety/desk/propose.html", context)


def _suggested(moment: datetime) -> dict[str, str]:
    """The first days that can be proposed, at half past nine."""
    days, today, found = day_table(), timezone.localdate(moment), {}
    for number in range(1, CHOICES + 1):
        on = add_workdays(today, settings().ahead_workdays + number - 1, days).date
        found[f"at{number}"] = f"{on}T09:30"
    return found


def _proposed(place: Place, state: str, form: DatesForm, who: Actor) -> bool:
    case, person, moment = place.case, who.person, timezone.now()
    assert case and person  # noqa: S101 - a place with a number, somebody authorised
    case_catch_up(case=case, now=moment)
    return carried_out(
        form,
        lambda: case_move(
            case=case, track="visit", move="propose" if state == "waiting" else "propose_more",
            version=form.cleaned_data["version"], actor=person, now=moment,
            fields={"visit_dates": form.dates},
        ),
    )  # fmt: skip


@require_POST
def inspector(request: HttpRequest, number: str) -> HttpResponse:
    """Name an inspector of one's own authority."""
    place, who = place_of(request, number, "fire.place.act"), actor(request)
    form, party = InspectorForm(request.POST), _party(place, who)
    if form.is_valid() and carried_out(
        form, lambda: inspector_name(place=place, party=party, actor=who, now=now(), **form.cleaned_data)
    ):
        tell(request, "检查人员已登记。", "The inspector is named.")
        return redirect("fire_desk_place", number)
    return _again(request, place, who, inspector_form=form)


@require_POST
def recuse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """An inspector steps aside, with the reason."""
    place, who = place_of(request, number, "fire.place.act"), actor(request)
    found = Inspector.objects.filter(pk=pk, inspection__place=place).select_related("inspection__place").first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST)
    if form.is_valid() and carried_out(
        form,
        lambda: inspector_recuse(inspector=found, because=form.cleaned_data["because"], actor=who, now=now()),
    ):
        tell(request, "已登记回避。", "The recusal is noted.")
        return redirect("fire_desk_place", number)
    return _again(request, place, who, reason_form=form)


@require_POST
def absence(request: HttpRequest, number: str) -> HttpResponse:
    """One's own authority cannot come on the agreed day."""
    place, who = place_of(request, number, "fire.place.act"), actor(request)
    form, party = ReasonForm(request.POST), _party(place, who)
    if form.is_valid() and carried_out(
        form,
        lambda: absence_note(place=place, party=party, because=form.cleaned_data["because"], actor=who, now=now()),
    ):
        tell(
            request, "已登记。对方按约定检查,本机关在期限内单独检查。",
            "Noted. The other visits as agreed; your authority visits alone within its time.",
        )  # fmt: skip
        return redirect("fire_desk_place", number)
    return _again(request, place, who, reason_form=form)


def _party(place: Place, who: Actor) -> str:
    held = party_post(who, place, "housing", "fire")
    return held[0] if held else ""


def _again(request: HttpRequest, place: Place, who: Actor, **forms: Any) -> HttpResponse:
    return show_place(request, place, who, **forms)
