"""Importing tables: upload, see what is wrong or what would change, import."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.rating.models import RatingCycle, State
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.rows import deliveries_of
from gongbao.rating.services.rows import MENDING
from gongbao.rating.services.uploads import upload_import, upload_keep
from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.template import write_template
from gongbao.rating.tables.vocabulary import Vocabulary
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.wording import HOW
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 500  # problems on the page; the count of all stands above them


class Several(forms.FileField):
    """One or more files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        given = data if isinstance(data, list) else [data]
        return [one(each, initial) for each in given or [None]]


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(Form):
    sent = Several(
        label=both("文件", "Files"),
        help_text=both(
            "一个按模板填写的 .xlsx,或一个至多个 .csv(enterprises、projects、complaints、facts)",
            "one .xlsx after the template, or one or more .csv (enterprises, projects, complaints, facts)",
        ),
        widget=SeveralInput({"multiple": True, "accept": ".csv,.xlsx"}),
    )


class ImportForm(Form):
    """kept: the numbers of the files that were looked at. After closing, the service asks for a reason."""

    kept = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=both("说明", "Note"), help_text=both("如来源、批次", "such as where it comes from"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, code: str) -> HttpResponse:
    """Upload, with every problem by cell, or what would change; and all that came in."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    problems: tuple[Problem, ...] = ()
    total = 0
    if request.method == "POST" and form.is_valid():
        given = [(each.name, each.read()) for each in form.cleaned_data["sent"]]
        try:
            kept, counts = upload_keep(cycle=cycle, files=given, actor=actor(request), now=now())
        except BadInput as bad:
            problems, total = bad.problems, bad.total
        else:
            ready = ImportForm(initial={"kept": ",".join(str(file.pk) for file in kept)})
            return page(request, "city/preview", cycle, form=ready, kept=kept, counts=_counts(counts))
    table = _table(request, cycle)
    if request.GET.get("format") == "csv":
        return table.csv(f"deliveries-{cycle.code}.csv")
    return page(
        request, "city/files", cycle,
        form=form, problems=problems[:SHOWN], total=total, table=table, open=cycle.state in MENDING,
        mending=cycle.state in MENDING and cycle.state != State.COLLECTING,
    )  # fmt: skip


def _counts(counts: dict[str, tuple[int, int, int]]) -> list[tuple[str, tuple[int, int, int]]]:
    names = {table.name: Text(table.zh, table.name) for table in contract()}
    return [(said(names[name]), found) for name, found in counts.items()]


@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Import what was looked at."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    form = ImportForm(request.POST)
    made: list[Any] = []
    if form.is_valid():
        numbers = [int(part) for part in form.cleaned_data["kept"].split(",") if part.isdecimal()]
        if carried_out(
            form,
            lambda: made.append(
                upload_import(
                    cycle=cycle, files=numbers, actor=actor(request), now=now(), because=form.cleaned_data["because"]
                )
            ),
        ):
            _told(request, made[0])
            return redirect("rating_files", code)
    return page(request, "city/preview", cycle, form=form, kept=(), counts=())


def _told(request: HttpRequest, delivery: Any) -> None:
    if delivery is None:
        tell(request, "文件内容与已有数据相同,没有改动。", "The files say what is on file already: nothing changed.")
    else:
        rows = sum(delivery.counts.values())
        tell(request, f"已导入 {rows} 行新的或有变化的数据。", f"{rows} new or changed rows were imported.")


@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The empty workbook of the cycle's edition."""
    standard = edition_of(cycle_of(request, code, "rating.cycle.run"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, Vocabulary.of_standard(standard), standard.title.zh)
        content = path.read_bytes()
    head = {"Content-Disposition": f'attachment; filename="rating-{code}.xlsx"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=head)


def _table(request: HttpRequest, cycle: RatingCycle) -> Table:
    parties = edition_of(cycle).parties
    names = {table.name: Text(table.zh, table.name) for table in contract()}

    def rows(delivery: Any) -> str:
        return "、".join(f"{said(names[name])} {count}" for name, count in delivery.counts.items())

    return Table(
        caption=Text("收到的数据", "What came in"),
        columns=[
            Column("at", Text("时间", "When"), cell=lambda d: day(d.at), sort="at"),
            Column("source", Text("来源", "Source"), cell=lambda d: parties.get(d.source, Text(d.source, d.source))),
            Column("how", Text("方式", "How"), cell=lambda d: HOW.get(d.how, Text(d.how, d.how)), sort="how"),
            Column("rows", Text("新增或变化", "New or changed"), cell=rows),
            Column("by", Text("提供者", "By"), cell=lambda d: d.organisation or d.client or d.by),
            Column("because", Text("说明", "Note")),
        ],
        rows=deliveries_of(cycle),
        query=request.GET,
        filters=[Filter("how", Text("方式", "How"), lambda found, value: found.filter(how=value), HOW)],
        empty=Text("还没有收到数据。请先导入企业和项目台账。", "Nothing came in yet. Import the register first."),
        per_page=20,
    )
