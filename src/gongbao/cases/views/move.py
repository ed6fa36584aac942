"""Making a move: one page with its fields and what will follow, then back to the case with what happens next."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongbao.cases.forms import MoveForm
from gongbao.cases.lengths import begun_on
from gongbao.cases.models import Case
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.rules.process import Move
from gongbao.cases.selectors import moves_for, next_parties
from gongbao.cases.services.engine import case_catch_up, case_move
from gongbao.cases.tables import process_of
from gongbao.cases.views.case import page_of, seen, stored
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.web.words import said


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: str, track: str, code: str) -> HttpResponse:
    """Shown to whoever can make the move now, with what the address proposes for its fields; sent, it is made or the
    reason why not stands above the form."""
    case = seen(request, number)
    process = process_of(case.process, case.edition)
    try:
        wanted = process.move(track, code)
    except KeyError:
        raise Http404 from None
    row = case.tracks.get(code=track)
    if request.method == "POST":
        form = MoveForm(request.POST, request.FILES, process=process, move=wanted)
        if form.is_valid() and _made(request, case, wanted, form):
            messages.success(request, said(_what_next(case, wanted)))
            return page_of(case)
    else:
        offered = {(choice.move.track, choice.move.code): choice for choice in moves_for(case, *_who(request))}
        choice = offered.get((track, code))
        if choice is None or choice.why_not:
            why = choice.why_not if choice else Text("现在不能由您办理这一步。", "This is not yours to do now.")
            messages.warning(request, said(why or ""))
            return page_of(case)
        proposed = {code: request.GET[code] for code in (*wanted.takes, *wanted.may) if code in request.GET}
        form = MoveForm(initial={**proposed, "version": row.version}, process=process, move=wanted)
    context = {
        "case": case,
        "move": wanted,
        "form": form,
        "starts": [begun_on(process, process.deadline(code), actor(request).on) for code in wanted.starts],
        "tells": [process.party(party).name for party in wanted.tells],
        "reaches": process.track(track).state(wanted.to).name if wanted.to else None,
    }
    return render(request, "cases/move.html", context)


def _who(request: HttpRequest):  # type: ignore[no-untyped-def]
    who = actor(request)
    return who.person, who.on


def _made(request: HttpRequest, case: Case, wanted: Move, form: MoveForm) -> bool:
    """Make the move; False when it was refused, with the reasons in the form."""
    now, who = timezone.now(), actor(request).person
    assert who  # noqa: S101 - whoever sees a case is logged in
    case_catch_up(case=case, now=now)  # stays done, also when the move is refused
    try:
        with transaction.atomic():
            case_move(
                case=case, track=wanted.track, move=wanted.code, version=form.cleaned_data["version"], actor=who,
                now=now, fields=form.given(), files=stored(request, case, now),
            )  # fmt: skip
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, said(refused.refused.because))
    else:
        return True
    return False


def _what_next(case: Case, made: Move) -> Text:
    """Done, and who is next."""
    case.refresh_from_db()
    if case.ended_at:
        return Text(f"已办理:{made.name.zh}。本事项已办结。", f"Done: {made.name.en}. The case has ended.")
    process = process_of(case.process, case.edition)
    names = [process.party(party).name for party in next_parties(case)]
    return Text(
        f"已办理:{made.name.zh}。接下来可办理的:{'、'.join(name.zh for name in names) or '系统'}。",
        f"Done: {made.name.en}. Who can act next: {', '.join(name.en for name in names) or 'the system'}.",
    )
