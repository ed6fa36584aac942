"""Declaring items with proof: the list of what can be declared, the form, the check before sending, the receipt."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.documents.selectors import files_of
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.rating.models import Declaration, RatingCycle, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.rules.standard import Indicator
from gongbao.rating.selectors.declarations import declarable, declarations_of, review_due
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.services.declarations import (
    declaration_check,
    declaration_make,
    declaration_mend,
    declaration_withdraw,
)
from gongbao.rating.views.drafts import Draft, draft_keep, draft_of, files_given, files_keep, files_kept, token_fresh
from gongbao.rating.views.enterprise import own, page
from gongbao.rating.views.forms import DeclareForm
from gongbao.rating.views.phrases import DECLARATION, STEP
from gongbao.web.words import said

ACT = "rating.enterprise.act"
MENDABLE_IN = (State.COLLECTING, State.CLOSED)


@never_cache
@require_safe
def declarations(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """What can be declared, what was, and where each stands."""
    cycle = own(request, uscc, code)
    made = list(declarations_of(cycle, uscc))
    tasks = [(one, [_line(d) for d in made if d.indicator == one.code]) for one in declarable(cycle)]
    context = {
        "tasks": tasks,
        "standard": edition_of(cycle),
        "is_open": cycle.state == State.COLLECTING,
        "until": source_due(cycle, "enterprise"),
        "returned": [_line(d) for d in made if d.state == Declaration.State.RETURNED],
    }
    return page(request, "declarations", cycle, uscc, **context)


def _line(declaration: Declaration) -> tuple[Declaration, Text, str]:
    return (declaration, *DECLARATION[declaration.state])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, uscc: str, code: str, item: str) -> HttpResponse:
    """The form of one item. What is filled in is kept; nothing is sent before it was checked."""
    cycle = own(request, uscc, code, ACT)
    indicator = _item(cycle, item)
    about = f"{code}/{uscc}/{item}"
    token = request.POST.get("token") or request.GET.get("draft") or token_fresh()
    draft = draft_of(request, token, about)
    if draft and draft.sent:
        return HttpResponseRedirect(reverse("own_received", args=[uscc, code, draft.sent]))
    kept = files_kept(request, token)
    options = {"cycle": cycle, "uscc": uscc, "indicator": indicator, "kept": len(kept)}
    if request.method == "POST":
        form = DeclareForm(request.POST, request.FILES, **options)
        if form.is_valid() and _kept(request, cycle, uscc, indicator, form, Draft(token, about, form.given(), 0)):
            return HttpResponseRedirect(reverse("own_check", args=[uscc, code, item, token]))
    else:
        form = DeclareForm(initial={**(draft.fields if draft else {}), "token": token}, **options)
    context = {"form": form, "indicator": indicator, "standard": edition_of(cycle), "kept": kept}
    return page(request, "declare", cycle, uscc, is_open=cycle.state == State.COLLECTING, **context)


def _item(cycle: RatingCycle, code: str) -> Indicator:
    found = next((one for one in declarable(cycle) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _kept(
    request: HttpRequest, cycle: RatingCycle, uscc: str, indicator: Indicator, form: DeclareForm, draft: Draft
) -> bool:
    """Keep what was filled in if it would be taken; else the reasons are in the form."""
    try:
        declaration_check(cycle=cycle, uscc=uscc, indicator=indicator.code, actor=actor(request), **_fields(draft))
        files_keep(request, draft.token, form.cleaned_data["proofs"], timezone.now())
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, said(refused.refused.because))
    else:
        draft_keep(request, draft)
        return True
    return False


def _fields(draft: Draft) -> dict[str, Any]:
    return {**draft.fields, "occurred_on": date.fromisoformat(str(draft.fields["occurred_on"]))}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uscc: str, code: str, item: str, token: str) -> HttpResponse:
    """The answers once more; sent, the receipt. However often it is sent, it is declared once."""
    cycle = own(request, uscc, code, ACT)
    indicator, about = _item(cycle, item), f"{code}/{uscc}/{item}"
    draft = draft_of(request, token, about)
    if draft is None:
        return HttpResponseRedirect(reverse("own_declare", args=[uscc, code, item]))
    if draft.sent:
        return HttpResponseRedirect(reverse("own_received", args=[uscc, code, draft.sent]))
    problems: list[str] = []
    if request.method == "POST":
        try:
            made = declaration_make(
                cycle=cycle, uscc=uscc, indicator=item, proofs=files_given(request, token), actor=actor(request),
                now=timezone.now(), token=token, **_fields(draft),
            )  # fmt: skip
        except BadInput as bad:
            problems = [said(Text(problem.expected, problem.expected_en)) for problem in bad.problems]
        except MoveRefused as refused:
            problems = [said(refused.refused.because)]
        else:
            draft_keep(request, Draft(token, about, draft.fields, made.pk))
            return HttpResponseRedirect(reverse("own_received", args=[uscc, code, made.pk]))
    context = {
        "indicator": indicator,
        "answers": _answers(cycle, uscc, indicator, draft.fields),
        "kept": files_kept(request, token),
        "token": token,
        "problems": problems,
        "district_days": review_due(cycle),
    }
    return page(request, "check", cycle, uscc, **context)


def _answers(cycle: RatingCycle, uscc: str, indicator: Indicator, fields: dict[str, object]) -> list[tuple[str, str]]:
    """Label and answer of each field, as the form asked."""
    form = DeclareForm(cycle=cycle, uscc=uscc, indicator=indicator, kept=1)
    told = []
    for name, field in form.fields.items():
        if name in ("token", "proofs"):
            continue
        value = str(fields.get(name, ""))
        named = dict(getattr(field, "choices", ())).get(value, value)
        told.append((str(field.label), str(named) or "—"))
    return told


def _declaration(request: HttpRequest, uscc: str, code: str, pk: int, permission: str) -> Declaration:
    cycle = own(request, uscc, code, permission)
    found = declarations_of(cycle, uscc).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def received(request: HttpRequest, uscc: str, code: str, pk: int) -> HttpResponse:
    """The receipt: its number, what comes next, who has it."""
    found = _declaration(request, uscc, code, pk, ACT)
    indicator = _item(found.cycle, found.indicator)
    return page(request, "received", found.cycle, uscc, declaration=found, indicator=indicator)


@never_cache
@require_safe
def declaration(request: HttpRequest, uscc: str, code: str, pk: int) -> HttpResponse:
    """One declaration: where it stands, what was said about it, its proof."""
    found = _declaration(request, uscc, code, pk, "rating.enterprise.see")
    allow(request, "rating.declaration.see", found)
    cycle, indicator = found.cycle, _item(found.cycle, found.indicator)
    fields = {name: getattr(found, name) for name in ("project_id", "value", "reference", "document_no", "note")}
    steps = [_event(step) for step in found.steps.select_related("by", "organisation").order_by("-pk")]
    undecided = found.state in (*_WAITING, Declaration.State.RETURNED)
    context = {
        "declaration": found,
        "indicator": indicator,
        "answers": _answers(cycle, uscc, indicator, {**fields, "occurred_on": found.occurred_on}),
        "files": files_of(found.belongs_to),
        "steps": steps,
        "line": _line(found),
        "can_mend": found.state == Declaration.State.RETURNED and cycle.state in MENDABLE_IN,
        "can_withdraw": undecided,
    }
    return page(request, "declaration", cycle, uscc, **context)


_WAITING = (Declaration.State.DECLARED, Declaration.State.DISTRICT)


def _event(step: Any) -> dict[str, Any]:
    office = said(step.organisation.text) if step.organisation else str(step.by)
    return {"at": step.at, "title": STEP[step.state_after], "by": office, "text": step.because}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, uscc: str, code: str, pk: int) -> HttpResponse:
    """Hand a returned one in again, with what is mended and further proof."""
    found = _declaration(request, uscc, code, pk, ACT)
    cycle, indicator = found.cycle, _item(found.cycle, found.indicator)
    if found.state != Declaration.State.RETURNED:
        return HttpResponseRedirect(reverse("own_declaration", args=[uscc, code, pk]))
    options = {"cycle": cycle, "uscc": uscc, "indicator": indicator, "kept": 1}
    if request.method == "POST":
        form = DeclareForm(request.POST, request.FILES, **options)
        if form.is_valid() and _mended(request, found, form):
            words = Text("已重新提交,由区级初审。", "Handed in again; the district reviews it.")
            messages.success(request, said(words))
            return HttpResponseRedirect(reverse("own_declaration", args=[uscc, code, pk]))
    else:
        fields = ("project_id", "value", "reference", "document_no", "note", "occurred_on")
        held = {name: getattr(found, name) for name in fields}
        form = DeclareForm(initial={**held, "token": str(found.version)}, **options)
    returned = found.steps.filter(state_after=Declaration.State.RETURNED).order_by("-pk").first()
    context = {"form": form, "declaration": found, "indicator": indicator, "returned": returned}
    return page(request, "mend", cycle, uscc, files=files_of(found.belongs_to), **context)


def _mended(request: HttpRequest, found: Declaration, form: DeclareForm) -> bool:
    """The token of this form is the version that the person saw."""
    token, proofs = form.cleaned_data["token"], form.cleaned_data["proofs"]
    changes = {n: v for n, v in form.cleaned_data.items() if n not in ("token", "proofs")}
    try:
        with transaction.atomic():
            declaration_mend(
                declaration=found,
                version=int(token) if token.isdecimal() else -1,
                changes=changes,
                proofs=[(str(upload.name), upload.read()) for upload in proofs],
                actor=actor(request),
                now=timezone.now(),
            )
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, said(refused.refused.because))
    else:
        return True
    return False


@require_POST
def withdraw(request: HttpRequest, uscc: str, code: str, pk: int) -> HttpResponse:
    """Take it back before it is decided."""
    found = _declaration(request, uscc, code, pk, ACT)
    version = request.POST.get("version", "")
    try:
        declaration_withdraw(
            declaration=found,
            version=int(version) if version.isdecimal() else -1,
            actor=actor(request),
            now=timezone.now(),
        )
    except MoveRefused as refused:
        messages.error(request, said(refused.refused.because))
    else:
        messages.success(request, said(Text("申报已撤回。", "The declaration is withdrawn.")))
    return HttpResponseRedirect(reverse("own_declaration", args=[uscc, code, pk]))
