"""Public notices of decisions: anybody reads them, and objects under a name; the answer is found by a link."""

from secrets import token_urlsafe
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.tables import process_of
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.support.models import PublicNotice
from gongbao.support.selectors.notices import notice_open, notices_all, notices_current, objection_by_token
from gongbao.support.services.notices import objection_make, objection_withdraw
from gongbao.support.views.wording import measure_names, money
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is on public notice now first; all earlier ones behind a filter."""
    today, named = timezone.localdate(), measure_names()
    table = Table(
        caption=Text("支持资金公示", "Public notices of support"),
        columns=[
            Column(
                "applicant", Text("单位", "Applicant"), cell=lambda n: n.application.applicant.text,
                sort="application__applicant__name", link=lambda n: reverse("support_notice", args=[n.pk]),
            ),
            Column("project", Text("项目", "Project"), cell=lambda n: n.application.project),
            Column("measure", Text("支持方向", "Measure"), cell=lambda n: named(n.application.measure)),
            Column("amount", Text("金额(元)", "Amount (yuan)"), cell=lambda n: money(n.amount), sort="amount",
                   numeric=True),
            Column("last", Text("公示截止", "Until"), cell=lambda n: day(n.last_day), sort="last_day"),
        ],
        rows=notices_all().filter(replaced=False) if request.GET.get("all") else notices_current(today),
        query=request.GET,
        filters=[
            Filter("all", Text("范围", "Which"), lambda rows, _: rows, {"1": Text("包括已结束的", "earlier ones too")}),
        ],
        empty=Text("现在没有正在公示的项目。", "Nothing is on public notice now."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("notices.csv")
    return render(request, "support/public/notices.html", {"table": table})


def found(pk: int) -> PublicNotice:
    one = notices_all().filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(pk)
    context = {
        "notice": one,
        "measure": measure_names()(one.application.measure),
        "open": notice_open(one, timezone.localdate()),
    }
    return render(request, "support/public/notice.html", context)


class ObjectForm(Form):
    name = forms.CharField(
        label=both("姓名或单位名称", "Your name, or that of your organisation"), max_length=200,
        help_text=both("只给办理部门看,不公开", "only the office reads it"),
    )  # fmt: skip
    contact = forms.CharField(
        label=both("联系方式", "How to reach you"), max_length=200,
        help_text=both("电话或电子邮箱;只给办理部门看", "telephone or e-mail; only the office reads it"),
    )  # fmt: skip
    grounds = forms.CharField(
        label=both("异议内容和理由", "What you object to, and why"), widget=forms.Textarea({"rows": 6}), max_length=5000
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; sent, the page with the answer, whose address only who objected has. Too late: the day that passed."""
    one = found(pk)
    form = ObjectForm(request.POST or None, initial={"token": token_urlsafe(24)})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = objection_make(notice=one, now=timezone.now(), **form.cleaned_data)
        except BadInput as bad:
            form.take(bad)
        except MoveRefused as refused:
            form.add_error(None, said(refused.refused.because))
            status = 409
        else:
            return HttpResponseRedirect(reverse("support_objection", args=[made.token]))
    context = {
        "notice": one, "measure": measure_names()(one.application.measure), "form": form,
        "open": notice_open(one, timezone.localdate()),
    }  # fmt: skip
    return render(request, "support/public/object.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Where an objection stands, its answer, and the way to withdraw it. The address is the secret."""
    one = objection_by_token(token)
    if one is None:
        raise Http404
    refused: Text | None = None
    if request.method == "POST":
        try:
            objection_withdraw(objection=one, now=timezone.now())
        except MoveRefused as why:
            refused = why.refused.because
        one = objection_by_token(token) or one
    case = one.case
    process, row = process_of(case.process, case.edition), case.deadlines.filter(ended_at=None).first()
    context: dict[str, Any] = {
        "objection": one,
        "case": case,
        "notice": one.notice,
        "state": process.track("objection").state(case.tracks.get().state).name,
        "due": row.due if row else None,
        "answer": case.fields.get("answer", ""),
        "paper": next((s.paper for s in case.steps.exclude(paper=None)), None),
        "refused": refused,
    }
    return render(request, "support/public/objection.html", context)
