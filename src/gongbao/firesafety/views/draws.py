"""Draws of filings for everybody: commitments before, secrets and lists after, each ticket drawn again; notices."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.draw.lists import fingerprint
from gongbao.firesafety.models import DrawDay
from gongbao.firesafety.rules.check import MATTERS
from gongbao.firesafety.selectors.deliveries import notices_running
from gongbao.firesafety.selectors.draws import draw_day_on, draw_days, entries_of, list_csv, redraw, result_csv
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.kernel.text import Text
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import day as said_day

CSV = "text/csv; charset=utf-8"
STATES = {"revealed": Text("已公布密钥", "revealed"), "filings": Text("有备案抽取", "with filings")}


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every day: the hash of its secret stands here weeks before anything is drawn."""
    table = Table(
        caption=Text("备案抽取", "Draws of filings"),
        columns=[
            Column("day", Text("日期", "Day"), cell=lambda d: said_day(d.day), link=_url, sort="day"),
            Column(
                "committed", Text("承诺公布", "Committed"),
                cell=lambda d: said_day(d.committed_at), sort="committed_at",
            ),
            Column("revealed", Text("密钥公布", "Revealed"), cell=_revealed, sort="revealed_at"),
            Column("filings", Text("备案数", "Filings"), numeric=True, sort="filings"),
            Column("commitment", Text("承诺", "Commitment"), cell=lambda d: f"{d.commitment[:16]}…"),
        ],
        rows=draw_days(timezone.localdate()),
        query=request.GET,
        filters=[Filter("state", Text("状态", "State"), _filtered, STATES)],
        empty=Text(
            "还没有承诺。系统运行后,提前公布以后每一天的承诺。",
            "There are no commitments yet. Once the system runs, those of the coming days stand here.",
        ),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("fire-draws.csv")
    return render(request, "firesafety/public/draws.html", {"table": table, "today": timezone.localdate()})


@require_safe
def draw(request: HttpRequest, day: str) -> HttpResponse:
    """One day. Before it is over: what was committed to. After it: the secret, and every ticket worked out anew."""
    found = _of(day)
    tickets = redraw(found)
    names = {option.code: option.name for option in packaged_guide().questions[0].options}
    context: dict[str, Any] = {
        "day": found,
        "tickets": tickets,
        "same": all(one.same for one in tickets),
        "rates": [(names.get(code), rate) for code, rate in found.rates.items() if code],
        "other_rate": found.rates.get("", ""),
        "list_hash": fingerprint(entries_of(found)) if tickets else "",
        "filing": MATTERS["filing"],
    }
    return render(request, "firesafety/public/draw.html", context)


@require_safe
def draw_list(request: HttpRequest, day: str) -> HttpResponse:  # noqa: ARG001
    """The list as `gongbao draw` takes it; there is none before the day is over."""
    return _file(list_csv(_revealed_of(day)), "list.csv")


@require_safe
def draw_result(request: HttpRequest, day: str) -> HttpResponse:  # noqa: ARG001
    """Every ticket as `gongbao draw verify` takes it."""
    return _file(result_csv(_revealed_of(day)), "result.csv")


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Public notices (公告送达): which paper waits for whom, and from when it counts as delivered."""
    return render(request, "firesafety/public/notices.html", {"notices": notices_running(timezone.localdate())})


def _of(day: str) -> DrawDay:
    try:
        found = draw_day_on(date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _revealed_of(day: str) -> DrawDay:
    found = _of(day)
    if found.revealed_at is None:
        raise Http404
    return found


def _file(content: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _url(found: DrawDay) -> str:
    return reverse("fire_draw", args=[found.day.isoformat()])


def _revealed(found: DrawDay) -> Text | str:
    return said_day(found.revealed_at) if found.revealed_at else Text("当日结束后", "when the day is over")


def _filtered(rows: Any, value: str) -> Any:
    return rows.exclude(revealed_at=None) if value == "revealed" else rows.filter(filings__gt=0)
