"""The commission's queue of objections; each opens into its case."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.cases.tables import process_of
from gongbao.kernel.text import Text
from gongbao.rating.models import Objection, State
from gongbao.rating.selectors.complaint_items import items_now
from gongbao.rating.selectors.cycles import steps_onward, window_of
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.objections import objections_in, objections_open, upheld_waiting
from gongbao.rating.services.runs import RUNNING
from gongbao.rating.views.desk import cycle_of, page, still_lacking
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import due_day, said

KINDS = {
    Objection.Kind.OBJECTION.value: Text("异议", "objection"),
    Objection.Kind.LEFT_OUT.value: Text("漏评更正", "left out"),
}


@require_safe
def objections(request: HttpRequest, code: str) -> HttpResponse:
    """All of the cycle, the newest first; open ones with their deadline."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    standard = edition_of(cycle)

    def about(objection: Objection) -> str:
        return "、".join(said(standard.by_code[item].name) for item in objection.indicators if item in standard.by_code)

    table = Table(
        caption=Text("异议和漏评更正", "Objections and requests of those left out"),
        columns=[
            Column(
                "number", Text("编号", "Number"), cell=lambda o: o.case.number, sort="case__number",
                link=lambda o: reverse("case", args=[o.case.number]),
            ),
            Column("title", Text("企业", "Enterprise"), cell=lambda o: o.case.title, sort="case__title"),
            Column("kind", Text("种类", "Kind"), cell=lambda o: KINDS[o.kind], sort="kind"),
            Column("about", Text("指标", "Items"), cell=about),
            Column("state", Text("状态", "State"), cell=_state),
            Column("due", Text("答复期限", "Answer by"), cell=_due),
        ],
        rows=objections_in(cycle),
        query=request.GET,
        filters=[
            Filter("kind", Text("种类", "Kind"), lambda rows, value: rows.filter(kind=value), KINDS),
            Filter(
                "open", Text("状态", "State"),
                lambda rows, value: rows.filter(case__ended_at__isnull=value == "open"),
                {"open": Text("办理中", "open"), "ended": Text("已办结", "ended")},
            ),
        ],
        empty=Text(
            "没有异议。初步结果发布后,企业可以在异议期内提出。",
            "There are no objections. Enterprises can object once the preliminary result is released.",
        ),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv(f"objections-{cycle.code}.csv")
    onward = steps_onward(cycle, timezone.now()) if cycle.state == State.OBJECTIONS else []
    return page(
        request, "city/objections", cycle,
        table=table, window=window_of(cycle), waiting=objections_open(cycle).count(),
        items=items_now(cycle).exists(),
        upheld=[(each, about(each)) for each in upheld_waiting(cycle)] if cycle.state in RUNNING else [],
        onward=[(step, still_lacking(cycle, step.lacks)) for step in onward],
    )  # fmt: skip


def _state(objection: Objection) -> Any:
    case = objection.case
    process = process_of(case.process, case.edition)
    track = case.tracks.first()
    return process.track(track.code).state(track.state).name if track else ""


def _due(objection: Objection) -> str:
    row = objection.case.deadlines.filter(ended_at=None).exclude(due=None).order_by("due").first()
    if row is None or row.due is None:
        return ""
    return due_day(row.due, late=row.due < timezone.localdate())
