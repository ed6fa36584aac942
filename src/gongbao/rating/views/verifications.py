"""What districts verify: standard disclosure, exit notices, separate revenue accounts."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.rating.models import Fact, RatingCycle, Spell, State
from gongbao.rating.permissions import ONLY_DISTRICT
from gongbao.rating.rules.standard import Indicator
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.rows import enterprise_in, enterprises_in, spells_in
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.services.verifications import verification_enter
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.places import districts_of
from gongbao.web.errors import NotAllowed
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both

FIRST = "disclosure"  # the one that every project needs
FOUND = {
    None: Text("未核验", "to do"),
    True: Text("规范公示", "as it should be"),
    False: Text("不规范", "not as it should be"),
}
SEEN = {"yes": Text("已核验", "verified"), "no": Text("未核验", "to do")}


@require_safe
def verifications(request: HttpRequest, code: str) -> HttpResponse:
    """The projects of the district with whoever manages them, and what was found of each."""
    cycle = cycle_of(request, code)
    names = districts_of(actor(request))
    if not names:
        raise NotAllowed(ONLY_DISTRICT)
    disclosed = _disclosed(cycle)
    managers = dict(enterprises_in(cycle).values_list("uscc", "name"))
    seen = Q(project_id__in={project for project, _ in disclosed})
    table = Table(
        caption=Text("项目", "Projects"),
        columns=[
            Column(
                "name", Text("项目", "Project"), sort="name",
                link=lambda s: reverse("rating_verify_project", args=[cycle.code, s.project_id, s.uscc]),
            ),
            Column("street", Text("街道(乡镇)", "Street"), sort="street"),
            Column("manager", Text("企业", "Enterprise"), cell=lambda s: managers.get(s.uscc, s.uscc), sort="uscc"),
            Column(
                "found", Text("信息公示", "Disclosure"), cell=lambda s: FOUND[disclosed.get((s.project_id, s.uscc))]
            ),
        ],
        rows=spells_in(cycle).filter(district__in=names),
        query=request.GET,
        filters=[
            Filter("words", Text("项目名称", "Project"), lambda rows, value: rows.filter(name__icontains=value)),
            Filter(
                "seen", Text("公示核验", "Disclosure"),
                lambda rows, value: rows.filter(seen if value == "yes" else ~seen),
                SEEN,
            ),
        ],
        empty=Text("本区还没有登记在册的项目。", "No project of the district is on file yet."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv(f"verifications-{cycle.code}.csv")
    return page(request, "district/verifications", cycle, table=table, due=source_due(cycle, "district"))


def _disclosed(cycle: RatingCycle) -> dict[tuple[str, str], bool]:
    """(project, enterprise) -> whether disclosure was found as it should be: by facts that hold, or findings here."""
    facts = Fact.objects.filter(cycle=cycle, ended=None, indicator=FIRST).values_list("project_id", "uscc")
    found = cycle.verifications.filter(indicator=FIRST).order_by("pk")
    return dict.fromkeys(((project or "", uscc) for project, uscc in facts), True) | {
        (each.project_id, each.uscc): each.counts for each in found
    }


@require_safe
def project(request: HttpRequest, code: str, project: str, uscc: str) -> HttpResponse:
    """One project with one enterprise: the items that the district verifies, and what it found so far."""
    cycle = cycle_of(request, code)
    spell = _spell(request, cycle, project, uscc)
    found = cycle.verifications.filter(project_id=project, uscc=uscc).select_related("by").order_by("pk")
    items = _items(cycle)
    latest = {each.indicator: each for each in found}
    return page(
        request, "district/verify_project", cycle,
        spell=spell, enterprise=enterprise_in(cycle, uscc), open=cycle.state == State.COLLECTING,
        items=[(item, _answers(item), latest.get(item.code)) for item in items.values()],
        found=[(items[v.indicator], dict(_answers(items[v.indicator]))["yes" if v.counts else "no"], v)
               for v in reversed(found)],
    )  # fmt: skip


class VerificationForm(Form):
    def __init__(self, *args: Any, cycle: RatingCycle, item: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counts"] = forms.ChoiceField(
            label=both("核验结果", "What was found"),
            choices=[(value, both(words.zh, words.en)) for value, words in _answers(item)],
            widget=forms.RadioSelect,
        )  # fmt: skip
        first, last = cycle.cycle.first_day, cycle.cycle.last_day
        self.fields["occurred_on"] = forms.DateField(
            label=both("核验日期(发生日期)", "Day it was seen, or happened"),
            help_text=both(f"{first} 至 {last} 之间", f"from {first} to {last}"),
            widget=DayInput(),
        )
        self.fields["note"] = forms.CharField(
            label=both("说明", "Note"),
            help_text=both("怎样核验的、看到了什么", "how it was verified, what was seen"),
            widget=forms.Textarea({"rows": 3}),
            required=False,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str, project: str, uscc: str, indicator: str) -> HttpResponse:
    """Enter what was found. A later finding takes the place of the one before."""
    cycle = cycle_of(request, code)
    spell = _spell(request, cycle, project, uscc)
    item = _items(cycle).get(indicator)
    if item is None:
        raise Http404
    form = VerificationForm(request.POST or None, cycle=cycle, item=item)
    if request.method == "POST" and form.is_valid() and _entered(request, cycle, spell, item, form):
        tell(request, f"已登记:{item.name.zh}。", f"Entered: {item.name.en}.")
        return redirect("rating_verify_project", code, project, uscc)
    enterprise = enterprise_in(cycle, uscc)
    return page(request, "district/verify", cycle, spell=spell, item=item, form=form, enterprise=enterprise)


def _entered(request: HttpRequest, cycle: RatingCycle, spell: Spell, item: Indicator, form: VerificationForm) -> bool:
    data = form.cleaned_data
    return carried_out(
        form,
        lambda: verification_enter(
            cycle=cycle, indicator=item.code, uscc=spell.uscc, project_id=spell.project_id,
            counts=data["counts"] == "yes", occurred_on=data["occurred_on"], note=data["note"],
            actor=actor(request), now=now(),
        ),
    )  # fmt: skip


def _items(cycle: RatingCycle) -> dict[str, Indicator]:
    return {item.code: item for item in edition_of(cycle).indicators if "district" in item.source}


def _answers(item: Indicator) -> list[tuple[str, Text]]:
    if item.group == "deduction":
        return [("yes", Text("存在该情形,扣分", "it is so: points are taken")), ("no", Text("不存在", "it is not so"))]
    return [
        ("yes", Text("符合要求,加分", "as it should be: points are given")),
        ("no", Text("不符合要求", "it is not")),
    ]


def _spell(request: HttpRequest, cycle: RatingCycle, project: str, uscc: str) -> Spell:
    found = spells_in(cycle).filter(project_id=project, uscc=uscc).last()
    if found is None or (districts_of(actor(request)) and found.district not in districts_of(actor(request))):
        raise Http404
    allow(request, "rating.verify", found.district)
    return found
