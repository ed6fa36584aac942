"""The queue of applications, for every office that has a part in them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, actor, allow
from gongbao.support.models import Application
from gongbao.support.permissions import MONEY, OFFICES
from gongbao.support.selectors.applications import TRACK, seen_by, waiting_for, with_states
from gongbao.support.views.wording import measure_names, money, programme_names, state_name, states
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table

NAME = Text("支持资金申请", "Applications for support")


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - what is late stands in the inbox
    """What waits for an office."""
    if who.holds(*OFFICES):
        says = Text("初审、审核、审计、公示、拨付和跟踪。", "Reviews, audits, public notices, payments and follow-up.")
        yield Work(NAME, says, reverse("support_queue"), waiting_for(who).count())


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Every application that this office sees; those that wait for it first come by the filter."""
    allow(request, "support.desk.see")
    who = actor(request)
    waiting, named = waiting_for(who), measure_names()
    table = Table(
        caption=NAME,
        columns=[
            Column(
                "number", Text("编号", "Number"), cell=lambda a: a.case.number, sort="case__number",
                link=lambda a: reverse("support_application", args=[a.case.number]),
            ),
            Column("applicant", Text("申报单位", "Applicant"), cell=lambda a: a.applicant.text, sort="applicant__name"),
            Column("project", Text("项目", "Project"), sort="project__name"),
            Column("measure", Text("支持方向", "Measure"), cell=lambda a: named(a.measure), sort="measure"),
            Column("applied", Text("申请日期", "Applied on"), cell=lambda a: a.applied_on, sort="applied_on"),
            Column("amount", Text("金额(元)", "Amount (yuan)"), cell=_amount, numeric=True),
            Column("state", Text("状态", "State"), cell=state_name),
        ],
        rows=with_states(seen_by(who)),
        query=request.GET,
        filters=[
            Filter(
                "waiting", Text("轮到", "Turn"), lambda rows, _: rows.filter(pk__in=waiting.values("pk")),
                {"me": Text("轮到本单位", "ours")},
            ),
            Filter("state", Text("状态", "State"), _in_state, states()),
            Filter("programme", Text("政策", "Programme"), _of_programme, programme_names()),
        ],
        empty=Text("没有符合条件的申请。", "There are no such applications."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("applications.csv")
    context = {"table": table, "waiting": waiting.count(), "ways": ways(who)}
    return render(request, "support/desk/queue.html", context)


def ways(who: Actor) -> list[tuple[Text, str]]:
    """The pages of the offices that are there for this person."""
    found = [(NAME, reverse("support_queue"))]
    if who.holds(*MONEY):
        found.append((Text("预算和拨付", "Budgets and payment"), reverse("support_money")))
        found.append((Text("重复资助核对", "Double funding"), reverse("support_double")))
    return found


def _in_state(rows: Any, value: str) -> Any:
    return rows.filter(case__tracks__code=TRACK, case__tracks__state=value)


def _of_programme(rows: Any, value: str) -> Any:
    return rows.filter(programme=value)


def _amount(application: Application) -> str:
    """The furthest known step of the amount."""
    known = (application.decided, application.audited, application.assessed, application.claimed)
    return money(next((amount for amount in known if amount is not None), None))
