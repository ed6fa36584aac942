"""One application as offices see it: facts, papers, ledger, steps of the amount, conflicts, history, and what to do."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.models import Case
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.selectors import history, moves_for, next_parties
from gongbao.cases.tables import process_of, process_on
from gongbao.cases.views.case import Line
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.selectors.applications import PAID, about, application_by_number, rivals, state_of
from gongbao.support.selectors.consents import consents_now, outcome
from gongbao.support.selectors.drafts import checklist
from gongbao.support.selectors.editions import measure_of, programme_of
from gongbao.support.selectors.ledgers import shared_with
from gongbao.support.selectors.worth import worth_of
from gongbao.support.services.materials import materials_check
from gongbao.support.services.recoveries import recovery_begin
from gongbao.support.views.desk import ways
from gongbao.support.views.wording import deadlines_of, fact_lines, measure_names, state_name
from gongbao.web.forms import Form
from gongbao.web.words import both, said

ANSWERS = {
    "consented": Text("同意", "consents"),
    "silent": Text("两次未答,视为同意", "silent twice, counts as consent"),
    "objected": Text("不同意", "does not consent"),
    "dropped": Text("不再需要", "no longer needed"),
    "": Text("待答复", "not answered yet"),
}
BATCHED = ("pay", "wait")  # moves that the page of payments makes for many at once


def ways_home(case: Case, who: Actor) -> list[tuple[Text, str]]:
    """From a case to the page of its application, for whoever may see it there."""
    found = about(case.subject).select_related("applicant", "case")
    application = found.first()
    if application is None or application.case is None:
        return []
    if not isinstance(ask("support.application.see", who, application), Allowed):
        return []
    if who.holds("enterprise", "manager", at=application.applicant):
        url = reverse("own_application", args=[application.applicant.uscc, application.pk])
    else:
        url = reverse("support_application", args=[application.case.number])
    return [(Text("申请的全部内容", "Everything about the application"), url)]


def seen(request: HttpRequest, number: str) -> Application:
    """The application of that number for an office that may see it, else 404."""
    found = application_by_number(number)
    allow(request, "support.application.see", found)
    allow(request, "support.desk.see")
    assert found is not None  # noqa: S101 - hidden above
    return found


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    return page(request, seen(request, number))


def page(request: HttpRequest, application: Application, form: Form | None = None, status: int = 200) -> HttpResponse:
    who, case = actor(request), application.case
    assert case and who.person  # noqa: S101 - it was sent, and whoever sees it is logged in
    process, named = process_of(case.process, case.edition), measure_names()
    worth = worth_of(application, application.applied_on or who.on)
    checking = isinstance(ask("support.materials.check", who, application), Allowed) and _in_review(application)
    slots = [(slot, row) for slot, row in checklist(application) if row]
    context: dict[str, Any] = {
        "application": application,
        "case": case,
        "ways": ways(who),
        "state": state_name(application),
        "next": [process.party(code).name for code in next_parties(case)],
        "running": deadlines_of(case, who.on),
        "choices": [c for c in moves_for(case, who.person, who.on) if c.move.code not in BATCHED],
        "events": [Line.of(event, process) for event in history(case)],
        "papers": [step.paper for step in case.steps.exclude(paper=None).select_related("paper__file")],
        "programme": programme_of(application),
        "measure": measure_of(application),
        "worth": worth,
        "amounts": _amounts(application),
        "facts": fact_lines(application),
        "slots": slots,
        "checking": checking,
        "form": form or (MaterialsForm(slots=slots) if checking else None),
        "rivals": [(one, named(one.measure), state_name(one)) for one in rivals(application)],
        "shared": sorted(shared_with(application).items()),
        "marks": application.applicant.credit_marks.all(),
        "consents": [(one, ANSWERS[outcome(one)]) for one in consents_now(application)],
        "objections": _objections(application),
        "recoveries": application.recoveries.select_related("case"),
        "may_recover": _may_recover(who, application),
        "may_correct": isinstance(ask("support.ledger.correct", who, application), Allowed),
    }  # fmt: skip
    return render(request, "support/desk/application.html", context, status=status)


def _in_review(application: Application) -> bool:
    return state_of(application) == "received"


def _objections(application: Application) -> list[Case]:
    notices = application.public_notices.prefetch_related("objections__case")
    return [one.case for notice in notices for one in notice.objections.all()]


def _amounts(application: Application) -> list[tuple[Text, int | None]]:
    """The steps that the amount took, in order; those that are not known are left out."""
    steps = [
        (Text("申报投入计入金额", "investment that counts, as handed in"), application.countable),
        (Text("按申报材料可支持金额", "by the rules, as handed in"), application.assessed),
        (Text("审计后计入金额", "investment that counts, after the audit"), application.audited_countable),
        (Text("按审计结果可支持金额", "by the rules, after the audit"), application.audited),
        (Text("决定支持金额", "decided"), application.decided),
    ]
    return [(words, fen) for words, fen in steps if fen is not None]


def _may_recover(who: Actor, application: Application) -> bool:
    paid = state_of(application) in PAID
    return paid and isinstance(ask("support.money.pay", who, application.programme), Allowed)


class MaterialsForm(Form):
    """For every paper that was handed in: in order, or what it lacks."""

    def __init__(self, *args: Any, slots: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [
            ("", said(Text("未核对", "not checked"))),
            (MaterialSlot.State.ACCEPTED, said(Text("齐备", "in order"))),
            (MaterialSlot.State.RETURNED, said(Text("需补正", "to be mended"))),
        ]
        self.rows: list[int] = []
        for slot, row in slots:
            if row.state in (MaterialSlot.State.NOT_NEEDED, MaterialSlot.State.MISSING):
                continue
            name = f"{said(slot.material.name)} {row.of}".strip()
            self.rows.append(row.pk)
            self.fields[f"state_{row.pk}"] = forms.ChoiceField(
                label=name, choices=options, required=False, initial=row.state if row.state != "given" else ""
            )
            lacks = Text(f"“{name}”缺什么", f"What “{name}” lacks")
            self.fields[f"remark_{row.pk}"] = forms.CharField(
                label=said(lacks), required=False, initial=row.remark, max_length=500
            )

    def found(self) -> dict[int, tuple[str, str]]:
        """As materials_check takes it."""
        given = self.cleaned_data
        return {
            pk: (given[f"state_{pk}"], given.get(f"remark_{pk}", "")) for pk in self.rows if given.get(f"state_{pk}")
        }


@require_POST
def materials(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was found of the papers; what is to be mended then stands in the form of the return."""
    application = seen(request, number)
    allow(request, "support.materials.check", application)
    form = MaterialsForm(request.POST, slots=[(slot, row) for slot, row in checklist(application) if row])
    if form.is_valid():
        try:
            materials_check(application=application, found=form.found(), actor=actor(request), now=timezone.now())
        except BadInput as bad:
            form.take(bad)
        except MoveRefused as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            return HttpResponseRedirect(reverse("support_application", args=[number]))
    return page(request, application, form, status=422)


class RecoverForm(Form):
    ground = forms.ChoiceField(label=both("事由", "Ground"), widget=forms.RadioSelect)
    found = forms.CharField(label=both("查明的情况", "What was found"), widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = process_on("support_recovery", timezone.localdate()).field("ground")
        self.fields["ground"].choices = [(value, said(name)) for value, name in field.offered]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest, number: str) -> HttpResponse:
    """Begin to take money back; the rest goes on in a case of its own."""
    application = seen(request, number)
    allow(request, "support.money.pay", application.programme)
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = recovery_begin(
                    application=application, actor=actor(request), now=timezone.now(), **form.cleaned_data
                )
        except BadInput as bad:
            form.take(bad)
        except MoveRefused as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            return HttpResponseRedirect(reverse("case", args=[made.case.number]))
    context = {"application": application, "case": application.case, "form": form, "ways": ways(actor(request))}
    return render(request, "support/desk/recover.html", context)
