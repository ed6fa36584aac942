"""The desk of an applicant: her applications, the measures that she can apply for, and beginning an application."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.support.models import Application
from gongbao.support.rules.answers import Match
from gongbao.support.selectors.applications import applications_of, in_state, state_of, with_states
from gongbao.support.selectors.drafts import MONEY, OPEN_STATES, choices
from gongbao.support.selectors.editions import catalogue_now, is_offered, measure_of
from gongbao.support.selectors.ledgers import ledger_rules
from gongbao.support.services.drafts import draft_begin
from gongbao.support.views.wording import measure_names, state_name
from gongbao.web.errors import NotAllowed
from gongbao.web.forms import Form
from gongbao.web.registry import Work
from gongbao.web.words import said

SEE, ACT = "support.applicant.see", "support.applicant.act"
GONE = Text(
    "这一项已不在现行政策中,不能继续准备;草稿可以删除。",
    "This measure is not part of the programmes in force any more: the draft cannot be continued, it can be deleted.",
)
MOST_BYTES = 1_000_000  # of a file with answers
STATUS = {
    "eligible": (Text("符合条件", "eligible"), "done"),
    "needs": (Text("还要回答几个问题", "some questions are open"), "soon"),
    "not_eligible": (Text("不符合", "not eligible"), "late"),
}


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - deadlines stand in the inbox
    """For each applicant that a person acts for: its applications, with those that were returned."""
    own = {post.organisation.uscc: post.organisation for post in who.posts if post.role == "enterprise"}
    for uscc, organisation in own.items():
        if not uscc:
            continue
        returned = in_state("correction").filter(applicant=organisation).count()
        name = organisation.text
        says = Text(f"{name.zh} · 申请、材料、投资明细和进展", f"{name.en} · applications, papers, ledger, progress")
        yield Work(Text("资金申请", "Applications for support"), says, reverse("own_support", args=[uscc]), returned)


def own(
    request: HttpRequest, uscc: str, pk: int, permission: str = "support.application.see", *, gone: bool = False
) -> Application:
    """An application of that applicant, for whoever may; 404 for others, strangers are sent to log in.

    gone: also a draft whose measure is not offered any more; raises NotAllowed for it otherwise.
    """
    allow(request, SEE, uscc)
    found = Application.objects.filter(pk=pk, applicant__uscc=uscc).select_related("applicant", "project", "case")
    application = found.first()
    if application is None:
        raise Http404
    allow(request, permission, application)
    if not gone and not is_offered(application):
        raise NotAllowed(Refused(GONE, ""))
    return application


def page(request: HttpRequest, template: str, application: Application, status: int = 200, **more: Any) -> HttpResponse:
    """A page of one application, with what all of them show in their head."""
    head = {
        "application": application,
        "uscc": application.applicant.uscc,
        "measure": measure_of(application),
        "has_ledger": ledger_rules(application) is not None,
        "state": state_name(application),
        "is_open": state_of(application) in OPEN_STATES,
        "may_act": isinstance(ask("support.application.edit", actor(request), application), Allowed),
    }
    return render(request, f"support/applicant/{template}.html", {**head, **more}, status=status)


def problems_page(bad: BadInput) -> dict[str, Any]:
    return {"problems": bad.problems, "total": bad.total}


@never_cache
@require_safe
def applications(request: HttpRequest, uscc: str) -> HttpResponse:
    """Drafts and what was sent, each with where it stands."""
    organisation = _organisation(request, uscc, SEE)
    named = measure_names()
    listed = [(one, named(one.measure), state_name(one)) for one in with_states(applications_of(organisation))]
    may_act = isinstance(ask(ACT, actor(request), uscc), Allowed)
    context = {"uscc": uscc, "organisation": organisation, "listed": listed, "may_act": may_act}
    return render(request, "support/applicant/applications.html", context)


@never_cache
@require_safe
def new(request: HttpRequest, uscc: str) -> HttpResponse:
    """What one can apply for, by programme: met, open or refused by what is on file."""
    organisation = _organisation(request, uscc, ACT)
    known, matches = catalogue_now(), choices(organisation, timezone.localdate())
    groups = [
        (programme, [_choice(match) for match in matches if known.programme_of[match.measure.code] is programme])
        for programme in known.programmes
    ]
    context = {"uscc": uscc, "organisation": organisation, "groups": groups}
    return render(request, "support/applicant/new.html", context)


def _choice(match: Match) -> dict[str, Any]:
    words, look = STATUS[match.status]
    refused = next((because for because in match.because if because.met is False), None)
    return {"measure": match.measure, "words": words, "look": look, "refused": refused, "questions": len(match.needs)}


class BeginForm(Form):
    """The project, and answers that were saved elsewhere."""

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scope == "project":
            zh, en = "在哪里实施,写到门牌号", "Where it is carried out, with street and number"
            self.fields["project"] = forms.CharField(label=said(Text("项目名称", "Project")), max_length=200)
            self.fields["place"] = forms.CharField(
                label=said(Text("项目地点", "Place")), help_text=said(Text(zh, en)), max_length=300
            )
        zh = "测算时保存的答案(JSON),没有就不选;已有的答案不再问"
        en = "Answers that the simulator saved (JSON), if there are any; what they say is not asked again"
        self.fields["answers"] = forms.FileField(
            label=said(Text("测算答案", "Answers of the simulator")), help_text=said(Text(zh, en)), required=False
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """Begin an application under one measure."""
    organisation = _organisation(request, uscc, ACT)
    measure = catalogue_now().by_code.get(code)
    if measure is None or measure.promise not in MONEY:
        raise Http404
    form = BeginForm(request.POST or None, request.FILES or None, scope=measure.scope)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = draft_begin(
                uscc=uscc, measure=code, actor=actor(request), now=timezone.now(), project=given.get("project", ""),
                place=given.get("place", ""), facts=_facts(given["answers"], given.get("project", "")),
            )  # fmt: skip
        except BadInput as bad:
            form.take(bad)
        else:
            return HttpResponseRedirect(reverse("own_application", args=[uscc, made.pk]))
    match = next(one for one in choices(organisation, timezone.localdate()) if one.measure.code == code)
    context = {"uscc": uscc, "organisation": organisation, "measure": measure, "form": form, "match": match}
    return render(request, "support/applicant/begin.html", context)


def _facts(upload: Any, project: str) -> dict[str, dict[str, object]]:
    """What a saved profile says of the entity, and of the project of that name, or of its only one. Raises BadInput."""
    if not upload:
        return {}
    try:
        document = json.loads(upload.read(MOST_BYTES))
        projects = document.get("projects") or []
        named = [one for one in projects if one.get("name") == project] or projects[:1]
        return {"entity": dict(document.get("entity") or {}), "project": dict(named[0]["facts"]) if named else {}}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        zh, en = "测算时保存的 JSON 文件", "the JSON file that the simulator saved"
        raise BadInput([Problem(upload.name, None, "answers", "", zh, en)]) from error


def _organisation(request: HttpRequest, uscc: str, permission: str) -> Organisation:
    allow(request, SEE, uscc)
    allow(request, permission, uscc)
    found = organisation_by_uscc(uscc)
    assert found  # noqa: S101 - hidden above
    return found
