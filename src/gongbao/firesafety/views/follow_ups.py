"""After opening: reporting it, the fire authority's list, one place on it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.firesafety.models import FollowUp, FollowUpNote
from gongbao.firesafety.selectors.applications import place_by_number
from gongbao.firesafety.selectors.follow_ups import follow_up_of, follow_ups_before
from gongbao.firesafety.selectors.public import public_place
from gongbao.firesafety.services.follow_ups import danger_mend, follow_up_close, follow_up_note, opening_report
from gongbao.firesafety.views.desk_base import now, tell
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said

KINDS = {
    FollowUpNote.Kind.GUIDANCE: Text("指导服务", "guidance"),
    FollowUpNote.Kind.SUPERVISION: Text("日常监督检查", "supervision"),
    FollowUpNote.Kind.DANGER: Text("火灾隐患", "hidden danger"),
}
STATES = {"open": Text("跟踪中", "open"), "closed": Text("已结束", "closed")}


class OpeningForm(Form):
    on = forms.DateField(label=both("开始营业的日期", "Day of opening"), widget=DayInput())


class NoteForm(Form):
    day = forms.DateField(label=both("日期", "Day"), widget=DayInput())
    kind = forms.ChoiceField(label=both("类别", "Kind"), widget=forms.RadioSelect)
    text = forms.CharField(label=both("内容", "What"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, said(name)) for code, name in KINDS.items()]  # type: ignore[attr-defined]


class CloseForm(Form):
    because = forms.CharField(label=both("结束的理由", "Why it is closed"), max_length=300)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, number: str) -> HttpResponse:
    """Report that a place opened."""
    allow(request, "organisations.desk.see")
    place = place_by_number(number)
    allow(request, "fire.place.report", place)
    assert place  # noqa: S101 - hidden above
    form = OpeningForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: opening_report(place=place, on=form.cleaned_data["on"], actor=actor(request), now=now())
    ):  # fmt: skip
        tell(request, "已登记营业日期。", "The day of opening is noted.")
        return redirect("fire_opened", number)
    place.refresh_from_db()
    context = {"place": place, "form": form, "opening": public_place(place).opening}
    return render(request, "firesafety/desk/opened.html", context)


@never_cache
@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Places that opened, the one that ends next first."""
    allow(request, "fire.follow_ups.see")
    table = Table(
        caption=Text("营业后跟踪", "Follow-up after opening"),
        columns=[
            Column("place", Text("场所", "Place"), cell=lambda f: f.place.name, link=_url),
            Column("opened", Text("营业日", "Opened"), cell=lambda f: day(f.opened_on), sort="opened_on"),
            Column("until", Text("跟踪至", "Until"), cell=lambda f: day(f.until), sort="until"),
            Column(
                "dangers", Text("未消除隐患", "Dangers open"), cell=lambda f: f.dangers, numeric=True, sort="dangers"
            ),
            Column("closed", Text("结束", "Closed"), cell=lambda f: day(f.closed_on) if f.closed_on else ""),
        ],
        rows=follow_ups_before(actor(request)),
        query=request.GET,
        filters=[
            Filter("state", Text("状态", "State"), lambda rows, v: rows.filter(closed_on__isnull=v == "open"), STATES)
        ],
        empty=Text(
            "还没有开业的场所。经营者报告开业,或消防监管部门登记后,列在这里。",
            "No place has opened yet. Once one is reported or noted it stands here.",
        ),
    )
    if request.GET.get("format") == "csv":
        return table.csv("follow-ups.csv")
    return render(request, "firesafety/desk/follow_ups.html", {"table": table})


def _url(one: FollowUp) -> str:
    return reverse("fire_follow_up", args=[one.place.case.number if one.place.case else ""])


def _asked(request: HttpRequest, number: str) -> FollowUp:
    allow(request, "fire.follow_ups.see")
    found = follow_up_of(actor(request), number)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, number: str) -> HttpResponse:
    """One place: what was noted, a new note, closing. The button tells which form was sent."""
    found, who = _asked(request, number), actor(request)
    closing = request.method == "POST" and "close" in request.POST
    noting = request.method == "POST" and not closing
    note = NoteForm(request.POST if noting else None, initial={"day": timezone.localdate()})
    close = CloseForm(request.POST if closing else None)
    if noting and note.is_valid() and carried_out(
        note, lambda: follow_up_note(follow_up=found, actor=who, now=now(), **note.cleaned_data)
    ):  # fmt: skip
        tell(request, "已记录。", "Noted.")
        return redirect("fire_follow_up", number)
    if closing and close.is_valid() and carried_out(
        close, lambda: follow_up_close(follow_up=found, actor=who, now=now(), **close.cleaned_data)
    ):  # fmt: skip
        tell(request, "跟踪已结束。", "The follow-up is closed.")
        return redirect("fire_follow_up", number)
    context = {
        "one": found,
        "notes": [(row, KINDS[FollowUpNote.Kind(row.kind)]) for row in found.notes.order_by("-day", "-pk")],
        "may_work": isinstance(ask("fire.follow_up.work", who, found.place), Allowed) and not found.closed_on,
        "note": note,
        "close": close,
    }
    return render(request, "firesafety/desk/follow_up.html", context)


@require_POST
def mended(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A hidden danger was removed."""
    found = _asked(request, number)
    allow(request, "fire.follow_up.work", found.place)
    danger_mend(note=get_object_or_404(found.notes, pk=pk), actor=actor(request), now=now())
    return redirect("fire_follow_up", number)
