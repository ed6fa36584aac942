"""Awarded money as open data: a table that is filtered by its address, as CSV and as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.kernel.text import Text
from gongbao.support.models import Commitment
from gongbao.support.selectors.awards import awarded, awards
from gongbao.support.tables.answer_json import money as exact
from gongbao.support.views.wording import measure_names, money, programme_names
from gongbao.web.table import Column, Filter, Table

STATES: dict[str, Text] = {
    Commitment.State.OPEN: Text("已决定", "decided"),
    Commitment.State.WAITING: Text("待拨付", "waiting for money"),
    Commitment.State.PAID: Text("已拨付", "paid"),
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    table = _table(request)
    if request.GET.get("format") == "csv":
        return table.csv("awards.csv")
    if request.GET.get("format") == "json":
        return JsonResponse({"on": timezone.localdate().isoformat(), "awards": [_json(row) for row in table.rows]})
    total, paid = awarded(table.rows)
    context = {"table": table, "total": money(total), "paid": money(paid), "json_url": table.url(format="json")}
    return render(request, "support/public/awards.html", context)


def _table(request: HttpRequest) -> Table:
    rows, named = awards(timezone.localdate()), measure_names()
    years = {
        str(year): Text(str(year), str(year))
        for year in rows.order_by("-year").values_list("year", flat=True).distinct()
    }
    return Table(
        caption=Text("已决定的支持资金", "Awarded money"),
        columns=[
            Column("number", Text("编号", "Number"), cell=lambda c: c.application.case.number),
            Column("applicant", Text("单位", "Applicant"), cell=lambda c: c.application.applicant.text,
                   sort="application__applicant__name"),
            Column("project", Text("项目", "Project"), cell=lambda c: c.application.project),
            Column("measure", Text("支持方向", "Measure"), cell=lambda c: named(c.application.measure)),
            Column("noticed", Text("公示日期", "On notice from"), sort="noticed"),
            Column("year", Text("预算年度", "Budget year"), sort="year"),
            Column("amount", Text("金额(元)", "Amount (yuan)"), cell=lambda c: money(c.amount), sort="amount",
                   numeric=True),
            Column("state", Text("状态", "State"), cell=lambda c: STATES[c.state]),
        ],
        rows=rows,
        query=request.GET,
        filters=[
            Filter("programme", Text("政策", "Programme"), lambda found, value: found.filter(programme=value),
                   programme_names()),
            Filter("year", Text("预算年度", "Budget year"), lambda found, value: found.filter(year=value), years),
            Filter("state", Text("状态", "State"), lambda found, value: found.filter(state=value), STATES),
        ],
        empty=Text("还没有已决定的资金。公示后列在这里。", "Nothing yet: decisions stand here when on notice."),
    )  # fmt: skip


def _json(row: Commitment) -> dict[str, object]:
    application = row.application
    return {
        "number": application.case.number if application.case else "",
        "applicant": application.applicant.name,
        "uscc": application.applicant.uscc,
        "project": application.project.name if application.project else None,
        "programme": row.programme,
        "measure": application.measure,
        "noticed": row.noticed.isoformat(),  # type: ignore[attr-defined] # annotated by the selector
        "year": row.year,
        "amount": exact(row.amount),
        "state": row.state,
    }
