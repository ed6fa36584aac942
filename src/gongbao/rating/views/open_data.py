"""Data for anybody: results as files with what proves them, and draws with what is needed to draw them again."""

import csv
import io
import json

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongbao.archive.selectors import dossier_file
from gongbao.draw.lists import EACH, draw_each
from gongbao.kernel.text import Text
from gongbao.rating.models import InspectionPlan
from gongbao.rating.selectors.downloads import csv_hash, csv_text, points_table, scores_table
from gongbao.rating.selectors.inspections import plan_entries, plan_list_csv, plan_redraw, plans_all
from gongbao.rating.selectors.public import Shown, shown_all, shown_by_code
from gongbao.web.table import Column, Table
from gongbao.web.words import day

CSV, JSON = "text/csv; charset=utf-8", "application/json"


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every published cycle with its files, and the hash that the CSV must have."""
    known = [(seen, csv_hash(scores_table(seen.run, seen.breakdown))) for seen in shown_all()]
    return render(request, "rating/public/data.html", {"known": known})


@require_safe
def points(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """uscc, indicator, points; only where the cycle shows points per indicator (I-29)."""
    seen = _published(code)
    if not seen.indicators:
        raise Http404
    return _file(csv_text(points_table(seen.run)), CSV, f"points-{code}.csv")


@require_safe
def run_json(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """What the run says about itself: standard, hashes, program, counts."""
    seen = _published(code)
    return _file(json.dumps(seen.run.about, ensure_ascii=False, indent=1), JSON, f"run-{code}.json")


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """The dossier of the cycle, which says what was published; not while a correction is on its way."""
    seen = _published(code)
    if seen.corrected:
        raise Http404
    lines = "".join(f"{line}\n" for line in dossier_file(seen.cycle.subject))
    return _file(lines, "application/x-ndjson; charset=utf-8", f"cycle-{code}.jsonl")


def _published(code: str) -> Shown:
    found = shown_by_code(code)
    if found is None:
        raise Http404
    return found


def _file(content: str, media: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every plan: those that are only committed to, too."""
    table = Table(
        caption=Text("双随机抽查", "Random inspections"),
        columns=[
            Column("purpose", Text("事项", "Purpose"), link=lambda plan: reverse("rating_draw", args=[plan.pk])),
            Column("place", Text("区、街道(乡镇)", "Place"), cell=lambda plan: plan.place.text),
            Column("cycle", Text("评价周期", "Cycle"), cell=lambda plan: plan.cycle.cycle.name, sort="cycle__code"),
            Column("made", Text("承诺", "Committed"), cell=lambda plan: day(plan.made_at), sort="made_at"),
            Column("drawn", Text("抽取", "Drawn"), cell=_drawn, sort="drawn_at"),
            Column("visits", Text("抽中", "Visits"), cell=lambda plan: plan.visits, numeric=True),
            Column("done", Text("已查", "Done"), cell=lambda plan: plan.done, numeric=True),
        ],
        rows=plans_all()
        .order_by("-pk")
        .annotate(visits=Count("inspections"), done=Count("inspections", filter=Q(inspections__done_on__isnull=False))),
        query=request.GET,
        empty=Text(
            "还没有抽查计划。区、街道(乡镇)制定计划后,名单的指纹和承诺在抽取之前就公布在这里。",
            "There is no plan yet. Once a district or street makes one, the hash of its list and its commitment stand "
            "here before anything is drawn.",
        ),
    )
    if request.GET.get("format") == "csv":
        return table.csv("draws.csv")
    return render(request, "rating/public/draws.html", {"table": table})


def _drawn(plan: InspectionPlan) -> Text | str:
    return day(plan.drawn_at) if plan.drawn_at else Text("尚未抽取", "not yet")


@require_safe
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan. Before the draw: what was committed to. After it: the secret, and every ticket worked out anew."""
    plan = get_object_or_404(plans_all(), pk=pk)
    found = {(i.uscc, i.time): i for i in plan.inspections.all()} if plan.drawn_at else {}
    tickets = [(ticket, found.get((ticket.uscc, ticket.time))) for ticket in plan_redraw(plan)]
    rates = [(grade, rate, plan.times[grade]) for grade, rate in plan.rates.items()]
    same = {(t.uscc, t.time) for t, _ in tickets if t.hit} == set(found)
    return render(request, "rating/public/draw.html", {"plan": plan, "tickets": tickets, "rates": rates, "same": same})


@require_safe
def draw_list(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The list as `gongbao draw` takes it."""
    return _file(plan_list_csv(get_object_or_404(plans_all(), pk=pk)), CSV, "list.csv")


@require_safe
def draw_result(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Every ticket as `gongbao draw verify` takes it; there is none before the draw."""
    plan = get_object_or_404(plans_all().exclude(drawn_at=None), pk=pk)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(EACH)
    write.writerows(draw_each(plan_entries(plan), plan.purpose, plan.secret, plan.parts, None))
    return _file(out.getvalue(), CSV, "result.csv")
