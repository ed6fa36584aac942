"""How a process goes, for everybody: its picture, its steps and deadlines, and the clause of each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongbao.cases.frame import anchor
from gongbao.cases.lengths import begun_on
from gongbao.cases.rules.bpmn import bpmn_xml
from gongbao.cases.rules.diagram import diagram_svg
from gongbao.cases.rules.layout import SYSTEM
from gongbao.cases.rules.process import CLOCK, Deadline, Move, Process
from gongbao.cases.tables import processes_on


def _process(code: str) -> Process:
    """The edition of today."""
    try:
        return processes_on(timezone.localdate())[code]
    except KeyError:
        raise Http404 from None


@require_safe
def process(request: HttpRequest, code: str) -> HttpResponse:
    shown, language = _process(code), get_language() or "zh"
    context = {
        "process": shown,
        "parties": shown.parties,
        "steps": [_step(shown, move) for move in shown.steps],
        "deadlines": [_deadline(shown, one) for one in shown.deadlines],
        "diagram": mark_safe(diagram_svg(shown, language)),  # noqa: S308 - made here, every text escaped
    }
    return render(request, "cases/process.html", context)


@require_safe
def drawing(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The process for other tools."""
    named = {"Content-Disposition": f'attachment; filename="{code}.bpmn"'}
    return HttpResponse(
        bpmn_xml(_process(code), get_language() or "zh"), content_type="application/xml; charset=utf-8", headers=named
    )


def _step(process: Process, move: Move) -> dict[str, Any]:
    """A row of the table. The opening belongs to no track: it sets each of them to its first state."""
    tracks = [track for track in process.tracks if track.code == move.track]
    if tracks:
        reached = [track.state(move.to).name for track in tracks if move.to]
    else:
        reached = [track.states[0].name for track in process.tracks]
    own = [one for one in process.moves if one.track == move.track]
    return {
        "anchor": anchor(move),
        "number": own.index(move) + 1 if move in own else "",  # as the picture numbers them
        "move": move,
        "track": tracks[0].name if tracks and len(process.tracks) > 1 else "",
        "by": [SYSTEM if code == CLOCK else process.party(code).name for code in move.by],
        "sources": [track.state(code).name for track in tracks for code in move.sources],
        "reached": list(dict.fromkeys(reached)),
        "starts": [process.deadline(code).name for code in move.starts],
    }


def _deadline(process: Process, one: Deadline) -> dict[str, Any]:
    """A period with the length that it has when it begins today; its track, where there are several with such a one."""
    today = begun_on(process, one, timezone.localdate())
    track = process.track(one.track).name if len(process.tracks) > 1 else ""
    return {"anchor": anchor(one), "deadline": today, "of": process.party(one.of).name, "track": track}
