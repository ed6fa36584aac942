"""For anybody: a place and whether it may open, all places, published decisions, figures and files of data."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongbao.firesafety.models import FIRE, HOUSING, Place, Publication
from gongbao.firesafety.rules.checklist import sections_for
from gongbao.firesafety.rules.figures import COURSES, STEPS, Row, figures
from gongbao.firesafety.rules.opening import ANSWERS
from gongbao.firesafety.selectors.drafts import districts_all
from gongbao.firesafety.selectors.figures import case_facts, years
from gongbao.firesafety.selectors.open_data import rows_json
from gongbao.firesafety.selectors.public import (
    decisions_published,
    place_public,
    places_found,
    public_place,
    public_places,
)
from gongbao.firesafety.tables.guides import packaged_checklist
from gongbao.firesafety.views.forms import kinds
from gongbao.firesafety.views.open_data import csv_response
from gongbao.kernel.text import Text
from gongbao.web.chart import Chart, Series
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import day

PARTIES = {
    HOUSING: Text("住房城乡建设部门", "housing authority"),
    FIRE: Text("消防监管部门", "fire authority"),
}
MATTERS = {
    HOUSING: Text("消防验收或备案", "Fire acceptance or filing"),
    FIRE: Text("营业前消防安全检查", "Fire-safety inspection before opening"),
}
OUTCOMES = {
    "approve": Text("同意(合格)", "consented (passed)"),
    "certify": Text("已备案,未抽中", "filed, not drawn"),
    "certify_drawn": Text("已备案,抽中", "filed, drawn"),
    "refuse": Text("不同意(不合格)", "refused"),
    "barred": Text("不同意,无法进入", "refused, entry was barred"),
    "stop": Text("停止使用,整改", "stop, to be remedied"),
    "close_failed": Text("不合格办结", "closed as failed"),
}
STATES = {
    "valid": Text("有效", "valid"),
    "replaced": Text("已被替换", "replaced"),
    "annulled": Text("已撤销", "annulled"),
    "revoked": Text("已吊销", "revoked"),
}


def place_url(place: Place) -> str:
    return reverse("fire_place", args=[place.case.number if place.case else ""])


def _district(place: Place) -> Text | str:
    return place.application.district.text if place.application.district else ""


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The search for places; without words, the newest."""
    words = request.GET.get("q", "").strip()[:100]
    areas = {one.code: one.text for one in districts_all()}
    answers = dict[int, Text]()  # of the rows that are written
    table = Table(
        caption=Text("公众聚集场所", "Public gathering places"),
        columns=[
            Column("name", Text("场所", "Place"), link=place_url, sort="name"),
            Column("address", Text("地址", "Address"), cell=lambda one: one.address or one.application.address),
            Column("district", Text("区", "District"), cell=_district, sort="application__district__code"),
            Column("kind", Text("类型", "Kind"), cell=lambda one: kinds().get(one.kind, one.kind)),
            Column(
                "opening",
                Text("能不能营业", "May it open?"),
                cell=lambda one: answers[one.pk],
            ),
        ],
        rows=places_found(words),
        query=request.GET,
        filters=[
            Filter(
                "district", Text("区", "District"), lambda rows, v: rows.filter(application__district__code=v), areas
            ),
            Filter("kind", Text("类型", "Kind"), lambda rows, v: rows.filter(kind=v), kinds()),
        ],
        empty=Text("还没有协同办理的场所。", "No place has been handled jointly yet."),
        per_page=20,
    )
    whole = request.GET.get("format") == "csv"
    for one in public_places(table.rows if whole else table.page):
        answers[one.place.pk] = ANSWERS[one.opening.answer]
    if whole:
        return table.csv("places.csv")
    return render(request, "firesafety/public/front.html", {"table": table, "words": words})


@require_safe
def place(request: HttpRequest, number: str) -> HttpResponse:
    """One place: may it open, why, both decisions."""
    found = place_public(number)
    if found is None:
        raise Http404
    seen = public_place(found)
    matters = [(MATTERS[one.party], one, [_decision(d) for d in one.decisions]) for one in seen.matters]
    context: dict[str, Any] = {
        "place": found,
        "kind": kinds().get(found.kind, found.kind),
        "opening": seen.opening,
        "answer": ANSWERS[seen.opening.answer],
        "matters": matters,
        "drawing": getattr(found, "drawing", None),
    }
    return render(request, "firesafety/public/place.html", context)


def _decision(one: Publication) -> dict[str, Any]:
    return {"row": one, "outcome": OUTCOMES[one.step.move], "state": STATES[one.paper.state]}


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision that was published, the newest first."""
    areas = {one.code: one.text for one in districts_all()}
    table = Table(
        caption=Text("决定公示", "Published decisions"),
        columns=[
            Column(
                "published", Text("公示日", "Published"), cell=lambda one: day(one.published_on), sort="published_on"
            ),
            Column(
                "place", Text("场所", "Place"), cell=lambda one: one.place.name, link=lambda one: place_url(one.place)
            ),
            Column("party", Text("决定机关", "Authority"), cell=lambda one: one.paper.issuer),
            Column("outcome", Text("结果", "Outcome"), cell=lambda one: OUTCOMES[one.step.move]),
            Column("decided", Text("决定日", "Decided"), cell=lambda one: day(one.decided_on), sort="decided_on"),
            Column(
                "code",
                Text("核验码", "Check code"),
                cell=lambda one: one.paper.code,
                link=lambda one: f"{reverse('papers')}?code={one.paper.code}",
            ),
            Column("state", Text("效力", "Holds"), cell=lambda one: STATES[one.paper.state]),
        ],
        rows=decisions_published(),
        query=request.GET,
        filters=[
            Filter("party", Text("机关", "Authority"), lambda rows, v: rows.filter(party=v), PARTIES),
            Filter(
                "district",
                Text("区", "District"),
                lambda rows, v: rows.filter(place__application__district__code=v),
                areas,
            ),
        ],
        empty=Text("还没有公示的决定。", "No decision is published yet."),
    )
    if request.GET.get("format") == "csv":
        return table.csv("decisions.csv")
    return render(request, "firesafety/public/decisions.html", {"table": table})


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Cases by course, days used, share within time, by district; and all of it as files."""
    known = years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in known else None
    rows = figures(case_facts(year))
    names = {one.code: one.text for one in districts_all()}
    whole, districts = rows[0], rows[1:]
    context: dict[str, Any] = {
        "year": year,
        "years": known,
        "whole": whole,
        "courses": [(COURSES[course], number) for course, number in whole.courses],
        "used": [(STEPS[one.step], one) for one in whole.used],
        "districts": [(names.get(row.district, Text(row.district, row.district)), row) for row in districts],
        "charts": _charts(whole, districts, names) if whole.cases else [],
    }
    return render(request, "firesafety/public/figures.html", context)


def _charts(whole: Row, districts: tuple[Row, ...], names: dict[str, Text]) -> list[Chart]:
    courses = [(COURSES[course], number) for course, number in whole.courses if number]
    charts = [
        Chart(
            Text("事项走了哪种流程", "Which course the cases took"),
            [name for name, _ in courses],
            [Series(Text("件数", "Cases"), [number for _, number in courses])],
            Text("件", "cases"),
        )
    ]
    if whole.used:
        charts.append(
            Chart(
                Text("每一步用了几个工作日", "Working days that each step took"),
                [STEPS[one.step] for one in whole.used],
                [
                    Series(Text("中位数", "median"), [one.median for one in whole.used]),
                    Series(Text("最长", "longest"), [one.longest for one in whole.used]),
                ],
                Text("个工作日", "working days"),
            )
        )
    if districts:
        charts.append(
            Chart(
                Text("各区办理的件数", "Cases by district"),
                [names.get(row.district, Text(row.district, row.district)) for row in districts],
                [Series(Text("件数", "Cases"), [row.cases for row in districts])],
                Text("件", "cases"),
            )
        )
    return charts


@require_safe
def data(request: HttpRequest, name: str, ending: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Open data: places, decisions, figures; csv or json, the same rows."""
    found = rows_json(name)
    if found is None or ending not in ("csv", "json"):
        raise Http404
    if ending == "csv":
        return csv_response(name, found)
    named = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=named)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """What each authority looks at during a visit."""
    shown = [
        (MATTERS[party], matter, sections_for(packaged_checklist(), party, matter))
        for party, matter in ((HOUSING, "acceptance"), (FIRE, ""))
    ]
    return render(request, "firesafety/public/lists.html", {"lists": shown})
