"""The facts of a cycle: looked up, and corrected or ended by their owner or the commission, old versions kept."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.documents.access import refusal
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.rating.models import Fact, RatingCycle
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import frame_of
from gongbao.rating.selectors.provenance import provenance
from gongbao.rating.selectors.rows import enterprise_in, enterprises_in, fact_versions
from gongbao.rating.services.rows import MENDING, fact_correct, fact_end
from gongbao.rating.tables.overlay import cells_of
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.wording import HOW
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said

MENDABLE = {
    "project_id": Text("项目编号", "Project"),
    "occurred_on": Text("日期", "Day"),
    "value": Text("取值", "Value"),
    "reference": Text("对照值", "Reference"),
    "document_no": Text("文号", "Document"),
    "case_no": Text("案号", "Case"),
}


@require_safe
def facts(request: HttpRequest, code: str) -> HttpResponse:
    """Every fact that holds, by enterprise and indicator."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    standard, names = edition_of(cycle), dict(enterprises_in(cycle).values_list("uscc", "name"))
    table = Table(
        caption=Text("事实", "Facts"),
        columns=[
            Column("fact_id", Text("编号", "Id"), sort="fact_id", link=lambda f: _url(cycle, f)),
            Column("indicator", Text("指标", "Item"), cell=lambda f: standard.by_code[f.indicator].name),
            Column("uscc", Text("企业", "Enterprise"), cell=lambda f: names.get(f.uscc, f.uscc), sort="uscc"),
            Column("project_id", Text("项目", "Project"), sort="project_id"),
            Column("occurred_on", Text("日期", "Day"), cell=lambda f: day(f.occurred_on), sort="occurred_on"),
            Column("document_no", Text("文号", "Document")),
        ],
        rows=Fact.objects.filter(cycle=cycle, ended=None).order_by("uscc", "fact_id"),
        query=request.GET,
        filters=[
            Filter("uscc", Text("统一社会信用代码", "Code"), lambda rows, value: rows.filter(uscc__iexact=value)),
            Filter(
                "indicator", Text("指标", "Item"), lambda rows, value: rows.filter(indicator=value),
                {item.code: item.name for item in standard.indicators if item.facts},
            ),
        ],
        empty=Text("还没有事实。", "There are no facts yet."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv(f"facts-{cycle.code}.csv")
    return page(request, "city/facts", cycle, table=table)


def _url(cycle: RatingCycle, fact: Fact) -> str:
    return reverse("rating_fact", args=[cycle.code, fact.pk])


class FactForm(Form):
    """The columns that may be mended, as text, and the reason."""

    def __init__(self, *args: Any, cells: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in MENDABLE.items():
            self.fields[name] = forms.CharField(label=said(words), initial=cells[name] or "", required=False)
        self.fields["occurred_on"].required = True
        self.fields["occurred_on"].widget = DayInput()
        self.fields["because"] = forms.CharField(
            label=both("理由", "Reason"),
            help_text=both(
                "写明依据;企业能看到,写入档案", "on which ground; the enterprise reads it, the archive keeps it"
            ),
            widget=forms.Textarea({"rows": 3}),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One fact with its versions; corrected, or taken out of account, with a reason."""
    cycle = cycle_of(request, code)
    found = Fact.objects.filter(cycle=cycle, pk=pk).select_related("delivery__organisation").first()
    if found is None:
        raise Http404
    allow(request, "rating.fact.correct", found)
    held = Fact.objects.filter(pk=pk)
    cells = cells_of("facts", frame_of("facts", held), edition_of(cycle)).row(0, named=True)
    form = FactForm(request.POST or None, cells=cells)
    if request.method == "POST" and form.is_valid() and _mended(request, found, cells, form):
        tell(request, "已更正,原来的保留。需要重新计算。", "Mended; the old version is kept. Run the cycle again.")
        newest = fact_versions(cycle, found.fact_id).first()
        return redirect("rating_fact", code, newest.pk if newest else pk)
    who = actor(request)
    origin = provenance(found)
    versions = [(each, HOW.get(each.delivery.how, Text("", ""))) for each in fact_versions(cycle, found.fact_id)]
    return page(
        request, "city/fact", cycle,
        fact=found, item=edition_of(cycle).by_code[found.indicator], enterprise=enterprise_in(cycle, found.uscc),
        form=form, versions=versions, open=found.ended_id is None and cycle.state in MENDING,
        city=isinstance(ask("rating.cycle.run", who), Allowed), origin=origin,
        hands=[(hand, _opens(who, hand.organisation)) for hand in origin.hands],
        sees_claim=bool(
            origin.declaration and isinstance(ask("rating.declaration.see", who, origin.declaration), Allowed)
        ),
        proof=[(file, refusal(who.person, file.belongs_to) is None) for file in origin.proof],
    )  # fmt: skip


def _opens(who: Actor, organisation: Organisation | None) -> bool:
    return bool(organisation) and isinstance(ask("organisations.organisation.see", who, organisation), Allowed)


def _mended(request: HttpRequest, fact: Fact, cells: dict[str, Any], form: FactForm) -> bool:
    data, who = form.cleaned_data, actor(request)
    if "end" in request.POST:
        return carried_out(form, lambda: fact_end(fact=fact, because=data["because"], actor=who, now=now()))
    changes = {name: data[name] for name in MENDABLE if data[name] != (cells[name] or "")}
    if not changes:
        form.add_error(None, both("没有改动", "nothing was changed"))
        return False
    return carried_out(
        form, lambda: fact_correct(fact=fact, changes=changes, because=data["because"], actor=who, now=now())
    )
