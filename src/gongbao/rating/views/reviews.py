"""Reviewing declarations, in districts and the city: the queue, and one claim with its proof beside it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from gongbao.cases.carrying import carried_out
from gongbao.documents.selectors import files_of
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.rating.models import Declaration, RatingCycle
from gongbao.rating.permissions import ONLY_DISTRICT
from gongbao.rating.selectors.declarations import PENDING, declarations_waiting, review_due
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.helping import tasks_about
from gongbao.rating.selectors.rows import enterprise_in, enterprises_in, spells_of_project
from gongbao.rating.services.declarations import (
    CLAUSE,
    declaration_pass,
    declaration_refuse,
    declaration_return,
    declarations_pass,
)
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.places import districts_of
from gongbao.rating.views.wording import DECLARATION, HELP
from gongbao.web.errors import NotAllowed
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said


class ChosenForm(Form):
    """Which declarations to pass, each as "number:version"."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    def pairs(self, cycle: RatingCycle, given: list[str]) -> list[tuple[Declaration, int]]:
        """Declarations and the versions that were seen. Raises BadInput where nothing, or nonsense, was chosen."""
        split = [each.partition(":") for each in given]
        if not split or not all(pk.isdecimal() and version.isdecimal() for pk, _, version in split):
            raise BadInput(
                [Problem("declarations", None, "", "", "请先勾选要通过的申报", "tick what is to pass first")]
            )
        found = cycle.declarations.in_bulk([int(pk) for pk, _, _ in split])
        return [(found[int(pk)], int(version)) for pk, _, version in split if int(pk) in found]


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest, code: str) -> HttpResponse:
    """What waits for this person, the oldest first; the chosen ones are passed together."""
    cycle, who = cycle_of(request, code), actor(request)
    if not (districts_of(who) or who.holds("rating_city")):
        raise NotAllowed(ONLY_DISTRICT)
    form = ChosenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.getlist("chosen")
        done: list[int] = []
        if carried_out(form, lambda: done.append(_passed(request, form, cycle, chosen))):
            tell(request, f"已通过 {done[0]} 项申报。", f"{done[0]} declarations passed.")
            return redirect("rating_reviews", code)
    table = _table(request, cycle, who)
    if request.GET.get("format") == "csv":
        return table.csv(f"declarations-{cycle.code}.csv")
    return page(
        request, "district/reviews", cycle,
        table=table, form=form, due=review_due(cycle), cite=CLAUSE, city=who.holds("rating_city") is not None,
    )  # fmt: skip


def _passed(request: HttpRequest, form: ChosenForm, cycle: RatingCycle, chosen: list[str]) -> int:
    return declarations_pass(declarations=form.pairs(cycle, chosen), actor=actor(request), now=now())


def _table(request: HttpRequest, cycle: RatingCycle, who: Actor) -> Table:
    standard, names = edition_of(cycle), dict(enterprises_in(cycle).values_list("uscc", "name"))
    columns = [
        Column(
            "number", Text("编号", "Number"), cell=lambda d: d.pk, sort="pk",
            link=lambda d: reverse("rating_review", args=[cycle.code, d.pk]),
        ),
        Column("indicator", Text("指标", "Item"), cell=lambda d: standard.by_code[d.indicator].name, sort="indicator"),
        Column("enterprise", Text("企业", "Enterprise"), cell=lambda d: names.get(d.uscc, d.uscc), sort="uscc"),
        Column("project", Text("项目", "Project"), cell=lambda d: d.project_id, sort="project_id"),
        Column("value", Text("取值", "Value"), cell=lambda d: _value(cycle, d)),
        Column("declared", Text("申报日期", "Declared"), cell=lambda d: day(d.declared_at), sort="declared_at"),
        Column("state", Text("状态", "State"), cell=lambda d: DECLARATION[d.state]),
    ]  # fmt: skip
    if request.GET.get("format") != "csv":
        columns.insert(0, Column("chosen", Text("选择", "Choose"), cell=_box))
    waiting = declarations_waiting(cycle, who, now())
    codes = set(waiting.values_list("indicator", flat=True))
    return Table(
        caption=Text("待审核的申报", "Declarations to review"),
        columns=columns, rows=waiting, query=request.GET,
        filters=[
            Filter(
                "indicator", Text("指标", "Item"), lambda rows, value: rows.filter(indicator=value),
                {code: standard.by_code[code].name for code in sorted(codes)},
            ),
            Filter("uscc", Text("统一社会信用代码", "Code"), lambda rows, value: rows.filter(uscc__icontains=value)),
        ],
        empty=Text("没有等待您审核的申报。企业提交后会出现在这里。", "Nothing waits for your review."),
    )  # fmt: skip


def _box(declaration: Declaration) -> SafeString:
    label = said(Text(f"选择 {declaration.pk}", f"choose {declaration.pk}"))
    return format_html(
        '<input class="form-check-input" type="checkbox" form="chosen" name="chosen" value="{}:{}" aria-label="{}">',
        declaration.pk, declaration.version, label,
    )  # fmt: skip


class DecisionForm(Form):
    """version: of the declaration, as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=both("审核意见", "Decision"),
        choices=[
            ("pass", both("通过", "pass")),
            ("return", both("退回补正(企业可以补充后再报)", "return (the enterprise can mend it)")),
            ("refuse", both("不予确认(本周期不再受理)", "refuse, for good")),
        ],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=both("理由", "Reason"),
        help_text=both("退回或不予确认时必填,企业能看到", "for a return or a refusal; the enterprise reads it"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )


SERVICES: dict[str, Any] = {"pass": declaration_pass, "return": declaration_return, "refuse": declaration_refuse}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One claim beside its proof, and the decision."""
    cycle = cycle_of(request, code)
    declaration = get_object_or_404(cycle.declarations, pk=pk)
    allow(request, "rating.declaration.see", declaration)
    if not (districts_of(actor(request)) or actor(request).holds("rating_city", "supervisor")):
        raise NotAllowed(ONLY_DISTRICT)  # the enterprise has its own page
    form = DecisionForm(request.POST or None, initial={"version": declaration.version})
    if request.method == "POST" and form.is_valid() and _decided(request, declaration, form):
        left = declarations_waiting(cycle, actor(request), now())
        tell(request, f"已办理。还有 {left.count()} 项等待审核。", f"Done. {left.count()} are left to review.")
        following = left.first()
        return redirect("rating_review", code, following.pk) if following else redirect("rating_reviews", code)
    files = list(files_of(declaration.belongs_to))
    return page(
        request, "district/review", cycle,
        declaration=declaration, indicator=edition_of(cycle).by_code[declaration.indicator],
        words=edition_of(cycle).by_code[declaration.indicator].kind.words(edition_of(cycle).levels),
        value=_value(cycle, declaration), enterprise=enterprise_in(cycle, declaration.uscc),
        project=spells_of_project(cycle, declaration.project_id).last(), files=files,
        stands=DECLARATION[declaration.state], form=form,
        helped=[(HELP[each.state], each) for each in tasks_about(declaration)],
        may_ask=declaration.state in PENDING and isinstance(
            ask("rating.help.ask", actor(request), declaration), Allowed
        ), may=_may(request, declaration), cite=CLAUSE,
        steps=[(DECLARATION[step.state_after], step) for step in declaration.steps.order_by("-pk")],
    )  # fmt: skip


def _may(request: HttpRequest, declaration: Declaration) -> bool:
    """Whether it waits for this person."""
    asked = ask("rating.declaration.review", actor(request), declaration)
    waiting = declarations_waiting(declaration.cycle, actor(request), now())
    return isinstance(asked, Allowed) and declaration.state in PENDING and waiting.filter(pk=declaration.pk).exists()


def _decided(request: HttpRequest, declaration: Declaration, form: DecisionForm) -> bool:
    data = form.cleaned_data
    service = SERVICES[data["decision"]]
    return carried_out(
        form,
        lambda: service(
            declaration=declaration, version=data["version"], because=data["because"], actor=actor(request), now=now()
        ),
    )


def _value(cycle: RatingCycle, declaration: Declaration) -> str:
    """The value that is claimed, in words."""
    shown = said(edition_of(cycle).level_name(declaration.value)) if declaration.value else ""
    return f"{shown} / {declaration.reference}" if declaration.reference else shown
