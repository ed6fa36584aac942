"""Runs of a cycle: making one, reading it, what differs between two."""

import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import because
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.rating.models import RatingCycle, Run, Score
from gongbao.rating.selectors.conditions import reviewed
from gongbao.rating.selectors.downloads import csv_text, ledger_table, scores_table
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.results import differences, migration, runs_of, scores_of
from gongbao.rating.services.run_tasks import run_in_background, run_task_newest
from gongbao.rating.services.runs import RUNNING
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.web.chart import Chart, Series
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both

BUSY = ("READY", "RUNNING")


class RunForm(Form):
    because = forms.CharField(
        label=both("说明", "Note"),
        help_text=both("如“异议成立后复算”", "such as: again after an objection was upheld"),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest, code: str) -> HttpResponse:
    """All runs, and a new one; it is worked out in the background."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    form = RunForm(request.POST or None)
    task = run_task_newest(code)
    if request.method == "POST" and form.is_valid():
        if task and task.status in BUSY:
            form.add_error(None, both("正在计算,请稍候。", "A run is under way; please wait."))
        elif lack := _hindered(cycle):
            form.add_error(None, because(lack))
        else:
            person = actor(request).person
            run_in_background.enqueue(code, person.pk if person else 0, form.cleaned_data["because"])
            tell(request, "已开始计算,完成后出现在下面。", "It has begun; the result appears below.")
            return redirect("rating_runs", code)
    listed = [(run, [(g, run.grades.get(g, 0)) for g in _grades(cycle)]) for run in runs_of(cycle)]
    return page(
        request, "city/runs", cycle,
        form=form, runs=listed, busy=_busy(cycle, task), refused=_refused(task), may=cycle.state in RUNNING,
    )  # fmt: skip


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the run under way is; asked every two seconds by the page. Done: the page loads anew."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    busy = _busy(cycle, run_task_newest(code))
    answer = page(request, "city/progress", cycle, busy=busy)
    if busy is None:
        answer["HX-Refresh"] = "true"
    return answer


def _busy(cycle: RatingCycle, task: Any) -> int | None:
    """Rows that the run under way has written; None where there is none."""
    if task is None or task.status not in BUSY:
        return None
    writing = cycle.runs.filter(whole=False).first()
    return writing.scores.count() + writing.lines.count() if writing else 0


def _hindered(cycle: RatingCycle) -> Refused | None:
    """What can be told at once; the rest is told by the run itself."""
    if cycle.state not in RUNNING:
        words = Text("截止归集之后、确定最终结果之前才能计算", "worked out after closing and before the final result")
        return Refused(words, "京建法〔2025〕2号 第十一条")
    lack = reviewed(cycle, now())
    return Refused(lack.because, lack.cite) if lack else None


def _refused(task: Any) -> str:
    """Why the newest run was not made."""
    if task is None or task.status in BUSY:
        return ""
    if task.status == "FAILED":
        return str(
            both(
                "计算没有完成,请再试一次;仍不成功的,请联系系统管理员。",
                "The run did not finish: try again, or ask an administrator.",
            )
        )
    told = task.return_value or {}
    return because(Refused(Text(told["zh"], told["en"]), told["cite"])) if "zh" in told else ""


def _grades(cycle: RatingCycle) -> list[str]:
    return [step.grade for step in edition_of(cycle).grades]


@require_safe
def run(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One run: its grades, its scores, and what differs from another (?against=)."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    found = _run(cycle, pk)
    others = [other for other in runs_of(cycle) if other.pk != found.pk]
    wanted = request.GET.get("against", "")
    against = next((other for other in others if str(other.pk) == wanted), None)
    against = against or next((other for other in others if other.pk < found.pk), None)
    table = _scores(request, cycle, found)
    if request.GET.get("format") == "csv":
        return table.csv(f"run-{found.pk}.csv")
    return page(
        request, "city/run", cycle,
        run=found, others=others, against=against, table=table, chart=_chart(found, cycle),
        second=cycle.windows.filter(run=found, round__gt=1).first(),
        moves=_moves(cycle, against, found), current=found.pk == cycle.draft_id, public=found.pk == cycle.public_id,
    )  # fmt: skip


def _run(cycle: RatingCycle, pk: int) -> Run:
    return get_object_or_404(cycle.runs, pk=pk, whole=True)


def _moves(cycle: RatingCycle, before: Run | None, after: Run) -> dict[str, Any] | None:
    if before is None:
        return None
    moved, counts = differences(before, after), migration(before, after)
    crossed = sum(number for (old, new), number in counts.items() if old != new)
    title = Text(f"{crossed} 家企业的等级有变化", f"{crossed} enterprises change their grade")
    return {
        "title": title,
        "table": migration_rows(counts, _grades(cycle)),
        "moved": [(m, _score(m.before), _score(m.after)) for m in moved[:100]],
        "number": len(moved),
    }


def migration_rows(counts: dict[tuple[str, str], int], grades: list[str]) -> tuple[list[str], list[Any]]:
    """Heads and rows: from a grade (row) to a grade (column); "" where not in that run."""
    shown = [*grades, ""] if any("" in pair for pair in counts) else grades
    return shown, [(before, [counts.get((before, after), 0) for after in shown]) for before in shown]


def _score(score: Score | None) -> str:
    return from_fixed(score.score, 4) if score else "—"


def _scores(request: HttpRequest, cycle: RatingCycle, found: Run) -> Table:
    points = [
        ("base", Text("基础", "Base")),
        ("bonus", Text("加分", "Bonus")),
        ("deduction", Text("扣分", "Deduction")),
    ]

    def fixed(name: str) -> Any:
        return lambda score: from_fixed(getattr(score, name), 4)

    return Table(
        caption=Text("得分", "Scores"),
        columns=[
            Column("rank", Text("名次", "Rank"), sort="rank", numeric=True),
            Column("name", Text("企业", "Enterprise"), sort="name"),
            Column("district", Text("区", "District"), sort="district"),
            Column("projects", Text("项目数", "Projects"), sort="projects", numeric=True),
            *[Column(name, head, cell=fixed(name), sort=name, numeric=True) for name, head in points],
            Column("score", Text("得分", "Score"), cell=fixed("score"), sort="score", numeric=True),
            Column("grade", Text("等级", "Grade"), sort="grade"),
        ],
        rows=scores_of(found),
        query=request.GET,
        filters=[
            Filter("words", Text("企业", "Enterprise"), lambda rows, value: rows.filter(name__icontains=value)),
            Filter(
                "grade", Text("等级", "Grade"), lambda rows, value: rows.filter(grade=value),
                {grade: Text(grade, grade) for grade in _grades(cycle)},
            ),
        ],
        empty=Text("没有参评企业。", "Nobody was rated."),
    )  # fmt: skip


def _chart(found: Run, cycle: RatingCycle) -> Chart:
    grades = _grades(cycle)
    return Chart(
        Text(f"{found.enterprises} 家企业参评", f"{found.enterprises} enterprises were rated"),
        grades,
        [Series(Text("企业", "enterprises"), [found.grades.get(grade, 0) for grade in grades])],
        Text("家", "number"),
    )


@require_safe
def run_file(request: HttpRequest, code: str, pk: int, name: str) -> HttpResponse:
    """scores.csv, ledger.csv, run.json: as `gongbao rate` writes them."""
    found = _run(cycle_of(request, code, "rating.cycle.run"), pk)
    if name == "scores.csv":
        text, kind = csv_text(scores_table(found)), "text/csv"
    elif name == "ledger.csv":
        text, kind = csv_text(ledger_table(found)), "text/csv"
    elif name == "run.json":
        text, kind = json.dumps(found.about, ensure_ascii=False, indent=1), "application/json"
    else:
        raise Http404
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=head)
