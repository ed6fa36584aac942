"""Pages of those who keep programme files: handing one in, what the checker says, deciding."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.support.rows import ProgrammeDraft
from gongbao.support.selectors.programmes import catalogue_on, draft_changes, draft_programme, drafts_all
from gongbao.support.services.programmes import programme_approve, programme_draft, programme_return
from gongbao.support.tables.programme_files import text_of
from gongbao.support.views.programmes import readable
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both, said

LARGEST = 1_000_000  # bytes


class FileForm(Form):
    file = forms.FileField(
        label=both("政策文件(TOML)", "Programme file (TOML)"),
        help_text=both("可先下载现行文件,改好后上传", "Download the file in force, edit it, hand it in here"),
        widget=forms.FileInput({"accept": ".toml"}),
    )
    from_day = forms.DateField(
        label=both("从哪天起生效", "In force from"),
        help_text=both("核准之后,从这天起按它匹配", "Once approved, it is matched by from that day"),
        widget=DayInput(),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST:
            raise forms.ValidationError(str(both("不超过 1 MB 的文件", "a file of 1 MB at most")))
        return given


class ReturnForm(Form):
    because = forms.CharField(label=both("退回的理由", "Why it is returned"), max_length=300)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Programmes in force, and texts on their way."""
    allow(request, "support.programme.draft")
    context = {"drafts": drafts_all(), "programmes": catalogue_on(timezone.localdate()).programmes}
    return render(request, "support/desk/programmes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Hand a text in; whatever the checker finds is shown with its place, and nothing is kept."""
    allow(request, "support.programme.draft")
    form = FileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = programme_draft(
                text=text_of(file.read(), file.name),
                name=file.name,
                from_day=form.cleaned_data["from_day"],
                actor=actor(request),
                now=timezone.now(),
            )
        except BadInput as bad:
            problems = list(bad.problems)
        else:
            messages.success(request, said(Text("已收下,等待另一人审核。", "Taken in; another person decides.")))
            return redirect("support_draft", pk=made.pk)
    context = {"form": form, "problems": [_said(problem) for problem in problems]}
    return render(request, "support/desk/programme_new.html", context, status=422 if form.errors or problems else 200)


def _said(problem: Problem) -> dict[str, str]:
    """Where, what stands there, what is due."""
    return {
        "place": " ".join(filter(None, [problem.table, problem.column])),
        "value": problem.value[:100],
        "due": said(Text(problem.expected, problem.expected_en)),
    }


def _draft(request: HttpRequest, pk: int) -> ProgrammeDraft:
    allow(request, "support.programme.draft")
    return get_object_or_404(drafts_all(), pk=pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A text as a table beside its clauses, and what it would change."""
    return _shown(request, _draft(request, pk), ReturnForm())


def _shown(request: HttpRequest, shown: ProgrammeDraft, form: ReturnForm) -> HttpResponse:
    ruling = ask("support.programme.decide", actor(request), shown)
    waits = shown.state == ProgrammeDraft.State.WAITING
    context = {
        **readable(draft_programme(shown), catalogue_on(shown.from_day)),
        "draft": shown,
        "waits": waits,
        "changes": draft_changes(shown) if waits else None,
        "may_decide": isinstance(ruling, Allowed),
        "ruling": ruling,
        "form": form,
    }
    return render(request, "support/desk/programme_draft.html", context, status=422 if form.errors else 200)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    allow(request, "support.programme.decide", shown)
    try:
        programme_approve(draft=shown, actor=actor(request), now=timezone.now())
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
    else:
        messages.success(request, said(Text("已核准,从生效日起按它匹配。", "Approved; it is matched by from its day.")))
    return redirect("support_draft", pk=pk)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    allow(request, "support.programme.decide", shown)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _shown(request, shown, form)
    try:
        programme_return(draft=shown, actor=actor(request), now=timezone.now(), **form.cleaned_data)
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
        return redirect("support_draft", pk=pk)
    messages.success(request, said(Text("已退回。", "It was returned.")))
    return redirect("support_drafts")
