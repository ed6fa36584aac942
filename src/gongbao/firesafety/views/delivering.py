"""Deliveries at the desk: what waits, each try with its proof; and the end of a decision."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Delivery
from gongbao.firesafety.selectors.desk import deliveries_before, delivery_by_pk, publication_by_pk
from gongbao.firesafety.services.decisions import decision_end
from gongbao.firesafety.services.deliveries import AFTER, delivery_try, turn_refusal
from gongbao.firesafety.views.desk_base import now, tell, upload_of
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, due_day, said

WAYS = {way.value: Text(*way.label.split(" ", 1)) for way in Delivery.Way}
STATES = {"open": Text("待送达", "to be delivered"), "done": Text("已送达", "delivered")}
CITE = "京建法〔2025〕3号 二（六）"


class TryForm(Form):
    """One try; the file is the proof."""

    way = forms.ChoiceField(label=both("送达方式", "Way"), widget=forms.RadioSelect)
    day = forms.DateField(label=both("日期", "Day"), widget=DayInput())
    failed_because = forms.CharField(
        label=both("未送达的原因", "Why it failed"), max_length=300, required=False,
        help_text=both("送达成功时不填", "leave empty where it was delivered"),
    )  # fmt: skip
    note = forms.CharField(
        label=both("说明", "Note"), max_length=300, required=False,
        help_text=both("如签收人、邮件号、公告刊登处", "such as who signed, number of the mail, where it stands"),
    )  # fmt: skip
    proof = forms.FileField(
        label=both("送达证明", "Proof"), required=False,
        help_text=both(
            "签收单、现场照片、邮寄回执或公告文本;未成功的一次可不传",
            "signed slip, photo, postal receipt or text of the notice; a failed try needs none",
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, delivery: Delivery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in AFTER if turn_refusal(delivery, way) is None]
        self.fields["way"].choices = [(way.value, said(WAYS[way.value])) for way in ways]  # type: ignore[attr-defined]


class EndForm(Form):
    state = forms.ChoiceField(
        label=both("怎样终止", "How it ends"), widget=forms.RadioSelect,
        choices=[
            (Paper.State.ANNULLED.value, both("撤销(作出时即不应作出)", "annulled: it should not have been made")),
            (Paper.State.REVOKED.value, both("吊销(作出后违法)", "revoked: because of what came later")),
        ],
    )  # fmt: skip
    because = forms.CharField(
        label=both("理由和依据", "Reason and ground"), max_length=300, widget=forms.Textarea({"rows": 4})
    )


@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Every paper of the places before this person, what is due first."""
    allow(request, "fire.desk.see")
    who = actor(request)
    table = Table(
        caption=Text("文书送达", "Deliveries"),
        columns=[
            Column("paper", Text("文书", "Paper"), cell=lambda d: d.paper.name, link=_url),
            Column("place", Text("场所", "Place"), cell=lambda d: d.place.name, sort="place__name"),
            Column("to", Text("受送达人", "To"), cell=lambda d: d.place.application.applicant.text),
            Column("made", Text("作出", "Made"), cell=lambda d: day(d.made_on), sort="made_on"),
            Column("due", Text("期限", "Due"), cell=lambda d: _due(d, who.on), sort="due"),
            Column("way", Text("方式", "Way"), cell=_way),
            Column("on", Text("送达日期", "Delivered"), cell=lambda d: d.effective_on and day(d.effective_on)),
        ],
        rows=deliveries_before(who).order_by("effective_on", "due", "pk"),
        query=request.GET,
        filters=[
            Filter(
                "state", Text("状态", "State"),
                lambda rows, value: rows.filter(effective_on__isnull=value == "open"), STATES,
            ),
            Filter("words", Text("场所", "Place"), lambda rows, value: rows.filter(place__name__icontains=value)),
        ],
        empty=Text("还没有文书。文书作出后出现在这里。", "There are no papers yet. They appear once they are made."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("deliveries.csv")
    return render(request, "firesafety/desk/deliveries.html", {"table": table})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: each try so far, and the next one."""
    allow(request, "fire.desk.see")
    found = delivery_by_pk(pk)
    if found is None:
        raise Http404
    allow(request, "fire.place.see", found.place)
    who = actor(request)
    form = TryForm(request.POST or None, request.FILES or None, delivery=found, initial={"day": who.on})
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "proof"}
        proof = upload_of(request, "proof")
        if carried_out(form, lambda: delivery_try(delivery=found, actor=who, now=now(), proof=proof, **given)):
            tell(request, "已记录。", "Recorded.")
            return redirect("fire_delivery", pk)
    tries = [(one, WAYS[one.way]) for one in found.attempts.select_related("proof", "by")]
    notice = next((one for one, _ in tries if one.way == Delivery.Way.NOTICE), None)
    context = {
        "delivery": found,
        "tries": tries,
        "form": form,
        "notice": notice,
        "cite": CITE,
        "may": isinstance(ask("fire.deliver", who, found.place), Allowed),
        "way": WAYS.get(found.way),
    }
    return render(request, "firesafety/desk/delivery.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Annul or revoke a decision of one's own authority."""
    allow(request, "fire.desk.see")
    found = publication_by_pk(pk)
    if found is None or found.place.case is None:
        raise Http404
    allow(request, "fire.place.act", found.place)
    form, who = EndForm(request.POST or None), actor(request)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: decision_end(publication=found, actor=who, now=now(), **form.cleaned_data)
    ):  # fmt: skip
        tell(request, "决定已终止,公示和核验同步更新。", "The decision is ended; public page and code follow.")
        return redirect("fire_desk_place", found.place.case.number)
    return render(request, "firesafety/desk/end.html", {"publication": found, "form": form})


def _url(found: Delivery) -> str:
    return reverse("fire_delivery", args=[found.pk])


def _way(found: Delivery) -> Text:
    return WAYS[found.way] if found.way else Text("尚未送达", "not delivered yet")


def _due(found: Delivery, on: date) -> str:
    return due_day(found.due, late=found.effective_on is None and found.due < on) if found.due else ""
