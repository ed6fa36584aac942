"""A place as its applicant sees it: both matters side by side, what to answer by when, visit, papers, a new start."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.carrying import because, carried_out
from gongbao.cases.services.engine import case_move
from gongbao.documents.services import file_store
from gongbao.firesafety.models import FIRE, HOUSING, Application, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.rules.calendar_file import calendar_file
from gongbao.firesafety.selectors.applicant import missing_of, papers_of_place
from gongbao.firesafety.selectors.sides import sides_of
from gongbao.firesafety.selectors.visits import FORM, offers_of
from gongbao.firesafety.services.applications import application_again
from gongbao.firesafety.views.applying import own, page
from gongbao.firesafety.views.forms import AgreeForm, MoveDateForm, SupplyForm
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.words import said

MATTER = (HOUSING, FIRE)
SCOPES = {HOUSING: Application.Scope.HOUSING, FIRE: Application.Scope.FIRE}
AGAIN = ("refused", "not_admitted", "withdrawn")


def own_place(request: HttpRequest, pk: int, number: int) -> tuple[Application, Place]:
    """A place that was applied for, of an application that the person may see."""
    application = own(request, pk)
    found = get_object_or_404(application.places.exclude(case=None).select_related("case"), pk=number)
    return application, found


def _back(place: Place) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("fire_own_place", args=[place.application_id, place.pk]))


@never_cache
@require_safe
def place(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where both matters and the visit stand, what is due, what can be done."""
    application, found = own_place(request, pk, number)
    who = actor(request)
    sides = sides_of(found, who.person, who.on)
    context: dict[str, Any] = {
        "place": found,
        "case": found.case,
        "sides": [(sides[code], missing_of(found, code), sides[code].state in AGAIN) for code in MATTER],
        "visit": sides["visit"],
        "visits": [one for one in found.inspections.prefetch_related("inspectors") if one.at],
        "offers": offers_of(found),
        "papers": papers_of_place(found),
    }
    return page(request, "place_standing", application, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supply(request: HttpRequest, pk: int, number: int, track: str) -> HttpResponse:
    """Answer the request of one authority, with files; both are kept or neither."""
    application, found = own_place(request, pk, number)
    side = sides_of(found, actor(request).person, actor(request).on).get(track)
    move = next((one for one in side.choices if one.move.code in ("supply", "remedied")), None) if side else None
    if side is None or track not in MATTER:
        raise Http404
    if move is None:
        messages.warning(request, said(Text("现在不需要补充材料。", "Nothing has to be supplied now.")))
        return _back(found)
    form = SupplyForm(request.POST or None, request.FILES or None, initial={"version": side.version})
    if request.method == "POST" and form.is_valid() and _supplied(request, found, track, move.move.code, form):
        messages.success(request, said(Text("已送交。", "It is sent.")))
        return _back(found)
    context: dict[str, Any] = {
        "place": found,
        "side": side,
        "move": move.move,
        "missing": missing_of(found, track),
        "form": form,
    }
    return page(request, "supply", application, **context)


def _supplied(request: HttpRequest, place: Place, track: str, code: str, form: SupplyForm) -> bool:
    assert place.case  # noqa: S101 - applied for
    now, given, where = timezone.now(), form.cleaned_data, f"case/{place.case.number}"

    def supply_all() -> None:
        kept = [
            file_store(
                name=str(file.name), content=file.read(), belongs_to=where, by=actor(request).person,
                at=now,
            )
            for file in given["files"]
        ]  # fmt: skip
        _move(request, place, track, code, given["version"], {"supplied": given["supplied"]}, kept)

    return carried_out(form, supply_all)


def _move(
    request: HttpRequest, place: Place, track: str, code: str, version: int, fields: dict[str, object], files: Any = ()
) -> None:
    who = actor(request).person
    assert who and place.case  # noqa: S101 - seen by somebody, and applied for
    case_move(
        case=place.case, track=track, move=code, version=version, actor=who, now=timezone.now(), fields=fields,
        files=files,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Choose one of the proposed dates; move one that is agreed."""
    application, found = own_place(request, pk, number)
    side = sides_of(found, actor(request).person, actor(request).on)["visit"]
    codes = [choice.move.code for choice in side.choices if choice.why_not is None]
    offers = list(offers_of(found))
    data, start = request.POST or None, {"version": side.version}
    form: AgreeForm | MoveDateForm
    if "agree" in codes:
        code, form = "agree", AgreeForm(data, initial=start, offers=offers)
    elif "change" in codes:
        code, form = "change", MoveDateForm(data, initial=start)
    else:
        messages.warning(request, said(Text("现在没有需要您答复的检查时间。", "There is no date to answer now.")))
        return _back(found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fields: dict[str, object] = {"visit_at": given["at"]}
        if code == "change":
            fields = {"visit_at": f"{timezone.localtime(given['at']):{FORM}}", "reasons": given["reasons"]}
        if carried_out(form, lambda: _move(request, found, "visit", code, given["version"], fields)):
            messages.success(request, said(Text("检查时间已确定,已通知各方。", "The date is fixed; all were told.")))
            return _back(found)
    agreed = found.inspections.exclude(at=None).order_by("at").first()
    context: dict[str, Any] = {"place": found, "code": code, "form": form, "side": side, "agreed": agreed}
    return page(request, "visit", application, **context)


@never_cache
@require_safe
def visit_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The agreed visit as a file for a calendar."""
    _, found = own_place(request, pk, number)
    agreed = found.inspections.exclude(at=None).order_by("-round", "at").first()
    if agreed is None or agreed.at is None or found.case is None:
        raise Http404
    text = calendar_file(
        uid=f"{found.case.number}-{agreed.round}@gongbao",
        made_at=timezone.now(),
        begins_at=agreed.at,
        title=said(Text(f"消防检查:{found.name}", f"Fire-safety visit: {found.name}")),
        where=found.address or found.application.address,
        about=request.build_absolute_uri(reverse("fire_own_place", args=[pk, number])),
    )
    named = {"Content-Disposition": f'attachment; filename="visit-{found.case.number}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=named)


@require_POST
def again(request: HttpRequest, pk: int, number: int, track: str) -> HttpResponse:
    """A new application for one matter that was refused, with everything that did not change."""
    application, found = own_place(request, pk, number)
    allow(request, "fire.application.change", application)
    if track not in MATTER:
        raise Http404
    try:
        draft = application_again(place=found, scope=SCOPES[track], actor=actor(request), now=timezone.now())
    except NotNow as refused:
        messages.error(request, because(refused.refused))
        return _back(found)
    words = Text(
        "已建好新的申请,没有变化的材料已带过来。", "A new application is begun; what did not change was taken over."
    )
    messages.success(request, said(words))
    return HttpResponseRedirect(reverse("fire_draft", args=[draft.pk]))
