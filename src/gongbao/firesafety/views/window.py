"""The reception desk: an application that was handed in on paper is begun here, filled in and sent like any other."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongbao.cases.carrying import carried_out
from gongbao.firesafety.models import Application
from gongbao.firesafety.rules.check import MATTERS
from gongbao.firesafety.selectors.applications import applications_of
from gongbao.firesafety.services.applications import application_start
from gongbao.firesafety.views.desk_base import now, tell
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import actor, allow
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both, said


class PaperForm(Form):
    """What the desk needs to begin: who applies, and the day on which the papers were handed in."""

    uscc = forms.CharField(
        label=both("建设单位统一社会信用代码", "USCC of the applicant"), max_length=18,
        help_text=both("18 位,在申请表首页", "18 characters, on the first page of the form"),
    )  # fmt: skip
    matter = forms.ChoiceField(label=both("申请事项", "Matter"), widget=forms.RadioSelect)
    handed_in = forms.DateField(
        label=both("收件日", "Day handed in"), widget=DayInput(),
        help_text=both("期限从这一天起算", "periods count from this day"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [(code, said(name)) for code, name in MATTERS.items()]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """What this desk has keyed in, and the beginning of a new one."""
    post = allow(request, "fire.key_in").post
    assert post  # noqa: S101 - the permission names it
    who = actor(request)
    form = PaperForm(request.POST or None, initial={"handed_in": timezone.localdate()})
    begun: list[Application] = []

    def begin() -> None:
        given = dict(form.cleaned_data)
        applicant = organisation_by_uscc(given.pop("uscc").strip().upper())
        problems = []
        if applicant is None:
            zh, en = "系统中没有这个单位,请先由管理员登记", "no such organisation is on file"
            problems.append(Problem("application", None, "uscc", "", zh, en))
        if given["handed_in"] > who.on:
            zh = f"不晚于今天 {who.on}"
            problems.append(Problem("application", None, "handed_in", "", zh, f"not after today, {who.on}"))
        if problems:
            raise BadInput(problems)
        assert applicant  # noqa: S101 - refused above
        desk = post.organisation
        begun.append(application_start(applicant=applicant, actor=who, now=now(), window=desk, **given))

    if request.method == "POST" and form.is_valid() and carried_out(form, begin):
        tell(
            request,
            "已建立。请录入场所、材料和确认的送达地址。",
            "Begun. Enter places, materials and the confirmed address.",
        )
        return redirect("fire_draft", begun[0].pk)
    mine = applications_of(who).filter(window=post.organisation)
    return render(
        request, "firesafety/desk/window.html", {"form": form, "applications": mine[:100], "matters": MATTERS}
    )
