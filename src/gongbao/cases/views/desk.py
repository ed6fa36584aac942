"""What waits for a person, and for supervisors what is late."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongbao.cases.models import CaseDeadline, Part
from gongbao.cases.selectors import cases_of, deadlines_overdue, inbox_counts, notices_of, parts_of, process_names
from gongbao.cases.selectors import inbox as inbox_of
from gongbao.cases.tables import process_of
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import day, due_day


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - the registry's signature
    """The entries of the desk: cases and notices of a person, what is late for supervisors, calendar and settings."""
    if who.person is None:
        return
    counts = inbox_counts(who.person, who.on)
    if parts_of(who.person, who.on).exists():
        says = Text("等待您办理的事项,按期限排列。", "What waits for you, by its deadline.")
        yield Work(Text("待办事项", "Cases"), says, reverse("inbox"), counts.waiting, counts.overdue)
    if notices_of(who.person).exists():
        unread = notices_of(who.person, unread=True).count()
        yield Work(Text("通知", "Notices"), Text("未读通知。", "What you were told."), reverse("notices"), unread)
    if isinstance(ask("cases.overdue.see", who), Allowed):
        late = deadlines_overdue(who.on, *_tops(who)).count()
        says = Text("已过期限、尚未办理的事项。", "What should have been done by now.")
        yield Work(Text("逾期事项", "Overdue cases"), says, reverse("overdue"), late, late)
    if isinstance(ask("cases.calendar.load", who), Allowed):
        says = Text("载入新一年的节假日安排。", "Load the holidays of a new year.")
        yield Work(Text("工作日历", "Calendar"), says, reverse("calendar"))
    if isinstance(ask("cases.settings.change", who), Allowed):
        says = Text("可以调整的期限:查看依据和默认值,调整。", "Periods that can be set: see their basis, change them.")
        yield Work(Text("流程设置", "Settings of processes"), says, reverse("process_settings"))


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the most urgent first."""
    allow(request, "organisations.desk.see")
    who = actor(request)
    assert who.person  # noqa: S101 - the permission above
    table = Table(
        caption=Text("待办事项", "Cases"),
        columns=[
            Column("number", Text("编号", "Number"), cell=lambda p: p.case.number, link=_case_of),
            Column("title", Text("名称", "Title"), cell=lambda p: p.case.title, sort="case__title"),
            Column("process", Text("流程", "Process"), cell=lambda p: _process(p).name),
            Column("party", Text("您的身份", "You act as"), cell=lambda p: _process(p).party(p.party).name),
            Column("due", Text("期限", "Due"), cell=lambda p: _due(p, who), sort="due"),
        ],
        rows=inbox_of(who.person, who.on),
        query=request.GET,
        filters=[
            Filter(
                "process", Text("流程", "Process"),
                lambda rows, value: rows.filter(case__process=value), process_names(),
            ),
            Filter(
                "due", Text("期限", "Due"),
                lambda rows, value: rows & inbox_of(who.person, who.on, **{value: True}),  # type: ignore[arg-type]
                {"overdue": Text("已逾期", "overdue"), "soon": Text("即将到期", "soon")},
            ),
            Filter(
                "words", Text("名称", "Title"),
                lambda rows, value: rows.filter(case__title__icontains=value),
            ),
        ],
        empty=Text(
            "现在没有等待您办理的事项。有新的事项时会通知您。",
            "Nothing waits for you now. You will be told when something does.",
        ),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("cases.csv")
    return render(request, "cases/inbox.html", {"table": table, "counts": inbox_counts(who.person, who.on)})


@require_safe
def all_cases(request: HttpRequest) -> HttpResponse:
    """Every case that this person has a part in, those that have ended too, the newest first."""
    allow(request, "organisations.desk.see")
    who = actor(request)
    assert who.person  # noqa: S101 - the permission above
    table = Table(
        caption=Text("全部事项", "All cases"),
        columns=[
            Column("number", Text("编号", "Number"), sort="pk", link=lambda c: reverse("case", args=[c.number])),
            Column("title", Text("名称", "Title"), sort="title"),
            Column("process", Text("流程", "Process"), cell=lambda c: process_of(c.process, c.edition).name),
            Column("opened", Text("开始", "Opened"), cell=lambda c: day(c.opened_at), sort="opened_at"),
            Column("ended", Text("办结", "Ended"), cell=lambda c: c.ended_at and day(c.ended_at), sort="ended_at"),
        ],
        rows=cases_of(who.person, who.on),
        query=request.GET,
        filters=[
            Filter(
                "process", Text("流程", "Process"),
                lambda rows, value: rows.filter(process=value), process_names(),
            ),
            Filter("words", Text("名称", "Title"), lambda rows, value: rows.filter(title__icontains=value)),
        ],
        empty=Text("您还没有参与任何事项。", "You have no part in any case yet."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("cases.csv")
    return render(request, "cases/all.html", {"table": table})


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """For supervisors: what is late in their territory, the oldest first."""
    allow(request, "cases.overdue.see")
    who = actor(request)
    table = Table(
        caption=Text("逾期事项", "Overdue cases"),
        columns=[
            Column("number", Text("编号", "Number"), cell=lambda d: d.case.number, link=_case_of),
            Column("title", Text("名称", "Title"), cell=lambda d: d.case.title, sort="case__title"),
            Column("what", Text("应办理", "What"), cell=lambda d: _rule(d).name),
            Column("who", Text("由谁办理", "By whom"), cell=lambda d: _bound(d)),
            Column("due", Text("期限", "Due"), cell=lambda d: day(d.due), sort="due"),
            Column("cite", Text("依据", "Clause"), cell=lambda d: d.cite),
        ],
        rows=deadlines_overdue(who.on, *_tops(who)),
        query=request.GET,
        filters=[
            Filter(
                "process", Text("流程", "Process"),
                lambda rows, value: rows.filter(case__process=value), process_names(),
            )
        ],
        empty=Text("没有逾期的事项。", "Nothing is overdue."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("overdue.csv")
    return render(request, "cases/overdue.html", {"table": table})


def _tops(who: Actor) -> list[Any]:
    """The places that a supervisor answers for."""
    return [post.organisation.parent or post.organisation for post in who.posts if post.role == "supervisor"]


def _case_of(row: Part | CaseDeadline) -> str:
    return reverse("case", args=[row.case.number])


def _process(part: Part) -> Any:
    return process_of(part.case.process, part.case.edition)


def _rule(deadline: CaseDeadline) -> Any:
    return process_of(deadline.case.process, deadline.case.edition).deadline(deadline.code)


def _bound(deadline: CaseDeadline) -> str:
    return next((p.organisation.name for p in deadline.case.parts.all() if p.party == deadline.of), "")


def _due(part: Part, who: Actor) -> str:
    if part.due is None:
        return ""
    return due_day(part.due, late=part.due < who.on)
