"""The settings of all processes: periods that an administrator may change, from a day on, with a reason."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.lengths import adjustable, settings_all
from gongbao.cases.rules.process import Deadline, Process
from gongbao.cases.services.lengths import LONGEST, period_set
from gongbao.cases.tables import process_on
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both, said


class PeriodForm(Form):
    length = forms.IntegerField(label=both("期限", "Length"), min_value=1, max_value=LONGEST)
    first_day = forms.DateField(
        label=both("自哪一天起", "From which day"),
        help_text=both(
            "当天及以后开始计算的期限适用;正在计算的期限不变",
            "for periods that begin on that day or later; those that run keep theirs",
        ),
        widget=DayInput,
    )
    because = forms.CharField(
        label=both("理由", "Reason"),
        help_text=both("写明依据,记入档案", "on which ground; kept in the dossier"),
        widget=forms.Textarea({"rows": 2}),
        max_length=300,
    )


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Each with its clause or reading, its default, what holds now and what comes."""
    allow(request, "cases.settings.change")
    return render(request, "cases/settings.html", {"settings": list(settings_all(timezone.localdate()))})


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, process: str, code: str) -> HttpResponse:
    """One setting: its history, and changing it."""
    allow(request, "cases.settings.change")
    today = timezone.localdate()
    table, rule = _found(process, code)
    shown = adjustable(table, rule, today)
    form = PeriodForm(request.POST or None, initial={"length": shown.now, "first_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            period_set(process=table, rule=rule, actor=actor(request), now=timezone.now(), **form.cleaned_data)
        except BadInput as bad:
            form.take(bad)
        else:
            done = Text("已记下;正在计算的期限不变。", "It is set; periods that run keep theirs.")
            messages.success(request, said(done))
            return redirect("process_setting", process, code)
    return render(request, "cases/setting.html", {"one": shown, "form": form})


def _found(process: str, code: str) -> tuple[Process, Deadline]:
    try:
        table = process_on(process, timezone.localdate())
    except KeyError:
        raise Http404 from None
    rule = next((rule for rule in table.deadlines if rule.code == code and rule.setting), None)
    if rule is None:
        raise Http404
    return table, rule
