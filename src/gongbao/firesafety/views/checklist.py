"""The checklist of a visit, for a phone: the page, what the phone sends, the worker that opens the page offline."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.firesafety.models import FIRE, HOUSING, Place
from gongbao.firesafety.permissions import party_post
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.rules.checklist import FOUND
from gongbao.firesafety.selectors.checklists import Checklist, checklist_of, findings_of, other
from gongbao.firesafety.services.checklists import answer_keep, photo_keep
from gongbao.firesafety.views.desk_base import place_of, tell
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.web.words import said


def _own(request: HttpRequest, number: str) -> tuple[Place, str]:
    """The place, and as which authority the person works at it."""
    place = place_of(request, number, "fire.place.act")
    held = party_post(actor(request), place, HOUSING, FIRE)
    assert held  # noqa: S101 - the permission above
    return place, held[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest, number: str) -> HttpResponse:
    """The list of one's own authority. Sent whole only by browsers without scripts."""
    place, party = _own(request, number)
    seen = checklist_of(place, party)
    problems: list[str] = []
    if request.method == "POST":
        problems = _kept_whole(request, place, seen)
        if not problems:
            tell(request, "已保存。", "Saved.")
            return redirect("fire_checklist", number)
    context = {
        "place": place,
        "case": place.case,
        "list": seen,
        "found": FOUND,
        "problems": problems,
        "made": timezone.now().isoformat(),
        "others": findings_of(place, other(party)),
        "own": findings_of(place, party),
    }
    return render(request, "firesafety/visit/checklist.html", context, status=422 if problems else 200)


def _kept_whole(request: HttpRequest, place: Place, seen: Checklist) -> list[str]:
    """Keep every point that is answered in a form; what was wrong, in words."""
    now, problems = timezone.now(), []
    form = request.POST.get("form", "")
    for _, lines in seen.sections:
        for line in lines:
            verdict, note = request.POST.get(line.key, ""), request.POST.get(f"note-{line.key}", "")
            same = line.answer and (line.answer.verdict, line.answer.note) == (verdict, note)
            if not verdict or same:
                continue
            try:
                answer_keep(
                    place=place, party=seen.party, round_=seen.round, item=line.key, verdict=verdict, note=note,
                    key=f"{form[:20]}-{line.key}"[:64], answered_at=now, actor=actor(request), now=now,
                )  # fmt: skip
            except (BadInput, NotNow) as wrong:
                problems += _words(wrong)
    return list(dict.fromkeys(problems))


def _words(wrong: BadInput | NotNow) -> list[str]:
    if isinstance(wrong, NotNow):
        return [said(wrong.refused.because)]
    return [said(Text(problem.expected, problem.expected_en)) for problem in wrong.problems]


@require_POST
def answers(request: HttpRequest, number: str) -> JsonResponse:
    """One answer from the phone: {key, round, item, verdict, note, at}."""
    place, party = _own(request, number)
    try:
        given: dict[str, Any] = json.loads(request.body)
        sent = {name: str(given[name]) for name in ("item", "verdict", "note", "key")}
        round_, at = int(given["round"]), _moment(str(given["at"]))
    except (ValueError, TypeError, KeyError):
        return _taken(_unreadable)
    return _taken(
        lambda: answer_keep(
            place=place, party=party, round_=round_, answered_at=at, actor=actor(request), now=timezone.now(), **sent
        )
    )


@require_POST
def photos(request: HttpRequest, number: str) -> JsonResponse:
    """One photo from the phone, as a form: key, round, item, at, file."""
    place, party = _own(request, number)
    upload = request.FILES.get("file")
    try:
        round_, at = int(request.POST.get("round", "")), _moment(request.POST.get("at", ""))
    except ValueError:
        upload = None
    if upload is None:
        return _taken(_unreadable)
    item, key = request.POST.get("item", ""), request.POST.get("key", "")
    return _taken(
        lambda: photo_keep(
            place=place, party=party, round_=round_, item=item, name=str(upload.name), content=upload.read(), key=key,
            taken_at=at, actor=actor(request), now=timezone.now(),
        )
    )  # fmt: skip


def _moment(text: str) -> datetime:
    """An aware moment. Raises ValueError."""
    found = parse_datetime(text)
    if found is None or timezone.is_naive(found):
        raise ValueError(text)
    return found


def _unreadable() -> None:
    raise NotNow("内容不完整,请刷新页面后再试。", "Incomplete; reload the page and try again.", "")


def _taken(service: Callable[[], object]) -> JsonResponse:
    """Taken (200), or never to be taken, with the reason (422): the phone keeps that and says so."""
    try:
        service()
    except (BadInput, NotNow) as wrong:
        return JsonResponse({"taken": False, "because": " ".join(_words(wrong))}, status=422)
    return JsonResponse({"taken": True})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The service worker. It stands below /desk/fire/visits/ and so has no say over other pages."""
    path = finders.find("firesafety/visit-worker.js")
    if not path:
        raise Http404
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - finders give text paths
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
