"""Orders and penalties entered by hand by the authority that made them: only those that the standard takes from it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongbao.cases.carrying import carried_out
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, actor
from gongbao.rating.models import Fact, RatingCycle, State
from gongbao.rating.permissions import COLLECTING
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.places import authorities_of
from gongbao.rating.selectors.rows import enterprises_in
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.services.rows import fact_enter
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.drafts import token_fresh
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said


class OrderForm(Form):
    """act: indicator and kind, as "code:level"; token: of the form, so that sending it twice enters once."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    act = forms.ChoiceField(label=both("行为和决定", "Act and decision"))
    uscc = forms.CharField(label=both("企业统一社会信用代码", "Credit code of the enterprise"), max_length=18)
    project_id = forms.CharField(
        label=both("项目编号", "Project"), help_text=both("决定针对某一项目的填写", "where it is about one project"),
        max_length=60, required=False,
    )  # fmt: skip
    occurred_on = forms.DateField(label=both("文书日期", "Day of the document"), widget=DayInput())
    document_no = forms.CharField(label=both("文书编号", "Number of the document"), max_length=200)
    case_no = forms.CharField(
        label=both("案号", "Case"), max_length=100, required=False,
        help_text=both("同一事项先责令、后处罚的,填同一案号", "an order and a penalty in one matter bear the same"),
    )  # fmt: skip

    def __init__(self, *args: Any, acts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = acts  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """The row of `facts`, and the token."""
        data = {name: str(value) for name, value in self.cleaned_data.items()}
        data["indicator"], _, data["value"] = data.pop("act").partition(":")
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def orders(request: HttpRequest, code: str) -> HttpResponse:
    """What the office entered or handed in, and another one."""
    cycle, who = cycle_of(request, code, "rating.order.enter"), actor(request)
    office = _office(who)
    acts = _acts(cycle, office, who)
    form = OrderForm(request.POST or None, acts=acts, initial={"token": token_fresh()})
    if request.method == "POST" and form.is_valid():
        row = form.given()
        token = row.pop("token")
        if carried_out(form, lambda: fact_enter(cycle=cycle, row=row, actor=who, now=now(), token=token)):
            tell(request, f"已登记:{row['document_no']}。", f"Entered: {row['document_no']}.")
            return redirect("rating_orders", code)
    table = _table(request, cycle, office)
    if request.GET.get("format") == "csv":
        return table.csv(f"orders-{code}.csv")
    return page(
        request, "orders", cycle,
        table=table, form=form, acts=acts, open=cycle.state == State.COLLECTING, due=source_due(cycle, "enforcement"),
        cite=COLLECTING,
    )  # fmt: skip


def _office(who: Actor) -> Organisation | None:
    post = who.holds("enforcement")
    return post.organisation if post else None


def _acts(cycle: RatingCycle, office: Organisation | None, who: Actor) -> list[tuple[str, str]]:
    """What the standard takes from the office: ("code:level", words)."""
    standard = edition_of(cycle)
    held = authorities_of(office, who.on) if office else ()
    found = []
    for one in standard.indicators:
        if "enforcement" not in one.source or one.facts is None:
            continue
        for level in one.facts.levels or ("",):
            if any(one.accepts(authority, level) for authority in held):
                kind = f" · {said(standard.level_name(level))}" if level else ""
                found.append((f"{one.code}:{level}", f"{said(one.name)}{kind}"))
    return found


def _table(request: HttpRequest, cycle: RatingCycle, office: Organisation | None) -> Table:
    standard, names = edition_of(cycle), dict(enterprises_in(cycle).values_list("uscc", "name"))
    return Table(
        caption=Text("本单位提供的责令和处罚", "Orders and penalties of the office"),
        columns=[
            Column(
                "document_no", Text("文书编号", "Document"), sort="document_no",
                link=lambda fact: reverse("rating_fact", args=[cycle.code, fact.pk]),
            ),
            Column("indicator", Text("行为", "Act"), cell=lambda fact: standard.by_code[fact.indicator].name),
            Column("level", Text("决定", "Decision"), cell=lambda f: standard.level_name(f.level) if f.level else ""),
            Column("uscc", Text("企业", "Enterprise"), cell=lambda fact: names.get(fact.uscc, fact.uscc), sort="uscc"),
            Column("project_id", Text("项目", "Project"), sort="project_id"),
            Column("occurred_on", Text("日期", "Day"), cell=lambda f: day(f.occurred_on), sort="occurred_on"),
        ],
        rows=Fact.objects.filter(cycle=cycle, ended=None, delivery__organisation=office, delivery__source="enforcement")
        .order_by("-pk"),
        query=request.GET,
        filters=[Filter("uscc", Text("统一社会信用代码", "Code"), lambda rows, value: rows.filter(uscc__iexact=value))],
        empty=Text("本周期还没有提供责令和处罚。", "None in this cycle yet."),
    )  # fmt: skip
