"""One application of an applicant: what is still to do, its project, its conditions; once sent, where it stands."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.selectors import history, moves_for, next_parties
from gongbao.cases.tables import process_of
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.support.models import Application
from gongbao.support.rules.facts import MONEY_PLACES
from gongbao.support.selectors.drafts import asked, lacking, matched, unanswered
from gongbao.support.selectors.editions import is_offered, measure_of
from gongbao.support.selectors.ledgers import ledger_rules
from gongbao.support.selectors.submission import warnings
from gongbao.support.services.drafts import draft_answer, draft_describe, draft_drop
from gongbao.support.views.applicant import GONE, own, page
from gongbao.support.views.asking import FactForm
from gongbao.support.views.wording import deadlines_of, money
from gongbao.web.forms import Form
from gongbao.web.words import said

EDIT = "support.application.edit"
INVESTORS = 5  # lines of co-investors that the form has
RELATIONS = {
    "branch": Text("分公司", "branch"),
    "subsidiary_100": Text("100%控股子公司", "subsidiary, held to 100 %"),
}
FORMS = {
    "offline": Text("线下项目", "offline project"),
    "linked": Text("线上线下联动", "online linked with offline"),
    "home_service": Text("家政线上服务平台", "online home-service platform"),
}


def back(application: Application, name: str = "own_application") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[application.applicant.uscc, application.pk]))


@never_cache
@require_safe
def show(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """A draft as a list of tasks; what was sent with what happens now, until when and under which clause."""
    application = own(request, uscc, pk, gone=True)
    if not is_offered(application):
        return render(request, "support/applicant/gone.html", {"application": application, "uscc": uscc, "why": GONE})
    if application.case is None:
        return page(request, "draft", application, **_tasks(application))
    return page(request, "status", application, **_tasks(application), **_course(request, application))


@dataclass(frozen=True)
class Task:
    """A part of the application: what is missing there, 0 when nothing."""

    part: str
    name: Text
    url_name: str
    missing: int


def _tasks(application: Application) -> dict[str, Any]:
    found = lacking(application)
    parts = [
        ("application", Text("项目和单位", "Project and applicant"), "own_application_project"),
        ("facts", Text("条件", "Conditions"), "own_application_conditions"),
        ("ledger", Text("投资明细", "Investment ledger"), "own_application_ledger"),
        ("materials", Text("材料", "Papers"), "own_application_materials"),
    ]
    has_ledger = ledger_rules(application) is not None
    tasks = [
        Task(part, name, url, sum(lack.part == part for lack in found))
        for part, name, url in parts
        if part != "ledger" or has_ledger
    ]
    return {"tasks": tasks, "lacking": found, "warnings": warnings(application, timezone.localdate())}


def _course(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What happens now, until when, under which clause; what can be done; papers and payment."""
    case, who = application.case, actor(request)
    assert case and who.person  # noqa: S101 - it was sent, and whoever sees it is logged in
    process = process_of(case.process, case.edition)
    amounts = [
        (Text("申请", "claimed"), application.claimed),
        (Text("按申报材料测算", "by the rules, as handed in"), application.assessed),
        (Text("按审计结果测算", "by the rules, after the audit"), application.audited),
        (Text("决定", "decided"), application.decided),
    ]
    return {
        "case": case,
        "next": [process.party(code).name for code in next_parties(case)],
        "running": deadlines_of(case, who.on),
        "choices": moves_for(case, who.person, who.on),
        "events": history(case),
        "papers": [step.paper for step in case.steps.exclude(paper=None).select_related("paper__file")],
        "amounts": [(words, money(fen)) for words, fen in amounts if fen is not None],
        "payments": application.payments.select_related("batch"),
        "notices": application.public_notices.all(),
    }


class ProjectForm(Form):
    """Project and account; where an investment is counted, also who invests together and how."""

    bank = forms.CharField(max_length=200)
    account = forms.RegexField(r"^[0-9 -]{6,40}$", max_length=40)
    claimed = forms.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01"), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        measure, rules = measure_of(application), ledger_rules(application)
        super().__init__(*args, initial=_initial(application), **kwargs)
        self.fields["bank"].label = said(Text("开户银行", "Bank"))
        self.fields["account"].label = said(Text("收款账号", "Account"))
        self.fields["claimed"].label = said(Text("申请资金(元)", "Amount applied for (yuan)"))
        zh, en = "列入申报汇总表;决定以审核结果为准", "for the summary table; what is decided follows the review"
        self.fields["claimed"].help_text = said(Text(zh, en))
        if measure.scope == "project":
            self.fields["project"] = forms.CharField(label=said(Text("项目名称", "Project")), max_length=200)
            self.fields["place"] = forms.CharField(label=said(Text("项目地点", "Place")), max_length=300)
            self.order_fields(["project", "place"])
        self.lines = range(1, INVESTORS + 1) if rules else range(0)
        if rules:
            self._investing(list(rules.forms), list(rules.relations))

    def _investing(self, listed: list[str], relations: list[str]) -> None:
        self.fields["project_form"] = forms.ChoiceField(
            label=said(Text("项目形式", "Form of the project")),
            choices=[(code, said(FORMS.get(code, Text(code, code)))) for code in listed],
            widget=forms.RadioSelect,
        )
        options = [("", "—"), *((code, said(RELATIONS.get(code, Text(code, code)))) for code in relations)]
        for line in self.lines:
            words = Text(f"共同投资单位 {line}", f"Co-investor {line}")
            self.fields[f"name_{line}"] = forms.CharField(label=said(words), max_length=200, required=False)
            of = Text(f"单位 {line} 与本单位的关系", f"Relation of co-investor {line}")
            self.fields[f"relation_{line}"] = forms.ChoiceField(label=said(of), choices=options, required=False)
        zh, en = "每行一个:合同对方中与本单位有关联的", "One a line: parties of contracts that are related to you"
        self.fields["related"] = forms.CharField(
            label=said(Text("关联方名称", "Names of related parties")), help_text=said(Text(zh, en)), required=False,
            max_length=4000, widget=forms.Textarea({"rows": 3}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for line in self.lines:
            if bool(given.get(f"name_{line}")) != bool(given.get(f"relation_{line}")):
                words = Text("名称和关系应同时填写", "name and relation belong together")
                self.add_error(f"name_{line}", said(words))
        return given

    def described(self) -> dict[str, Any]:
        """As draft_describe takes it."""
        given = self.cleaned_data
        names = [(given.get(f"name_{line}"), given.get(f"relation_{line}")) for line in self.lines]
        return {
            "project": given.get("project", ""),
            "place": given.get("place", ""),
            "bank": given["bank"],
            "account": given["account"],
            "claimed": "" if given.get("claimed") is None else str(given["claimed"]),
            "project_form": given.get("project_form", ""),
            "co_investors": [{"name": name, "relation": relation} for name, relation in names if name],
            "related_names": [line.strip() for line in given.get("related", "").splitlines() if line.strip()],
        }


def _initial(application: Application) -> dict[str, Any]:
    project, rules = application.project, ledger_rules(application)
    found: dict[str, Any] = {
        "project": project.name if project else "",
        "place": project.place if project else "",
        "bank": application.bank,
        "account": application.account,
        "claimed": None if application.claimed is None else from_fixed(application.claimed, MONEY_PLACES),
        "project_form": application.project_form or (rules.default_form if rules else ""),
        "related": "\n".join(application.related_names),
    }
    for line, one in enumerate(application.co_investors, 1):
        found |= {f"name_{line}": one["name"], f"relation_{line}": one["relation"]}
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Project, account, co-investors, related parties."""
    application = own(request, uscc, pk, EDIT)
    form = ProjectForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        try:
            draft_describe(application=application, actor=actor(request), now=timezone.now(), **form.described())
        except BadInput as bad:
            form.take(bad)
        except MoveRefused as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            messages.success(request, said(Text("已保存。", "Saved.")))
            return back(application)
    return page(request, "project", application, form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conditions(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Every condition met, not met or open, with its clause; asked is what is unknown, with ?all=1 everything."""
    application = own(request, uscc, pk)
    every = bool(request.GET.get("all"))
    wanted = asked(application) if every else unanswered(application)
    known = {f"{scope}.{name}": value for scope, facts in application.facts.items() for name, value in facts.items()}
    form = FactForm(request.POST or None, facts=wanted, known=known)
    if request.method == "POST":
        own(request, uscc, pk, EDIT)
        if form.is_valid() and _answered(request, application, form):
            return back(application, "own_application_conditions")
    match = matched(application, timezone.localdate())
    refused = [because for because in match.because if because.met is False]
    context: dict[str, Any] = {"form": form, "asked": wanted, "every": every, "match": match, "refused": refused}
    return page(request, "conditions", application, **context)


def _answered(request: HttpRequest, application: Application, form: FactForm) -> bool:
    try:
        draft_answer(application=application, answers=form.answers(), actor=actor(request), now=timezone.now())
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, said(refused.refused.because))
    else:
        messages.success(request, said(Text("已保存。", "Saved.")))
        return True
    return False


@require_POST
def drop(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Delete a draft that was never sent."""
    application = own(request, uscc, pk, EDIT, gone=True)
    try:
        draft_drop(application=application, actor=actor(request), now=timezone.now())
    except MoveRefused as refused:
        messages.error(request, said(refused.refused.because))
        return back(application)
    messages.success(request, said(Text("草稿已删除。", "The draft is deleted.")))
    return HttpResponseRedirect(reverse("own_support", args=[uscc]))
