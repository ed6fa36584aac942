"""Associations (行业协会) help: what they were asked, asking them, and what they found. They decide nothing."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.documents.forms import files_field
from gongbao.documents.selectors import files_of
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.rating.models import Declaration, HelpTask, RatingCycle
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.helping import associations_for, tasks_seen
from gongbao.rating.selectors.rows import enterprise_in, spells_of_project
from gongbao.rating.services.helping import CLAUSE, help_ask, help_report, help_withdraw
from gongbao.rating.services.rows import MENDING
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.wording import HELP
from gongbao.web.forms import DayInput, Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, due_day, said


class AskForm(Form):
    def __init__(self, *args: Any, associations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["association"] = forms.ChoiceField(
            label=both("请哪个协会协助", "Which association"),
            choices=[(str(one.pk), said(one.text)) for one in associations],
        )
        self.fields["asks"] = forms.CharField(
            label=both("需要协助的内容", "What help is needed"),
            help_text=both("核对什么、收集什么;决定不能委托", "what to check or collect; decisions are not given away"),
            widget=forms.Textarea({"rows": 4}), max_length=4000,
        )  # fmt: skip
        self.fields["due"] = forms.DateField(
            label=both("请在这一天(含)前反馈", "Report by, that day included"),
            widget=DayInput(),
        )


class ReportForm(Form):
    """version: of the task, as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    able = forms.ChoiceField(
        label=both("能否协助", "Can you help"),
        choices=[
            ("yes", both("已协助,结果如下", "yes, with this result")),
            ("no", both("不能协助,原因如下", "no, because")),
        ],
        initial="yes", widget=forms.RadioSelect,
    )  # fmt: skip
    found = forms.CharField(
        label=both("协助结果(或原因)", "What was found (or why not)"),
        help_text=both("提出请求的单位能看到,由其决定", "the office that asked reads it, and decides"),
        widget=forms.Textarea({"rows": 5}), max_length=4000,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = files_field(Text("材料", "Files"), required=False)


@require_safe
def tasks(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked of associations, for those who asked and those who were asked; what is open first."""
    cycle = cycle_of(request, code, "rating.help.list")
    who = actor(request)

    def due(task: HelpTask) -> str:
        return due_day(task.due, late=task.state == HelpTask.State.ASKED and task.due < who.on)

    table = Table(
        caption=Text("协助任务", "Tasks"),
        columns=[
            Column(
                "number", Text("编号", "Number"), cell=lambda t: t.pk, sort="pk",
                link=lambda t: reverse("rating_help_task", args=[cycle.code, t.pk]),
            ),
            Column("asks", Text("需要协助的内容", "What is asked"), cell=lambda t: t.asks[:60]),
            Column("association", Text("协会", "Association"), cell=lambda t: t.association.text, sort="association"),
            Column("office", Text("提出单位", "Asked by"), cell=lambda t: t.office.text, sort="office"),
            Column("due", Text("反馈期限", "Report by"), cell=due, sort="due"),
            Column("state", Text("状态", "State"), cell=lambda t: HELP[t.state], sort="state"),
        ],
        rows=tasks_seen(cycle, who).order_by("state", "due", "pk"),
        query=request.GET,
        filters=[Filter("state", Text("状态", "State"), lambda rows, value: rows.filter(state=value), HELP)],
        empty=Text("还没有协助任务。", "No association was asked for help yet."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv(f"help-{cycle.code}.csv")
    return page(request, "help/tasks", cycle, table=table, may=_may_ask(request, cycle), cite=CLAUSE)


def _may_ask(request: HttpRequest, cycle: RatingCycle) -> bool:
    return cycle.state in MENDING and isinstance(ask("rating.help.ask", actor(request)), Allowed)


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, code: str) -> HttpResponse:
    """Ask an association; with ?declaration= about that claim."""
    cycle = cycle_of(request, code, "rating.help.ask")
    declaration = _declaration(request, cycle)
    if declaration:
        allow(request, "rating.help.ask", declaration)
    offered = associations_for(actor(request))
    form = AskForm(request.POST or None, associations=offered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        association = next(one for one in offered if str(one.pk) == data["association"])
        made: list[HelpTask] = []
        if carried_out(
            form,
            lambda: made.append(
                help_ask(
                    cycle=cycle, association=association, asks=data["asks"], due=data["due"], actor=actor(request),
                    now=now(), declaration=declaration,
                )
            ),
        ):  # fmt: skip
            tell(request, "已请协会协助,并已通知。", "The association was asked, and told.")
            return redirect("rating_help_task", code, made[0].pk)
    return page(
        request, "help/ask", cycle,
        form=form, declaration=declaration, item=_item(cycle, declaration), cite=CLAUSE, offered=offered,
    )  # fmt: skip


def _declaration(request: HttpRequest, cycle: RatingCycle) -> Declaration | None:
    """The claim of the address; 404 for one that is not there or not to be seen."""
    wanted = request.GET.get("declaration", "")
    if not wanted:
        return None
    found = cycle.declarations.filter(pk=wanted).first() if wanted.isdecimal() else None
    if found is None:
        raise Http404
    allow(request, "rating.declaration.see", found)
    return found


def _item(cycle: RatingCycle, declaration: Declaration | None) -> Any:
    return edition_of(cycle).by_code[declaration.indicator] if declaration else None


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is asked, the claim with its proof, and the report; withdrawn by whoever asked."""
    cycle = cycle_of(request, code)
    found = get_object_or_404(cycle.help_tasks.select_related("declaration", "association", "office", "by"), pk=pk)
    allow(request, "rating.help.see", found)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    if request.method == "POST" and _done(request, found, form):
        tell(request, "已办理,对方已收到。", "Done; the other side has it.")
        return redirect("rating_help_task", code, pk)
    declaration, open_now = found.declaration, found.state == HelpTask.State.ASKED
    return page(
        request, "help/task", cycle,
        task=found, state_of_task=HELP[found.state], form=form, cite=CLAUSE, item=_item(cycle, declaration),
        late=open_now and found.due < actor(request).on, files=list(files_of(found.belongs_to)),
        proofs=list(files_of(declaration.belongs_to)) if declaration else [],
        enterprise=enterprise_in(cycle, declaration.uscc) if declaration else None,
        project=spells_of_project(cycle, declaration.project_id).last() if declaration else None,
        may_report=open_now and isinstance(ask("rating.help.report", actor(request), found), Allowed),
        may_withdraw=open_now and isinstance(ask("rating.help.withdraw", actor(request), found), Allowed),
        decides=isinstance(ask("rating.help.ask", actor(request), declaration), Allowed),
    )  # fmt: skip


def _done(request: HttpRequest, found: HelpTask, form: ReportForm) -> bool:
    who = actor(request)
    if "withdraw" in request.POST:
        version = request.POST.get("version", "")
        return version.isdecimal() and carried_out(
            form, lambda: help_withdraw(task=found, version=int(version), actor=who, now=now())
        )
    if not form.is_valid():
        return False
    data = form.cleaned_data
    files = [(str(one.name), one.read()) for one in data["files"]]
    return carried_out(
        form,
        lambda: help_report(
            task=found, version=data["version"], found=data["found"], able=data["able"] == "yes", actor=who, now=now(),
            files=files,
        ),
    )  # fmt: skip
