"""From a document of the gazette to a draft: what was read, what is missing, printed and corrected side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.permits.forms import ReadForm
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.writing import runs
from gongbao.permits.selectors import editions_published, lists_imported
from gongbao.permits.services.editions import edition_draft
from gongbao.permits.tables.packaged import modes
from gongbao.permits.views.showing import corrected_cells
from gongbao.web.words import said


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """The list of a document as it would be with the corrections of the form; kept as a draft when that is asked."""
    allow(request, "permits.edition.draft")
    lists = lists_imported()
    cite = request.GET.get("document", "")
    if not cite:
        return render(request, "permits/read_choose.html", {"lists": lists})
    if cite not in lists:
        raise Http404
    printed, edition = lists[cite], None
    known = editions_published().get(printed.head.edition)
    form = ReadForm(request.POST if request.method == "POST" else ReadForm.begin(printed, known))
    if form.is_valid():
        try:
            edition = form.made(printed, known)
            if "keep" in request.POST:
                made = edition_draft(edition=edition, actor=actor(request), now=timezone.now())
                messages.success(
                    request, said(Text("已存为草稿,还没有发布。", "It is kept as a draft, and not public yet."))
                )
                return redirect("permits_draft", pk=made.pk)
        except BadInput as bad:
            form.take(bad)
    if request.method != "POST" and form.is_valid():
        form = ReadForm(initial=form.data)
    context = {"cite": cite, "printed": printed, "form": form} | _shown(edition)
    return render(request, "permits/read.html", context, status=422 if request.method == "POST" else 200)


def _shown(edition: Edition | None) -> dict[str, object]:
    """What the corrections make of the rows, where they could be read."""
    if edition is None:
        return {}
    return {"edition": edition, "missing": runs(edition.missing), "cells": corrected_cells(edition, modes())}
