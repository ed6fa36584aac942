"""The papers of an office: found, and ended with a reason that the public page of the paper shows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.issuers import page_for, papers_by
from gongbao.cases.services.endings import paper_close
from gongbao.documents.models import Paper
from gongbao.documents.selectors import paper_by_code, papers_of
from gongbao.documents.views import STATES
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, actor, allow
from gongbao.web.forms import Form
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day, said

ENDS = {
    Paper.State.REPLACED: Text("替换:由新文书代替", "replaced: a new paper stands in its place"),
    Paper.State.ANNULLED: Text("撤销:本不应出具", "annulled: it should not have been made"),
    Paper.State.REVOKED: Text("吊销:因以后的情况不再有效", "revoked: for what came later it holds no longer"),
}


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - the registry's signature
    if who.person and papers_by(who).exists():
        says = Text("本单位出具的文书:查看状态,替换、撤销或吊销。", "What your office issued: its state; end it.")
        yield Work(Text("文书", "Papers"), says, reverse("own_office_papers"))


@require_safe
def office_papers(request: HttpRequest) -> HttpResponse:
    """What the person's offices issued, the newest first."""
    allow(request, "organisations.desk.see")
    names = {state.value: text for state, text in STATES.items()}
    table = Table(
        caption=Text("文书", "Papers"),
        columns=[
            Column("code", Text("核验码", "Check code"), sort="code", link=lambda p: _url(p)),
            Column("name", Text("文书", "Paper"), sort="name"),
            Column("issued_on", Text("出具日期", "Issued on"), cell=lambda p: day(p.issued_on), sort="issued_on"),
            Column("number", Text("编号", "Number"), cell=lambda p: p.content["number"]),
            Column("state", Text("状态", "State"), cell=lambda p: names[p.state], sort="state"),
        ],
        rows=papers_by(actor(request)),
        query=request.GET,
        filters=[
            Filter("code", Text("核验码", "Check code"), lambda rows, value: rows.filter(code__icontains=value)),
            Filter("name", Text("文书", "Paper"), lambda rows, value: rows.filter(name__icontains=value)),
            Filter("state", Text("状态", "State"), lambda rows, value: rows.filter(state=value), names),
        ],
        empty=Text("本单位还没有出具文书。", "Your office has issued no papers yet."),
    )
    if request.GET.get("format") == "csv":
        return table.csv("papers.csv")
    return render(request, "cases/papers.html", {"table": table})


def _url(paper: Paper) -> str:
    return reverse("paper_end", args=[paper.code])


class EndForm(Form):
    """others: valid papers of the same subject, one of which may take its place."""

    state = forms.ChoiceField(label=both("如何处理", "What happens"), widget=forms.RadioSelect)
    replaced_by = forms.ChoiceField(label=both("新文书(仅替换时)", "The new paper, if replaced"), required=False)
    because = forms.CharField(
        label=both("理由", "Reason"),
        help_text=both("在核验页面公开显示,并记入档案", "shown to everybody who checks the paper, and kept for good"),
        widget=forms.Textarea({"rows": 3}),
        max_length=300,
    )
    sure = forms.BooleanField(label=both("已核对:此后该文书不能恢复有效", "I have checked: there is no way back"))

    def __init__(self, *args: Any, others: list[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [(state.value, said(text)) for state, text in ENDS.items()]
        named = [(paper.code, f"{paper.name} {paper.code} · {day(paper.issued_on)}") for paper in others]
        self.fields["state"].choices = ends  # type: ignore[attr-defined]
        self.fields["replaced_by"].choices = [("", "—"), *named]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """One paper and its state; while it holds, the office that issued it can end it."""
    paper = paper_by_code(code)
    allow(request, "cases.paper.end", paper)
    assert paper  # noqa: S101 - hidden above
    if url := page_for(paper):
        return redirect(url)
    others = [p for p in papers_of(paper.subject).filter(state=Paper.State.VALID) if p.pk != paper.pk]
    form = EndForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid() and _ended(request, paper, form):
        return redirect("paper_end", paper.code)
    state = STATES[Paper.State(paper.state)]
    return render(request, "cases/paper.html", {"paper": paper, "state": state, "form": form})


def _ended(request: HttpRequest, paper: Paper, form: EndForm) -> bool:
    given = form.cleaned_data
    other = paper_by_code(given["replaced_by"]) if given["replaced_by"] else None
    try:
        done = paper_close(
            paper=paper, state=Paper.State(given["state"]), because=given["because"], actor=actor(request),
            now=timezone.now(), replaced_by=other,
        )  # fmt: skip
    except BadInput as bad:
        form.take(bad)
        return False
    state = STATES[Paper.State(done.state)]
    words = Text(f"文书{state.zh},核验页面已显示。", f"The paper is {state.en}; whoever checks it is told.")
    messages.success(request, said(words))
    return True
