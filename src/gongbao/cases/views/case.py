"""One case: where it stands, who must act until when, what can be done, what happened, its papers and files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from gongbao.cases.forms import CommentForm
from gongbao.cases.issuers import papers_by
from gongbao.cases.joining import ways_on
from gongbao.cases.models import Case, Step
from gongbao.cases.refusals import NotYours
from gongbao.cases.rules.diagram import diagram_svg, diagram_words
from gongbao.cases.rules.process import Process
from gongbao.cases.selectors import (
    Event,
    belongs_to,
    case_by_number,
    day_table,
    days_left,
    files_read,
    has_part,
    history,
    moves_for,
    next_parties,
    period_of,
    reads_internal,
)  # fmt: skip
from gongbao.cases.services.remarks import comment_add
from gongbao.cases.tables import process_of
from gongbao.documents.services import file_store
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.words import said

GONE = Text("(个人信息,已删除)", "(personal, erased)")
INTERNAL = Text("【仅办理机关内部】", "[the offices alone] ")


def seen(request: HttpRequest, number: str) -> Case:
    """The case of that number, if this person may know of it; else 404, as for a number that does not exist."""
    found = case_by_number(number)
    allow(request, "cases.case.see", found)
    assert found is not None  # noqa: S101 - hidden above
    return found


def page_of(case: Case) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("case", args=[case.number]))


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = seen(request, number)
    return show(request, found, CommentForm(internal=_internal(request, found)))


def _internal(request: HttpRequest, case: Case) -> bool:
    who = actor(request)
    return bool(who.person and reads_internal(who.person, case, who.on))


def show(request: HttpRequest, case: Case, form: CommentForm) -> HttpResponse:
    who = actor(request)
    assert who.person  # noqa: S101 - whoever sees a case is logged in
    process, language = process_of(case.process, case.edition), get_language() or "zh"
    states = {track.code: track.state for track in case.tracks.all()}
    days, may_act, internal = day_table(), has_part(who.person, case, who.on), _internal(request, case)
    running = [
        (row, process.deadline(row.code).name, process.party(row.of).name, period_of(row), days_left(row, who.on, days))
        for row in case.deadlines.filter(ended_at=None)
    ]
    context: dict[str, Any] = {
        "case": case,
        "process": process,
        "tracks": [(track.name, track.state(states[track.code]).name) for track in process.tracks],
        "next": [process.party(code).name for code in next_parties(case)],
        "parts": [(process.party(part.party).name, part.organisation) for part in case.parts.all()],
        "running": running,
        "choices": moves_for(case, who.person, who.on),
        "may_comment": may_act,
        "events": [Line.of(event, process) for event in history(case, internal=internal)],
        "papers": [step.paper for step in case.steps.exclude(paper=None).select_related("paper__file")],
        "own_papers": set(papers_by(who).filter(steps__case=case).values_list("pk", flat=True)),
        "files": files_read(case, internal=internal).exclude(stored_by=None),
        "diagram": mark_safe(diagram_svg(process, language, states)),  # noqa: S308 - made here, every text escaped
        "words": diagram_words(process, language, states),
        "form": form,
        "ways": ways_on(case, who),
    }
    return render(request, "cases/case.html", context)


@require_POST
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Say something to the other parties, or add a file."""
    found, who, now = seen(request, number), actor(request).person, timezone.now()
    assert who  # noqa: S101 - whoever sees a case is logged in
    form = CommentForm(request.POST, request.FILES, internal=_internal(request, found))
    if form.is_valid():
        try:
            with transaction.atomic():
                files, text = stored(request, found, now, form.audience), form.cleaned_data["text"]
                comment_add(case=found, text=text, actor=who, now=now, files=files, audience=form.audience)
        except BadInput as bad:
            form.take(bad)
        except NotYours as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            messages.success(request, said(Text("已保存。", "Saved.")))
            return page_of(found)
    return show(request, found, form)


def stored(request: HttpRequest, case: Case, now: datetime, audience: str = Step.Audience.ALL) -> list[Any]:
    """The file that came with a form, kept for the case. Raises BadInput for one that is not accepted."""
    upload = request.FILES.get("file")
    if not upload:
        return []
    who, where = actor(request).person, belongs_to(case, audience)
    return [file_store(name=str(upload.name), content=upload.read(), belongs_to=where, by=who, at=now)]


@dataclass(frozen=True)
class Line:
    """A line of the history as the timeline shows it."""

    at: datetime
    title: Text
    by: str
    text: Text | None
    cite: str

    @classmethod
    def of(cls, event: Event, process: Process) -> "Line":
        data = event.step.entry.content["data"]
        values = {**data.get("fields", {}), **event.said}
        lines = [_said(process, code, str(value)) for code, value in values.items()]
        lines += [_said(process, code, said(GONE)) for code in event.erased]
        who = str(event.step.person) if event.step.person else said(Text("系统", "the system"))
        if event.step.party in {party.code for party in process.parties}:
            who += f"({said(process.party(event.step.party).name)})"
        inside = INTERNAL if event.step.audience != Step.Audience.ALL else Text("", "")
        zh, en = ";".join(line.zh for line in lines), "; ".join(line.en for line in lines)
        text = Text(inside.zh + zh, inside.en + en) if lines or inside.zh else None
        return cls(event.step.at, event.title, who, text, data.get("cite", ""))


def _said(process: Process, code: str, value: str) -> Text:
    """A field's name and value in words; a comment has no name."""
    if code not in {field.code for field in process.fields}:
        return Text(value, value)
    field = process.field(code)
    named = dict(field.values).get(value, Text(value, value))
    return Text(f"{field.name.zh}:{named.zh}", f"{field.name.en}: {named.en}")
