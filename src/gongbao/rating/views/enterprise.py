"""The desk of an enterprise: how it stands in a cycle with every point opened, its certificate, its file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongbao.archive.models import Dossier
from gongbao.archive.selectors import dossier_file
from gongbao.cases.selectors import for_offices_alone
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.rating.models import Certificate, Declaration, RatingCycle, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.complaint_items import items_now
from gongbao.rating.selectors.cycles import cycle_by_code, cycles_all
from gongbao.rating.selectors.declarations import declarations_of
from gongbao.rating.selectors.enterprise import (
    by_group,
    closing,
    cycle_for_enterprises,
    enterprise_codes,
    objecting,
    released,
)
from gongbao.rating.selectors.live import Live, live_score
from gongbao.rating.selectors.nights import curve_of, since_yesterday
from gongbao.rating.selectors.objections import objection_refusal
from gongbao.rating.selectors.public import shown
from gongbao.rating.selectors.rows import enterprise_in
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.services.certificates import certificate_issue
from gongbao.rating.views.phrases import CYCLE
from gongbao.web.chart import Chart, Series
from gongbao.web.registry import Work
from gongbao.web.words import day, said

SCORE = 10_000  # of a score's 10⁻⁴, for drawing alone


def work_of(who: Actor, now: datetime) -> Iterator[Work]:
    """For each enterprise of a person: its rating, with what was returned to it and waits."""
    cycle = cycle_for_enterprises()
    for uscc in enterprise_codes(who) if cycle else ():
        own = organisation_by_uscc(uscc)
        assert cycle and own  # noqa: S101 - the code is of a post
        returned = declarations_of(cycle, uscc).filter(state=Declaration.State.RETURNED).count()
        says = Text(f"{own.name} · {cycle.cycle.name.zh}", f"{own.text.en} · {cycle.cycle.name.en}")
        url = reverse("own_rating", args=[uscc, cycle.code])
        yield Work(Text("本企业评价", "Our rating"), says, url, returned or None)
        if objection_refusal(cycle, uscc, now) is None:
            found = objecting(cycle, now)
            until = found.window.last_day if found else None
            says = Text(
                f"初步结果已发布,异议期到 {until}(含)", f"Released; objections until {until}, that day included"
            )
            yield Work(Text("初步结果和异议", "Preliminary result"), says, url)


def own(request: HttpRequest, uscc: str, code: str, permission: str = "rating.enterprise.see") -> RatingCycle:
    """The cycle of an address, for whoever may for that enterprise; 404 for others, strangers are sent to log in."""
    allow(request, "rating.enterprise.see", uscc)
    allow(request, permission, uscc)
    found = cycle_by_code(code)
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, template: str, cycle: RatingCycle, uscc: str, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of an enterprise in a cycle, with what all of them show in their head."""
    held, known = enterprise_in(cycle, uscc), organisation_by_uscc(uscc)
    head = {
        "cycle": cycle,
        "uscc": uscc,
        "name": held.name if held else known.name if known else uscc,
        "state": CYCLE[cycle.state],
        "cycles": cycles_all(),
        "has_items": items_now(cycle).exists(),
        "may_act": isinstance(ask("rating.enterprise.act", actor(request), uscc), Allowed),
    }
    return render(request, f"rating/enterprise/{template}.html", {**head, **more}, status=status)


@never_cache
@require_safe
def rating(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """Live while data come in, then the released result: what waits until when, and where each point comes from."""
    cycle, now = own(request, uscc, code), timezone.now()
    result = released(cycle, uscc)
    live = None if result else live_score(cycle, uscc)
    lines = result.lines if result else live.lines if live else ()
    waiting = declarations_of(cycle, uscc).filter(state=Declaration.State.RETURNED).count()
    context: dict[str, Any] = {
        "result": result,
        "live": live,
        "since": since_yesterday(cycle, uscc, live, timezone.localdate(now)) if live else None,
        "curve": _curve(cycle, uscc, live, now) if live else None,
        "gaps": closing(live) if live else [],
        "groups": by_group(cycle, lines),
        "returned": waiting,
        "declare_until": source_due(cycle, "enterprise") if cycle.state == State.COLLECTING else None,
        "objecting": objecting(cycle, now),
        "cannot_object": objection_refusal(cycle, uscc, now),
    }
    return page(request, "rating", cycle, uscc, **context)


def _curve(cycle: RatingCycle, uscc: str, live: Live, now: datetime) -> Chart | None:
    """The score over the cycle, up to this moment; None where no earlier day is stored."""
    days = [(on, score) for on, score in curve_of(cycle, uscc) if on < timezone.localdate(now)]
    if live.score is None or not any(score is not None for _, score in days):
        return None
    days.append((timezone.localdate(now), live.score))
    first = next(score for _, score in days if score is not None)
    ends = from_fixed(first, 4), from_fixed(live.score, 4)
    return Chart(
        Text(f"从 {ends[0]} 分到 {ends[1]} 分", f"From {ends[0]} to {ends[1]} points"),
        [day(on) for on, _ in days],
        [Series(Text("得分", "score"), [None if score is None else score / SCORE for _, score in days])],
        Text("分", "points"),
        "line",
    )


@never_cache
@require_safe
def papers(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """The certificate of grade, and everything that was written down about the enterprise."""
    cycle = own(request, uscc, code)
    held = Certificate.objects.filter(score__uscc=uscc).select_related("paper__file", "score__run__cycle")
    kept = Dossier.objects.filter(subject=f"enterprise/{uscc}").exists()
    can = shown(cycle) is not None and cycle.public is not None and cycle.public.scores.filter(uscc=uscc).exists()
    return page(request, "papers", cycle, uscc, certificates=held, has_dossier=kept, can_ask=can)


@require_POST
def certificate(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """Issue it, or give the valid one again."""
    cycle = own(request, uscc, code)
    try:
        made = certificate_issue(cycle=cycle, uscc=uscc, actor=actor(request), now=timezone.now())
    except MoveRefused as refused:
        messages.error(request, said(refused.refused.because))
    else:
        words = Text(
            f"证明已出具,核验码 {made.paper.code}。", f"The certificate is issued; its code is {made.paper.code}."
        )
        messages.success(request, said(words))
    return HttpResponseRedirect(reverse("own_papers", args=[uscc, code]))


@never_cache
@require_safe
def dossier(request: HttpRequest, uscc: str) -> StreamingHttpResponse:
    """Everything ever written down about the enterprise, as a file that `gongbao archive verify` checks."""
    allow(request, "rating.enterprise.see", uscc)
    subject = f"enterprise/{uscc}"
    if not Dossier.objects.filter(subject=subject).exists():
        raise Http404
    lines = (f"{line}\n" for line in dossier_file(subject, for_offices_alone))
    named = {"Content-Disposition": f'attachment; filename="enterprise-{uscc}.jsonl"'}
    return StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8", headers=named)
