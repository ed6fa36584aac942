"""Pages of the editors: editions on their way to the public, drafted by one and decided by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.selectors import cases_about
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.permits.forms import EditionForm, ReturnForm
from gongbao.permits.models import EditionRevision, State
from gongbao.permits.rules.diff import KINDS
from gongbao.permits.rules.writing import runs
from gongbao.permits.selectors import revision_edition, revision_effect, revisions_all
from gongbao.permits.services.editions import edition_draft, edition_publish, edition_return
from gongbao.permits.services.supervision import PROCESS, dossier
from gongbao.web.words import said


def _revision(request: HttpRequest, pk: int) -> EditionRevision:
    allow(request, "permits.edition.draft")
    return get_object_or_404(revisions_all(), pk=pk)


@require_safe
def revisions(request: HttpRequest) -> HttpResponse:
    allow(request, "permits.edition.draft")
    return render(request, "permits/drafts.html", {"revisions": revisions_all()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft an edition from a file."""
    allow(request, "permits.edition.draft")
    form = EditionForm(request.POST, request.FILES) if request.method == "POST" else EditionForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = edition_draft(edition=form.edition(), actor=actor(request), now=timezone.now())
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(
                request, said(Text("已存为草稿,还没有发布。", "It is kept as a draft, and not public yet."))
            )
            return redirect("permits_draft", pk=made.pk)
    return render(request, "permits/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: what it holds, and what publishing it would change."""
    return _shown(request, _revision(request, pk), ReturnForm())


def _shown(request: HttpRequest, shown: EditionRevision, form: ReturnForm) -> HttpResponse:
    waits = shown.state == State.DRAFT
    edition, ruling = revision_edition(shown), ask("permits.edition.decide", actor(request), shown)
    changes, duties = revision_effect(shown) if waits else ((), ())
    context = {
        "revision": shown,
        "waits": waits,
        "edition": edition,
        "missing": runs(edition.missing, said(Text("、", ", "))),
        "changes": changes,
        "duties": duties,
        "tasks": cases_about(dossier(shown.edition), PROCESS) if shown.state == State.PUBLISHED else (),
        "groups": [(kind, same) for code, kind in KINDS.items() if (same := [c for c in changes if c.kind == code])],
        "may_decide": isinstance(ruling, Allowed),
        "ruling": ruling,
        "form": form,
    }
    return render(request, "permits/draft.html", context, status=422 if form.errors else 200)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft: page, API and files show it from here on."""
    shown = _revision(request, pk)
    allow(request, "permits.edition.decide", shown)
    try:
        edition_publish(revision=shown, actor=actor(request), now=timezone.now())
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
        return redirect("permits_draft", pk=pk)
    messages.success(
        request, said(Text("已发布。网页、接口和下载文件同时更新。", "Published: pages, API and files agree."))
    )
    return redirect("permits_edition", name=shown.edition)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft back with a reason."""
    shown = _revision(request, pk)
    allow(request, "permits.edition.decide", shown)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            edition_return(revision=shown, actor=actor(request), now=timezone.now(), **form.cleaned_data)
        except BadInput as bad:
            messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
            return redirect("permits_draft", pk=pk)
        messages.success(request, said(Text("已退回,没有发布。", "It was returned and is not public.")))
        return redirect("permits_drafts")
    return _shown(request, shown, form)
