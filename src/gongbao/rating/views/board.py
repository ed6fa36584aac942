"""The city's board: every cycle, where one stands and what its next step needs, taking the step, its settings."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.archive.models import Dossier
from gongbao.archive.selectors import dossier_file
from gongbao.cases.carrying import carried_out
from gongbao.cases.models import CaseDeadline
from gongbao.cases.selectors import day_table
from gongbao.kernel.cycles import Cycle
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import CountedDay, Deadline, workdays_between
from gongbao.organisations.permissions import actor, allow
from gongbao.rating.models import CycleStep, RatingCycle, State, Window
from gongbao.rating.selectors.conditions import Lack
from gongbao.rating.selectors.cycles import Onward, cycle_history, cycles_all, steps_onward, window_of
from gongbao.rating.selectors.declarations import declarations_pending, district_is_late, review_due
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.nights import is_live, nights_of
from gongbao.rating.selectors.settings import setting
from gongbao.rating.selectors.sources import SourceProgress, district_progress, source_progress
from gongbao.rating.services.cycles import cycle_open, cycle_settings_change, cycle_step
from gongbao.rating.tables.course import settings as all_settings
from gongbao.rating.views.desk import cycle_of, now, page, still_lacking, tell
from gongbao.rating.views.wording import STATES
from gongbao.web.forms import Form
from gongbao.web.words import both, said

COURSE = list(STATES.items())


class OpenForm(Form):
    code = forms.ChoiceField(label=both("评价周期", "Cycle"))

    def __init__(self, *args: Any, known: set[str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        half = Cycle.of(on)
        choices = [each for each in (half.previous, half, half.next) if str(each) not in known]
        self.fields["code"].choices = [(str(each), said(each.name)) for each in choices]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def cycles(request: HttpRequest) -> HttpResponse:
    """All cycles, the newest first; the commission begins a new one."""
    allow(request, "rating.board.see")
    who, every = actor(request), list(cycles_all())
    form = OpenForm(request.POST or None, known={cycle.code for cycle in every}, on=who.on)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if carried_out(form, lambda: cycle_open(code=code, actor=who, now=now())):
            tell(request, "已开始归集。请导入企业和项目台账。", "Collecting has begun. Import the register next.")
            return redirect("rating_board", code)
    context = {
        "cycles": [(cycle, STATES[cycle.state]) for cycle in every],
        "form": form if who.holds("rating_city") else None,
    }
    return render(request, "rating/city/cycles.html", context)


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Where the cycle stands, what is late, what the next step still needs and under which clause."""
    cycle = cycle_of(request, code, "rating.board.see")
    moment, who = now(), actor(request)
    window = window_of(cycle)
    progress = source_progress(cycle)
    onward = steps_onward(cycle, moment)
    course = [state for state, _ in COURSE]
    return page(
        request, "city/board", cycle,
        course=[(words, state == cycle.state, course.index(state) < course.index(cycle.state))
                for state, words in COURSE],
        onward=[(step, _url(cycle, step), still_lacking(cycle, step.lacks)) for step in onward],
        runs=who.holds("rating_city") is not None,
        first=next((step for step in onward if step.can_go and not step.needs_reason), None),
        sources=[(each, each.missing and who.on > each.deadline) for each in progress],
        districts=district_progress(cycle), overdue=_overdue(cycle, progress, who.on),
        window=window, period=_period(window) if window else None,
        left=_left(who.on, window) if window and cycle.state == State.OBJECTIONS else None,
        pending=declarations_pending(cycle).count(), events=[_event(step) for step in cycle_history(cycle)],
        night=nights_of(cycle).first() if is_live(cycle) else None,
        standard=edition_of(cycle), archived=Dossier.objects.filter(subject=cycle.subject).exists(),
    )  # fmt: skip


def _url(cycle: RatingCycle, step: Onward) -> str:
    return reverse("rating_step", args=[cycle.code, step.to])


def _overdue(cycle: RatingCycle, progress: list[SourceProgress], on: date) -> list[tuple[Text, str, str]]:
    """(what is late, clause, where it is seen)."""
    found = [
        (
            Text(
                f"{each.name.zh}:还缺 {each.missing} {each.unit.zh},期限 {each.deadline}",
                f"{each.name.en}: {each.missing} {each.unit.en} missing since {each.deadline}",
            ),
            each.cite, "",
        )
        for each in progress
        if cycle.state == State.COLLECTING and each.missing and on > each.deadline
    ]  # fmt: skip
    waiting = cycle.declarations.filter(state="declared").count()
    if waiting and district_is_late(cycle, now()):
        due = review_due(cycle)
        words = Text(
            f"区级初审逾期 {waiting} 项,期限 {due}", f"{waiting} first reviews are late, they were due by {due}"
        )
        found.append((words, "京建法〔2025〕2号 第十四条", reverse("rating_reviews", args=[cycle.code])))
    late = CaseDeadline.objects.filter(case__objection__cycle=cycle, ended_at=None, due__lt=on).select_related("case")
    found += [
        (
            Text(f"异议 {row.case.number} 逾期,期限 {row.due}", f"objection {row.case.number} was due by {row.due}"),
            row.cite, reverse("case", args=[row.case.number]),
        )
        for row in late
    ]  # fmt: skip
    return found


def _period(window: Window) -> Deadline:
    """The window with its counted days, as pages show a deadline."""
    counted = tuple(
        CountedDay(date.fromisoformat(day), kind, Text(zh, en), counts) for day, kind, counts, zh, en in window.counted
    )
    return Deadline(window.last_day, window.provisional, counted)


def _left(on: date, window: Window) -> int:
    if window.last_day < on:
        return -workdays_between(window.last_day, on, day_table()).number
    return workdays_between(on, window.last_day, day_table()).number


def _event(step: CycleStep) -> dict[str, Any]:
    words = STATES[step.state_after]
    return {"at": step.at, "title": words, "by": step.by or "", "text": step.because or None}


class StepForm(Form):
    """version: of the cycle, as the person saw it; waive: lacks that the step decides away."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lacks: list[Lack], reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lacks:
            self.fields["waive"] = forms.MultipleChoiceField(
                label=both("下列内容不再等待,勾选即决定", "Go on without these: a tick decides so"),
                choices=[(lack.code, said(lack.because)) for lack in lacks],
                widget=forms.CheckboxSelectMultiple, required=False,
            )  # fmt: skip
        self.fields["because"] = forms.CharField(
            label=both("理由", "Reason"), widget=forms.Textarea({"rows": 3}), required=False,
            help_text=both("写入档案", "kept in the archive") if reason or lacks else "",
        )  # fmt: skip


EFFECTS: dict[str, Text] = {
    State.CLOSED: Text(
        "不再接收新的数据;评分表计给周期最后一日的管理企业。",
        "Nothing more is taken in; sheets go to whoever manages on the last day.",
    ),
    State.COLLECTING: Text(
        "重新接收数据。",
        "Data is taken in again.",
    ),
    State.PRELIMINARY: Text(
        "初步结果确认,还不对外发布。",
        "The preliminary result is settled, not yet released.",
    ),
    State.OBJECTIONS: Text(
        "向全部参评企业发布结果,异议期从次日起算。",
        "The result is released to all that were rated; the window begins the day after.",
    ),
    State.FINAL: Text(
        "结果不再变动。",
        "The result stays as it is.",
    ),
    State.PUBLISHED: Text(
        "网站和开放接口同时公布;企业收到通知,可开具证明。",
        "Site and open API show it at the same moment; enterprises are told and can take certificates.",
    ),
    State.ARCHIVED: Text(
        "本周期归档,任何人可以核验档案。",
        "The cycle is archived; anybody can verify the dossier.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, to: str) -> HttpResponse:
    """What a step needs and does, and taking it."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    onward = next((each for each in steps_onward(cycle, now()) if each.to == to), None)
    if onward is None and request.method != "POST":
        if to not in State.values:
            raise Http404
        tell(request, "本周期现在没有这一步。", "There is no such step now.")
        return redirect("rating_board", code)
    lacks = onward.lacks if onward else ()
    form = StepForm(
        request.POST or None, initial={"version": cycle.version}, lacks=[lack for lack in lacks if lack.waivable],
        reason=bool(onward and onward.needs_reason),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _stepped(request, cycle, to, form):
        tell(request, f"已办理:{STATES[to].zh}。", f"Done: {STATES[to].en}.")
        return redirect("rating_board", code)
    return page(
        request, "city/step", cycle,
        onward=onward, form=form, to=STATES.get(to), effect=EFFECTS.get(to),
        hard=still_lacking(cycle, [lack for lack in lacks if not lack.waivable]),
    )  # fmt: skip


def _stepped(request: HttpRequest, cycle: RatingCycle, to: str, form: StepForm) -> bool:
    data = form.cleaned_data
    if to not in State.values:
        raise Http404
    return carried_out(
        form,
        lambda: cycle_step(
            cycle=cycle, to=State(to), version=data["version"], actor=actor(request), now=now(),
            because=data["because"], waive=data.get("waive", ()),
        ),
    )  # fmt: skip


class SettingsForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cycle: RatingCycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = edition_of(cycle).parties
        for code, one in all_settings().items():
            name = one.name
            if party := parties.get(code.removeprefix("due_")) if code.startswith("due_") else None:
                name = Text(f"{party.zh}:周期结束后几天内提供", f"{party.en}: due so many days after the cycle")
            options: dict[str, Any] = {
                "label": said(name), "initial": setting(cycle, code), "help_text": one.cite
            }  # fmt: skip
            self.fields[code] = (
                forms.ChoiceField(choices=[(word, said(text)) for word, text in one.words.items()], **options)
                if one.words
                else forms.IntegerField(**options)
            )
        self.fields["because"] = forms.CharField(
            label=both("理由", "Reason"), help_text=both("写入档案", "kept in the archive"),
            widget=forms.Textarea({"rows": 2}),
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """What the commission may set for a cycle, with a reason."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    form = SettingsForm(request.POST or None, cycle=cycle, initial={"version": cycle.version})
    if request.method == "POST" and form.is_valid() and _set(request, cycle, form):
        tell(request, "设置已保存。", "The settings are kept.")
        return redirect("rating_settings", code)
    return page(request, "city/settings", cycle, form=form)


def _set(request: HttpRequest, cycle: RatingCycle, form: SettingsForm) -> bool:
    data = form.cleaned_data
    changed = {name: data[name] for name in all_settings() if str(data[name]) != str(setting(cycle, name))}
    return carried_out(
        form,
        lambda: cycle_settings_change(
            cycle=cycle, settings=changed, because=data["because"], version=data["version"], actor=actor(request),
            now=now(),
        ),
    )  # fmt: skip


@require_safe
def dossier(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The dossier of the cycle, or with ?uscc= of an enterprise, for `gongbao archive verify`."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    uscc = request.GET.get("uscc", "")
    subject = f"enterprise/{uscc}" if uscc else cycle.subject
    if not Dossier.objects.filter(subject=subject).exists():
        raise Http404
    name = f"{uscc or cycle.code}.dossier.jsonl"
    lines = (line.rstrip("\n") + "\n" for line in dossier_file(subject))
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8", headers=head)
