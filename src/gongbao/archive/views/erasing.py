"""Erasing personal values: find the dossier, look at its entries, choose, look again, erase. The chain holds."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.archive.forms import EraseForm
from gongbao.archive.models import Dossier, Entry
from gongbao.archive.selectors import (
    dossier_entries,
    dossier_failures,
    dossiers_with_values,
    personal_values,
    sealed_fields,
)
from gongbao.archive.services import personal_erase
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import day, said

ERASED = "personal.erased"


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - the registry's signature
    if isinstance(ask("archive.personal.erase", who), Allowed):
        says = Text("核验档案,依申请或期满删除个人信息。", "Verify dossiers; erase personal values when asked or due.")
        yield Work(Text("档案与个人信息", "Dossiers and personal values"), says, reverse("dossiers"))


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every dossier, with how many personal values it holds."""
    allow(request, "archive.personal.erase")
    table = Table(
        caption=Text("档案", "Dossiers"),
        columns=[
            Column("subject", Text("主体", "Subject"), sort="subject", link=lambda d: _url(d.subject)),
            Column("sequence", Text("条数", "Entries"), sort="sequence", numeric=True),
            Column("kept", Text("个人信息", "Personal values"), sort="kept", numeric=True),
        ],
        rows=dossiers_with_values(),
        query=request.GET,
        filters=[
            Filter("words", Text("主体", "Subject"), lambda rows, value: rows.filter(subject__icontains=value)),
            Filter(
                "kept", Text("个人信息", "Personal values"), _kept,
                {"some": Text("有", "some"), "none": Text("无", "none")},
            ),
        ],
        empty=Text("还没有档案。办理第一件事项时产生。", "There are no dossiers. The first case makes one."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("dossiers.csv")
    return render(request, "archive/dossiers.html", {"table": table})


def _kept(rows: QuerySet[Dossier], value: str) -> QuerySet[Dossier]:
    return rows.filter(**{"kept__gt" if value == "some" else "kept": 0})  # of dossiers_with_values


def _url(subject: str) -> str:
    return reverse("dossier", args=[subject])


@never_cache
@require_safe
def dossier(request: HttpRequest, subject: str) -> HttpResponse:
    """The entries of one dossier that hold or held personal values, what was erased and why, whether it verifies."""
    allow(request, "archive.personal.erase")
    rows = list(dossier_entries(subject).prefetch_related("values"))
    if not rows:
        raise Http404
    told = [_Row(row) for row in rows if sealed_fields(row)]
    gone = [(row, row.content["data"]) for row in rows if row.kind == ERASED]
    context = {"subject": subject, "count": len(rows), "rows": told, "gone": gone}
    return render(request, "archive/dossier.html", context | {"failures": dossier_failures(subject)})


class _Row:
    """An entry with its personal fields: kept ones and erased ones."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.kept = sorted(value.field for value in entry.values.all())
        self.erased = sorted(set(sealed_fields(entry)) - set(self.kept))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what goes and say why; look at it once more; then it goes for good."""
    allow(request, "archive.personal.erase")
    entry = get_object_or_404(Entry.objects.select_related("dossier"), pk=pk)
    values = personal_values(entry)
    form = EraseForm(request.POST or None, kept=sorted(values))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["going"]
        if "sure" not in request.POST:
            going = [(field, values[field]) for field in chosen]
            return render(request, "archive/erase_check.html", {"entry": entry, "going": going, "form": form})
        if _erased(request, entry, form):
            return redirect("dossier", entry.dossier.subject)
    return render(request, "archive/erase.html", {"entry": entry, "form": form, "at": day(entry.at)})


def _erased(request: HttpRequest, entry: Entry, form: EraseForm) -> bool:
    who, given = actor(request).person, form.cleaned_data
    assert who  # noqa: S101 - the permission above
    try:
        personal_erase(
            entry=entry, fields=given["going"], because=given["because"], at=timezone.now(), actor=who
        )  # fmt: skip
    except BadInput as bad:
        form.take(bad)
        return False
    done: Any = Text(f"已删除 {len(given['going'])} 项。", f"{len(given['going'])} value(s) erased.")
    messages.success(request, said(done))
    return True
