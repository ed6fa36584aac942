"""Pages of the editors: texts on their way to the public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.gazette.forms import CorrectForm, ReturnForm, UploadForm
from gongbao.gazette.models import Draft
from gongbao.gazette.selectors.drafts import drafts as drafts_all
from gongbao.gazette.selectors.drafts import examine
from gongbao.gazette.services.drafts import (
    draft_correct,
    draft_publish,
    draft_return,
    draft_upload,
    publish_mark,
    text_mark,
)
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.web.words import said


def _person(request: HttpRequest) -> Person:
    person = actor(request).person
    assert person is not None  # noqa: S101 - `allow` has turned strangers away
    return person


def _draft(request: HttpRequest, pk: int) -> Draft:
    allow(request, "gazette.drafts.see")
    return get_object_or_404(drafts_all(), pk=pk)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    allow(request, "gazette.drafts.see")
    return render(request, "gazette/drafts.html", {"drafts": drafts_all()})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Hand a file in."""
    allow(request, "gazette.drafts.see")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = draft_upload(name=file.name, content=file.read(), by=_person(request), at=timezone.now())
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(request, said(Text("已读入,还没有公布。", "It was read in, and is not public yet.")))
            return redirect("gazette_draft", pk=made.pk)
    return render(request, "gazette/upload.html", {"form": form})


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in a text, what could not be read, what would change."""
    return _shown(request, _draft(request, pk), ReturnForm())


def _shown(request: HttpRequest, shown: Draft, form: ReturnForm) -> HttpResponse:
    waits = shown.state == Draft.State.WAITING
    ruling = ask("gazette.draft.publish", actor(request), shown)
    context = {
        "draft": shown,
        "waits": waits,
        "examination": examine(shown) if waits else None,
        "may_publish": isinstance(ruling, Allowed),
        "ruling": ruling,
        "seen": publish_mark(shown),
        "form": form,
    }
    return render(request, "gazette/draft.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend the text of a draft."""
    shown = _draft(request, pk)
    allow(request, "gazette.draft.correct", shown)
    form = CorrectForm(request.POST or None, initial={"text": shown.text, "seen": text_mark(shown.text)})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        try:
            draft_correct(
                draft=shown, text=text, seen=form.cleaned_data["seen"], by=_person(request), at=timezone.now()
            )
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(request, said(Text("已改,并重新识别。", "It was corrected, and read again.")))
            return redirect("gazette_draft", pk=pk)
    unread = examine(shown).unread
    return render(request, "gazette/correct.html", {"form": form, "draft": shown, "unread": unread})


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a draft: from here on it is public."""
    shown = _draft(request, pk)
    allow(request, "gazette.draft.publish", shown)
    try:
        imported = draft_publish(draft=shown, seen=request.POST.get("seen", ""), by=_person(request), at=timezone.now())
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
        return redirect("gazette_draft", pk=pk)
    messages.success(request, said(Text("已公布。", "It is public now.")))
    return redirect("gazette_issue", name=imported.issue.code)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a draft without publishing it."""
    shown = _draft(request, pk)
    allow(request, "gazette.draft.correct", shown)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            draft_return(draft=shown, by=_person(request), at=timezone.now(), **form.cleaned_data)
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(request, said(Text("已退回,没有公布。", "It was returned and is not public.")))
            return redirect("gazette_drafts")
    return _shown(request, shown, form)
