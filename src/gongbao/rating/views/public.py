"""Published results, for anybody: search, enterprises, estates, comparison, districts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongbao.kernel.text import Text
from gongbao.rating.models import Score, Spell
from gongbao.rating.selectors.public import (
    Shown,
    breakdown,
    managed,
    shown,
    shown_all,
    shown_by_code,
    side_by_side,
)
from gongbao.rating.selectors.results import compare as compared
from gongbao.rating.selectors.results import district_table, history_of, score_of
from gongbao.rating.selectors.results import search as search_in
from gongbao.rating.selectors.rows import spells_of, spells_of_project
from gongbao.rating.templatetags.rating_points import score as written
from gongbao.web.chart import Chart, Series
from gongbao.web.table import Column, Filter, Table

FEW, MOST_COMPARED, WORDS = 8, 5, 100


def seen_in(request: HttpRequest) -> Shown:
    """The published cycle that the address asks for, the newest one otherwise. Raises Http404."""
    found = shown_by_code(request.GET.get("cycle", ""))
    if found is None:
        raise Http404
    return found


def words_in(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:WORDS]


def page(request: HttpRequest, template: str, seen: Shown | None, **context: Any) -> HttpResponse:
    """A page of a published cycle; `shown` are all that could be looked at instead."""
    return render(request, f"rating/public/{template}.html", {"seen": seen, "cycles": shown_all(), **context})


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The search box, and below it what it found: estates with their company, and enterprises."""
    if not request.GET.get("cycle") and not shown_by_code(""):
        return page(request, "front", None, words="")
    seen, words = seen_in(request), words_in(request)
    table = _enterprises(request, seen, words)
    if request.GET.get("format") == "csv":
        return table.csv(f"rating-{seen.cycle.code}.csv")
    found = managed(seen, words) if words else None
    context = {"estates": found[:FEW] if found is not None else [], "more": found.count() > FEW if found else False}
    return page(request, "front", seen, words=words, table=table, **context)


def _enterprises(request: HttpRequest, seen: Shown, words: str) -> Table:
    districts = seen.run.scores.order_by("district").values_list("district", flat=True).distinct()
    columns = [
        Column("rank", Text("名次", "Rank"), sort="rank", numeric=True),
        Column("name", Text("企业", "Enterprise"), sort="name", link=lambda s: enterprise_url(seen, s.uscc)),
        Column("grade", Text("等级", "Grade"), sort="grade"),
        Column("score", Text("得分", "Score"), cell=lambda s: written(s.score), sort="score", numeric=True),
        Column("projects", Text("项目数", "Projects"), sort="projects", numeric=True),
        Column("district", Text("注册区", "District"), sort="district"),
    ]
    return Table(
        caption=Text("参评企业", "Rated enterprises"),
        columns=[column for column in columns if seen.scores or column.name != "score"],
        rows=search_in(seen.run, words),
        query=request.GET,
        filters=[
            Filter(
                "grade", Text("等级", "Grade"), lambda rows, value: rows.filter(grade=value),
                {grade: Text(f"{grade}级", f"grade {grade}") for grade in seen.grades},
            ),
            Filter(
                "district", Text("注册区", "District"), lambda rows, value: rows.filter(district=value),
                {name: Text(name, name) for name in districts},
            ),
        ],
        empty=Text(
            "没有找到这个名称的企业。请试试名称中的几个字、小区名、街道名或统一社会信用代码。",
            "No enterprise of that name. Try a part of its name, of an estate's or a street's, or its credit code.",
        ),
    )  # fmt: skip


def enterprise_url(seen: Shown, uscc: str) -> str:
    return f"{reverse('rating_enterprise', args=[uscc])}?cycle={seen.cycle.code}"


def estate_url(seen: Shown, project: str) -> str:
    return f"{reverse('rating_estate', args=[project])}?cycle={seen.cycle.code}"


@require_safe
def enterprise(request: HttpRequest, uscc: str) -> HttpResponse:
    """Grade and score, what brought them, and the cycles before."""
    history = history_of(uscc)
    if not history:
        raise Http404
    newest = request.GET.get("cycle") or history[0].run.cycle.code
    seen = shown_by_code(newest)
    if seen is None:
        raise Http404
    past = [(score, known) for score in history if (known := shown(score.run.cycle))]
    context = {
        "name": history[0].name,
        "uscc": uscc,
        "score": score_of(seen.run, uscc),
        "groups": breakdown(seen, uscc),
        "history": past,
        "chart": _course(past),
        "spells": spells_of(seen.cycle, uscc).order_by("district", "name"),
    }
    return page(request, "enterprise", seen, **context)


def _course(past: list[tuple[Score, Shown]]) -> Chart | None:
    """The score over the cycles, where there are two at least that show it."""
    told = [(score, seen) for score, seen in reversed(past) if seen.scores]
    if len(told) < 2:
        return None
    first, last = told[0][0].score, told[-1][0].score
    rose = (
        Text("上升", "risen") if last > first else Text("下降", "fallen") if last < first else Text("持平", "unchanged")
    )
    title = Text(
        f"得分由 {written(first)} 变为 {written(last)},{rose.zh}",
        f"The score went from {written(first)} to {written(last)}: {rose.en}",
    )
    values = [round(score.score / 10_000, 2) for score, _ in told]  # for the eye alone
    labels = [seen.cycle.cycle.name for _, seen in told]
    return Chart(title, labels, [Series(Text("得分", "Score"), values)], Text("分", "points"), "line")


@require_safe
def estates(request: HttpRequest) -> HttpResponse:
    """Every estate that the words find, with its company."""
    seen, words = seen_in(request), words_in(request)
    table = Table(
        caption=Text("小区和物业服务企业", "Estates and who manages them"),
        columns=[
            Column("name", Text("小区", "Estate"), sort="name", link=lambda s: estate_url(seen, s.project_id)),
            Column("company", Text("物业服务企业", "Managed by"), sort="company", link=_company_of(seen)),
            Column("grade", Text("等级", "Grade"), sort="grade"),
            Column("street", Text("街道(乡镇)", "Street or township"), sort="street"),
            Column("district", Text("区", "District"), sort="district"),
        ],
        rows=managed(seen, words),
        query=request.GET,
        empty=Text("没有找到这个小区。", "No such estate was found."),
    )
    if request.GET.get("format") == "csv":
        return table.csv(f"estates-{seen.cycle.code}.csv")
    return page(request, "estates", seen, words=words, table=table)


def _company_of(seen: Shown) -> Any:
    return lambda spell: enterprise_url(seen, spell.uscc)


@require_safe
def estate(request: HttpRequest, project: str) -> HttpResponse:
    """Who manages an estate, with which grade, and who did before."""
    seen = seen_in(request)
    spells = list(spells_of_project(seen.cycle, project))
    if not spells:
        raise Http404
    rated = {score.uscc: score for score in seen.run.scores.filter(uscc__in={spell.uscc for spell in spells})}
    last = seen.cycle.cycle.last_day
    told: list[tuple[Spell, Score | None, bool]] = [
        (spell, rated.get(spell.uscc), spell.managed_from <= last and (spell.managed_until or last) >= last)
        for spell in reversed(spells)
    ]
    return page(request, "estate", seen, estate=spells[-1], spells=told)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to five enterprises side by side; they stand in the address."""
    seen, words = seen_in(request), words_in(request)
    codes = list(dict.fromkeys(request.GET.getlist("uscc")))[:MOST_COMPARED]
    columns = compared(seen.run, codes)
    held = [score.uscc for score, _ in columns]
    offered = search_in(seen.run, words).exclude(uscc__in=held)[:FEW] if words else []
    context = {
        "words": words,
        "columns": [(score, _address(seen, [code for code in held if code != score.uscc])) for score, _ in columns],
        "lines": side_by_side(seen.standard, [points for _, points in columns]) if seen.indicators else [],
        "offered": [(score, _address(seen, [*held, score.uscc])) for score in offered],
        "full": len(held) >= MOST_COMPARED,
    }
    return page(request, "compare", seen, held=held, **context)


def _address(seen: Shown, codes: list[str]) -> str:
    query = "&".join([f"cycle={seen.cycle.code}", *(f"uscc={code}" for code in codes)])
    return f"{reverse('rating_compare')}?{query}"


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The grades by district, as a table, with a chart of the share of A and B."""
    seen = seen_in(request)
    rows = district_table(seen.run)
    return page(request, "districts", seen, rows=rows, chart=_best(seen, rows) if rows else None)


def _best(seen: Shown, rows: list[Any]) -> Chart:
    ordered = sorted(rows, key=lambda row: (-seen.share_of_best(row), row.district))
    shares = [seen.share_of_best(row) for row in ordered]
    zh, en = "、".join(seen.best), " and ".join(seen.best)
    title = Text(
        f"{zh}级企业占比最高的是{ordered[0].district}({shares[0]}%)",
        f"The share of grades {en} is highest in {ordered[0].district} ({shares[0]} %)",
    )
    names = [row.district for row in ordered]
    return Chart(title, names, [Series(Text(f"{zh}级企业占比", f"grades {en}"), shares)], Text("%", "%"))
