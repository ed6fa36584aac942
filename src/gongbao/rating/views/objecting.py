"""Objecting to a preliminary result, and asking to be taken in: until when, the form, the check, the receipt."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.tables import process_of
from gongbao.kernel.problem import BadInput
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.rating.models import Objection, RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.complaint_items import items_named
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.enterprise import objecting, released
from gongbao.rating.selectors.objections import left_out_refusal, objection_refusal, objections_of
from gongbao.rating.services.objections import left_out_ask, objection_lodge
from gongbao.rating.views.drafts import Draft, draft_keep, draft_of, files_given, files_keep, files_kept, token_fresh
from gongbao.rating.views.enterprise import own, page
from gongbao.rating.views.forms import LeftOutForm, ObjectForm, WithFiles
from gongbao.rating.views.standards import answer_rule
from gongbao.web.words import said

ACT = "rating.enterprise.act"
KINDS = ("objection", "left-out")


@never_cache
@require_safe
def objections(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """Whether it can still object, until when, and what became of earlier objections."""
    cycle, now = own(request, uscc, code), timezone.now()
    context: dict[str, Any] = {
        "objecting": objecting(cycle, now),
        "cannot_object": objection_refusal(cycle, uscc, now),
        "cannot_ask": left_out_refusal(cycle, uscc),
        "result": released(cycle, uscc),
        "made": [(one, _state(one)) for one in objections_of(cycle, uscc)],
        "answer": answer_rule(),
        "names": {i.code: i.name for i in edition_of(cycle).indicators},
    }
    return page(request, "objections", cycle, uscc, **context)


def _state(objection: Objection) -> Text:
    case = objection.case
    process, track = process_of(case.process, case.edition), case.tracks.get()
    return process.track(track.code).state(track.state).name


def _refusal(cycle: RatingCycle, uscc: str, kind: str) -> Refused | None:
    if kind == "objection":
        return objection_refusal(cycle, uscc, timezone.now())
    return left_out_refusal(cycle, uscc)


def _form(cycle: RatingCycle, uscc: str, kind: str, *args: Any, **kwargs: Any) -> WithFiles:
    if kind == "left-out":
        return LeftOutForm(*args, **kwargs)
    result = released(cycle, uscc)
    held = {line.line.indicator for line in result.lines} if result else set()
    # what brought points or took them first; what brought nothing can be contested as well
    every = sorted(edition_of(cycle).indicators, key=lambda one: one.code not in held)
    return ObjectForm(*args, indicators=[(one.code, said(one.name)) for one in every], **kwargs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lodge(request: HttpRequest, uscc: str, code: str, kind: str) -> HttpResponse:
    """The form; what is filled in is kept, also when it comes too late."""
    cycle = own(request, uscc, code, ACT)
    if kind not in KINDS:
        raise Http404
    about = f"{code}/{uscc}/{kind}"
    token = request.POST.get("token") or request.GET.get("draft") or token_fresh()
    draft = draft_of(request, token, about)
    if draft and draft.sent:
        return HttpResponseRedirect(reverse("own_lodged", args=[uscc, code, draft.sent]))
    refused = _refusal(cycle, uscc, kind)
    if request.method == "POST":
        form = _form(cycle, uscc, kind, request.POST, request.FILES)
        if form.is_valid():
            try:
                files_keep(request, token, form.cleaned_data["files"], timezone.now())
            except BadInput as bad:
                form.take(bad)
            else:
                draft_keep(request, Draft(token, about, form.given(), 0))
                return HttpResponseRedirect(reverse("own_lodge_check", args=[uscc, code, kind, token]))
    elif refused:
        return page(request, "too_late", cycle, uscc, refused=refused, kind=kind, status=409)
    else:
        begun = draft.fields if draft else _contested(request, cycle, uscc)
        form = _form(cycle, uscc, kind, initial={**begun, "token": token})
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "kept": files_kept(request, token),
        "objecting": _until(cycle, kind),
    }
    return page(request, "object", cycle, uscc, **context)


def _contested(request: HttpRequest, cycle: RatingCycle, uscc: str) -> dict[str, object]:
    """Begun with the single complaints of the address (?complaint=), and the indicators that their counts feed."""
    items = items_named(cycle, uscc, request.GET.getlist("complaint"))
    if not items:
        return {}
    words = [
        Text(f"诉求 {item.reference_no}({item.received_on})", f"complaint {item.reference_no} ({item.received_on})")
        for item in items
    ]
    fed = [one.code for one in edition_of(cycle).indicators if "hotline" in one.source]
    return {"indicators": fed, "contested": "\n".join(said(one) for one in words)}


def _until(cycle: RatingCycle, kind: str) -> Any:
    return objecting(cycle, timezone.now()) if kind == "objection" else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uscc: str, code: str, kind: str, token: str) -> HttpResponse:
    """The answers once more; sent, the receipt. One second too late, it says which date has passed."""
    cycle = own(request, uscc, code, ACT)
    if kind not in KINDS:
        raise Http404
    about = f"{code}/{uscc}/{kind}"
    draft = draft_of(request, token, about)
    if draft is None:
        return HttpResponseRedirect(reverse("own_lodge", args=[uscc, code, kind]))
    if draft.sent:
        return HttpResponseRedirect(reverse("own_lodged", args=[uscc, code, draft.sent]))
    answers = _answers(cycle, uscc, kind, draft)
    problems: list[str] = []
    if request.method == "POST":
        send: Callable[..., Objection] = objection_lodge if kind == "objection" else left_out_ask
        try:
            made = send(
                cycle=cycle, uscc=uscc, actor=actor(request), now=timezone.now(), token=token,
                files=files_given(request, token), **draft.fields,
            )  # fmt: skip
        except BadInput as bad:
            problems = [said(Text(problem.expected, problem.expected_en)) for problem in bad.problems]
        except MoveRefused as refused:
            kept: dict[str, Any] = {"refused": refused.refused, "kind": kind, "answers": answers}
            return page(request, "too_late", cycle, uscc, **kept, status=409)
        else:
            draft_keep(request, Draft(token, about, draft.fields, made.pk))
            return HttpResponseRedirect(reverse("own_lodged", args=[uscc, code, made.pk]))
    context: dict[str, Any] = {"kind": kind, "answers": answers, "kept": files_kept(request, token), "token": token}
    return page(request, "object_check", cycle, uscc, problems=problems, objecting=_until(cycle, kind), **context)


def _answers(cycle: RatingCycle, uscc: str, kind: str, draft: Draft) -> list[tuple[str, str]]:
    names = {one.code: said(one.name) for one in edition_of(cycle).indicators}
    told = []
    for name, field in _form(cycle, uscc, kind).fields.items():
        value = draft.fields.get(name)
        if value:
            words = (
                said(Text("、", ", ")).join(names.get(str(v), str(v)) for v in value)
                if isinstance(value, list)
                else value
            )
            told.append((str(field.label), str(words)))
    return told


@never_cache
@require_safe
def lodged(request: HttpRequest, uscc: str, code: str, pk: int) -> HttpResponse:
    """The receipt: the number of the case, what comes next and by when."""
    cycle = own(request, uscc, code, ACT)
    found = objections_of(cycle, uscc).filter(pk=pk).first()
    if found is None:
        raise Http404
    due = found.case.deadlines.filter(ended_at=None).order_by("due").first()
    return page(request, "lodged", cycle, uscc, objection=found, due=due)
