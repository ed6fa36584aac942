"""A population worked out in the background: handing it in, how far it is, the estimate, other numbers tried on it."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.support.rows import Population
from gongbao.support.rules.programme import Catalogue, Measure
from gongbao.support.rules.trying import Number, numbers, table_with
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.services.population_tasks import match_in_background
from gongbao.support.services.populations import (
    BUSY,
    population_delete,
    population_given_up,
    population_make,
    population_try,
    result_file,
)
from gongbao.support.views.starting import problem_words
from gongbao.web.chart import Chart, Series
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both, said

SERIES = {"sum": Text("现行", "in force"), "sum_what_if": Text("试算", "tried")}


class PopulationForm(Form):
    name = forms.CharField(
        label=both("名称", "Name"),
        help_text=both("如“2026 年 8 月名录”", "Such as: register of August"),
        max_length=200,
    )
    on = forms.DateField(
        label=both("申报日", "Day of application"),
        help_text=both("按这一天的政策和条件测算", "Worked out by the programmes and conditions of that day"),
        widget=DayInput(),
    )
    register = forms.FileField(
        label=both("ZIP 文件,或 entities 表", "A ZIP, or the table entities"),
        help_text=both(
            "ZIP 内有 entities、projects 两张表;CSV 或 Parquet,列名同 gongbao support facts",
            "The ZIP holds entities and projects; CSV or Parquet, columns as in gongbao support facts",
        ),
        widget=forms.FileInput({"accept": ".zip,.csv,.parquet"}),
    )
    projects = forms.FileField(
        label=both("projects 表", "The table projects"),
        help_text=both("上面不是 ZIP 时才要", "Only where the file above is no ZIP"),
        widget=forms.FileInput({"accept": ".csv,.parquet"}),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def populations(request: HttpRequest) -> HttpResponse:
    """One's own populations, and a new one."""
    allow(request, "support.population.make")
    form = PopulationForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        files = [(file.name, file) for file in (told["register"], told["projects"]) if file]
        try:
            made = population_make(
                name=told["name"], files=files, on=told["on"], actor=actor(request), now=timezone.now()
            )
        except BadInput as bad:
            form.add_error("register", problem_words(bad))
        else:
            match_in_background.enqueue(made.pk)
            return redirect("support_population", pk=made.pk)
    own = Population.objects.filter(by=actor(request).person, origin=None)
    context = {"form": form, "populations": own}
    return render(request, "support/desk/populations.html", context, status=422 if form.errors else 200)


def _population(request: HttpRequest, pk: int) -> Population:
    allow(request, "support.population.make")
    found = get_object_or_404(Population.objects.select_related("origin"), pk=pk)
    allow(request, "support.population.see", found)
    return found


@require_safe
def population(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; when it is done, the estimate per measure and year."""
    return render(request, "support/desk/population.html", _context(_population(request, pk)))


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every two seconds by the page. Done: the page loads anew."""
    found = _population(request, pk)
    answer = render(request, "support/desk/parts/population_busy.html", {"population": found})
    if found.state not in BUSY:
        answer["HX-Refresh"] = "true"
    return answer


def _context(found: Population) -> dict[str, Any]:
    known = catalogue_on(found.on)
    rows = [_row(row, known) for row in found.estimate]
    return {
        "population": found,
        "busy": found.state in BUSY,
        "given_up": population_given_up(found, timezone.now()),
        "seconds": f"{found.about.get('milliseconds', 0) / 1000:.1f}",
        "problems": [said(Text(one["zh"], one["en"])) for one in found.problems],
        "rows": rows,
        "totals": {key: f"{sum((row[key] or 0) for row in rows):,.2f}" for key in ("sum", "sum_what_if", "difference")},
        "chart": _chart(rows, tried=bool(found.what_if)) if rows else None,
        "tables": ("estimate", "matches"),
        "tried": [(known.by_code[code].name, known.by_code[code], table) for code, table in found.what_if.items()
                  if code in known.by_code],
        "programmes": [one for one in known.programmes if any(measure.amount for measure in one.measures)],
        "tries": found.tries.all(),
    }  # fmt: skip


def _row(row: dict[str, str | None], known: Catalogue) -> dict[str, Any]:
    code = str(row["code"])
    money = {key: Decimal(value) if (value := row.get(key)) else None for key in ("sum", "sum_what_if", "difference")}
    measure = known.by_code.get(code)
    return {**row, **money, "name": measure.name if measure else Text(code, code)}


def _chart(rows: list[dict[str, Any]], *, tried: bool) -> Chart:
    """What each measure would give over all years, in whole yuan."""
    keys = ("sum", "sum_what_if") if tried else ("sum",)
    names: dict[str, Text] = {row["code"]: row["name"] for row in rows if any(row[key] for key in keys)}
    sums = {key: Counter[str]() for key in keys}
    for row in rows:
        for key in keys:
            sums[key][row["code"]] += int(row[key] or 0)
    most = max(names, key=lambda code: sums["sum"][code], default="")
    title = (
        Text(f"{names[most].zh}估算资金最多", f"{names[most].en} would take the most")
        if most
        else Text("没有可以估算的金额", "There is no amount to estimate")
    )
    series = [Series(SERIES[key], [sums[key][code] for code in names]) for key in keys]
    return Chart(title, list(names.values()), series, Text("元", "yuan"))


@require_safe
def download(request: HttpRequest, pk: int, table: str) -> HttpResponseBase:
    """A table of the result, as the command writes it."""
    found = _population(request, pk)
    if table not in ("matches", "estimate") or found.state != Population.State.DONE:
        raise Http404
    path = result_file(found, table)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Other rates, limits and sums of a programme on this population."""
    origin = _population(request, pk)
    programme = next((one for one in catalogue_on(origin.on).programmes if one.id == key), None)
    if programme is None or origin.origin is not None:
        raise Http404
    form = TryForm([measure for measure in programme.measures if measure.amount], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = population_try(origin=origin, what_if=form.tables(), actor=actor(request), now=timezone.now())
        except BadInput as bad:
            form.take_by_measure(bad)
        else:
            match_in_background.enqueue(made.pk)
            return redirect("support_population", pk=made.pk)
    context = {"population": origin, "programme": programme, "form": form}
    return render(request, "support/desk/population_try.html", context, status=422 if form.errors else 200)


class TryForm(Form):
    """A field for each number of each measure; it begins with what is in force."""

    def __init__(self, measures: list[Measure], data: Any = None) -> None:
        super().__init__(data)
        self.measures = measures
        self.known: dict[str, tuple[Measure, Number]] = {}
        for measure in measures:
            for number in numbers(measure.amount) if measure.amount else ():
                name = f"{measure.code}|{number.path}"
                self.known[name] = measure, number
                self.fields[name] = forms.CharField(
                    label=said(number.label),
                    initial=number.value,
                    required=number.path != "cap",
                    widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
                    max_length=30,
                )

    @property
    def groups(self) -> list[tuple[Measure, list[Any]]]:
        """The fields of each measure."""
        return [
            (measure, [self[name] for name, (of, _) in self.known.items() if of.code == measure.code])
            for measure in self.measures
        ]

    def tables(self) -> dict[str, Any]:
        """The rules of the measures of which a number was changed."""
        changed: dict[str, dict[str, str]] = {}
        for name, (measure, number) in self.known.items():
            value = self.cleaned_data[name].replace(",", "").replace(",", "").strip()
            if value != number.value:
                changed.setdefault(measure.code, {})[number.path] = value
        by_code = {measure.code: measure for measure in self.measures}
        return {
            code: table_with(amount, values) for code, values in changed.items() if (amount := by_code[code].amount)
        }

    def take_by_measure(self, bad: BadInput) -> None:
        """Problems at the first number of their measure, else above."""
        for problem in bad.problems:
            at = next((name for name, (measure, _) in self.known.items() if measure.code == problem.column), None)
            self.add_error(at, said(Text(problem.expected, problem.expected_en)))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = _population(request, pk)
    try:
        population_delete(population=found, actor=actor(request), now=timezone.now())
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
        return redirect("support_population", pk=pk)
    messages.success(request, said(Text("已删除,文件也已删除。", "Deleted, with its files.")))
    return redirect("support_populations")
