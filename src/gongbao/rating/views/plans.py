"""Random inspections (双随机): listed and committed to, drawn, drawn again by anybody, carried out."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.rating.models import Inspection, InspectionPlan, RatingCycle
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.inspections import inspections_of, plan_list_csv, plan_redraw, plans_all
from gongbao.rating.services.inspections import CLAUSE, inspection_record, plan_draw, plan_make
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.places import inspecting
from gongbao.rating.views.wording import FOUND
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both

RATES = {"A": ("5%", 1), "B": ("10%", 1), "C": ("30%", 2), "D": ("100%", 2)}  # a first proposal, to be changed


class PlanForm(Form):
    """For each grade a rate and how often; the problems of `plan_make` land at them."""

    def __init__(self, *args: Any, cycle: RatingCycle, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(
            label=both("抽查范围", "Where"), choices=[(str(place.pk), place.name) for place in places]
        )
        self.grades = [step.grade for step in edition_of(cycle).grades]
        for grade in self.grades:
            rate, times = RATES.get(grade, ("10%", 1))
            self.fields[f"rates_{grade}"] = forms.CharField(
                label=both(f"{grade} 级:抽查比例", f"Grade {grade}: rate"), initial=rate,
                help_text=both("如 10% 或 0.1;不低于较好等级", "such as 10% or 0.1; not below a better grade's"),
            )  # fmt: skip
            self.fields[f"times_{grade}"] = forms.IntegerField(
                label=both(f"{grade} 级:半年内次数", f"Grade {grade}: times in the half-year"),
                initial=times,
                min_value=1,
            )
        self.fields["inspectors"] = forms.CharField(
            label=both("检查人员名录", "Inspectors"),
            help_text=both(
                "姓名或执法证号,每行一个;每次抽取两人", "names or badges, one a line; two are drawn for each visit"
            ),
            widget=forms.Textarea({"rows": 4}),
        )

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "rates": {grade: data[f"rates_{grade}"] for grade in self.grades},
            "times": {grade: data[f"times_{grade}"] for grade in self.grades},
            "inspectors": data["inspectors"].splitlines(),
        }


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """The plans of the cycle, and a new one for a district or street of the person."""
    cycle, who = cycle_of(request, code), actor(request)
    places = inspecting(who)
    if not places:
        allow(request, "rating.board.see")
    form = PlanForm(request.POST or None, cycle=cycle, places=places)
    if request.method == "POST" and form.is_valid():
        place = next(place for place in places if str(place.pk) == form.cleaned_data["place"])
        made: list[InspectionPlan] = []
        if carried_out(
            form,
            lambda: made.append(plan_make(cycle=cycle, place=place, actor=who, now=now(), **form.given())),
        ):
            tell(
                request, "名单、比例和承诺已固定。请公布后,用他人确定的内容抽取。",
                "List, rates and commitment are fixed. Publish them, then draw with what others fix.",
            )  # fmt: skip
            return redirect("rating_plan", code, made[0].pk)
    shown = plans_all().filter(cycle=cycle)
    if who.holds("rating_city", "supervisor") is None:
        shown = shown.filter(place__in=places)
    return page(request, "district/plans", cycle, plans=shown, form=form if places else None, cite=CLAUSE)


class DrawForm(Form):
    parts = forms.CharField(
        label=both("他人在名单公布后确定的内容", "What others fixed after the list was published"),
        help_text=both("如当日开奖号码、档案每日根值;每行一项", "a lottery's numbers, a daily root; one a line"),
        widget=forms.Textarea({"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One plan: what is fixed, the draw, drawing it again, the visits."""
    cycle = cycle_of(request, code)
    found, may = _plan(request, cycle, pk)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parts = form.cleaned_data["parts"].splitlines()
        if carried_out(form, lambda: plan_draw(plan=found, parts=parts, actor=actor(request), now=now())):
            tell(request, "已抽取。", "Drawn.")
            return redirect("rating_plan", code, pk)
    visits = list(inspections_of(found))
    again = {(t.uscc, t.time): list(t.inspectors) for t in plan_redraw(found) if t.hit}
    held = {(visit.uscc, visit.time): list(visit.inspectors) for visit in visits}
    return page(
        request, "district/plan", cycle,
        plan=found, form=form, may=may, cite=CLAUSE, rates=[(g, found.rates[g], found.times[g]) for g in found.rates],
        visits=[(visit, FOUND.get(visit.found)) for visit in visits], same=again == held, tickets=len(again),
        done=sum(visit.done_on is not None for visit in visits),
    )  # fmt: skip


@require_safe
def plan_list(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The list as `gongbao draw` takes it."""
    found, _ = _plan(request, cycle_of(request, code), pk)
    head = {"Content-Disposition": f'attachment; filename="plan-{pk}.csv"'}
    return HttpResponse(plan_list_csv(found), content_type="text/csv; charset=utf-8", headers=head)


class VisitForm(Form):
    found = forms.ChoiceField(
        label=both("检查结果", "What was found"),
        choices=[(code, both(words.zh, words.en)) for code, words in FOUND.items()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=both("发现的问题", "What was wrong"),
        help_text=both("未发现问题的可以不填", "may be left empty where nothing was found"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    done_on = forms.DateField(label=both("检查日期", "Day of the visit"), widget=DayInput())


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, code: str, pk: int, visit: int) -> HttpResponse:
    """What a visit found, entered once."""
    cycle = cycle_of(request, code)
    found, _ = _plan(request, cycle, pk)
    allow(request, "rating.plan.make", found.place)
    inspection = get_object_or_404(found.inspections, pk=visit)
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: _recorded(request, inspection, form)):
        tell(request, f"已登记:{inspection.name}。", f"Entered: {inspection.name}.")
        return redirect("rating_plan", code, pk)
    words = FOUND.get(inspection.found)
    return page(request, "district/visit", cycle, plan=found, visit=inspection, form=form, words=words, cite=CLAUSE)


def _recorded(request: HttpRequest, inspection: Inspection, form: VisitForm) -> Inspection:
    return inspection_record(inspection=inspection, actor=actor(request), now=now(), **form.cleaned_data)


def _plan(request: HttpRequest, cycle: RatingCycle, pk: int) -> tuple[InspectionPlan, bool]:
    """A plan and whether the person may draw it; else 404, as for a plan that is not there."""
    found = get_object_or_404(plans_all(), pk=pk, cycle=cycle)
    may = isinstance(ask("rating.plan.make", actor(request), found.place), Allowed)
    if not may and actor(request).holds("rating_city", "supervisor") is None:
        raise Http404
    return found, may
