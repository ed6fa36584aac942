"""Applying: the list, a draft as a list of tasks, its parts, everything missing at once, the receipt."""

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.lengths import length_on
from gongbao.cases.tables import process_of
from gongbao.firesafety.models import Application, Material, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.rules.check import MATTERS, check
from gongbao.firesafety.selectors.applicant import applicants_of, applications_online
from gongbao.firesafety.selectors.drafts import authorities, draft_problems, part_of, parts_of_draft
from gongbao.firesafety.selectors.materials import Slot, share_of, slots_of
from gongbao.firesafety.services.applications import (
    application_drop,
    application_save,
    material_add,
    material_remove,
    place_remove,
    place_save,
)
from gongbao.firesafety.services.applying import draft_begin, draft_send
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.firesafety.views.forms import (
    WAYS,
    DeliveryForm,
    DrawForm,
    MaterialForm,
    PlaceForm,
    ProjectForm,
    SendForm,
    kinds,
)
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.words import said

PART_FORMS: dict[str, type[Any]] = {"project": ProjectForm, "delivery": DeliveryForm, "draw": DrawForm}
MADE = Text("已保存。", "Saved.")
PERIODS = {"admission": "housing_admission", "answer": "visit_answer", "decision": "housing_decision"}


@never_cache
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Everything that this person applies for, for whichever enterprise: drafts, what runs, what is decided."""
    allow(request, "fire.apply")
    found = applications_online(actor(request))
    drafts = [one for one in found if one.sent_at is None]
    sent = [one for one in found if one.sent_at]
    return render(request, "firesafety/applicant/list.html", {"drafts": drafts, "sent": sent})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft with what the check found out. Without a check, or with one that failed, the check comes first."""
    allow(request, "fire.apply")
    given = request.POST if request.method == "POST" else request.GET
    questions = packaged_guide().questions
    verdict = check(questions, {one.code: given.get(one.code, "") for one in questions})
    if verdict.failed or verdict.next:
        return HttpResponseRedirect(f"{reverse('fire_check')}?{request.GET.urlencode()}")
    mine = applicants_of(actor(request))
    if request.method == "POST":
        chosen = next((one for one in mine if one.code == given.get("applicant")), None)
        if chosen is None:
            raise Http404
        begun = draft_begin(
            applicant=chosen, matter=verdict.matter, way=given["way"], kind=given["kind"], actor=actor(request),
            now=timezone.now(),
        )  # fmt: skip
        return _to("fire_draft", begun)
    answers = [(one.question, one.chosen) for one in verdict.findings]
    return render(request, "firesafety/applicant/new.html", {"mine": mine, "answers": answers})


def own(request: HttpRequest, pk: int) -> Application:
    """The application, for whoever acts for the applicant; 404 for others, strangers are sent to log in."""
    allow(request, "organisations.desk.see")
    found = get_object_or_404(Application.objects.select_related("applicant", "district", "window"), pk=pk)
    allow(request, "fire.application.see", found)
    return found


def own_draft(request: HttpRequest, pk: int) -> Application:
    """As `own`, for one that is not sent yet; else 404: its parts are no longer there to be filled in."""
    found = own(request, pk)
    allow(request, "fire.application.change", found)
    if found.sent_at:
        raise Http404
    return found


def _to(name: str, application: Application) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[application.pk]))


def page(request: HttpRequest, template: str, application: Application, status: int = 200, **more: Any) -> HttpResponse:
    head = {"application": application, "matter": MATTERS[application.matter], "kinds": kinds()}
    return render(request, f"firesafety/applicant/{template}.html", {**head, **more}, status=status)


@never_cache
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as tasks, each with what is missing; once sent, where its places stand."""
    application = own(request, pk)
    if application.sent_at:
        return page(request, "sent", application, places=application.places.select_related("case"))
    problems = draft_problems(application, actor(request).on)
    tasks = [
        (code, name, sum(part_of(p) == code for p in problems)) for code, name in parts_of_draft(application).items()
    ]
    return page(request, "draft", application, tasks=tasks, missing=len(problems))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One part of the form. `later` keeps it half filled in."""
    application = own_draft(request, pk)
    if code not in PART_FORMS or code not in parts_of_draft(application):
        raise Http404
    kind = PART_FORMS[code]
    if request.method == "POST":
        form = kind(request.POST, later="later" in request.POST)
        if form.is_valid():
            application_save(application=application, actor=actor(request), now=timezone.now(), **form.given())
            messages.success(request, said(MADE))
            return _to("fire_draft", application)
    else:
        form = kind(initial=kind.initial_of(application))
    who = authorities(application.district, actor(request).on) if code == "project" and application.district else None
    return page(request, "part", application, name=parts_of_draft(application)[code], form=form, competent=who)


@never_cache
@require_safe
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """The places of the construction case."""
    application = own_draft(request, pk)
    return page(request, "places", application, places=application.places.all())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    """One place; number 0 is a new one, else its key."""
    application = own_draft(request, pk)
    found = get_object_or_404(application.places, pk=number) if number else None
    if request.method == "POST":
        form = PlaceForm(request.POST, later="later" in request.POST)
        if form.is_valid():
            given = form.given()
            place_save(application=application, place=found, actor=actor(request), now=timezone.now(), **given)
            messages.success(request, said(MADE))
            return _to("fire_places", application)
    else:
        form = PlaceForm(initial=PlaceForm.initial_of(found or Place(), application.address))
    return page(request, "place", application, place=found, form=form)


@require_POST
def place_take_out(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    application = own_draft(request, pk)
    place_remove(place=get_object_or_404(application.places, pk=number), actor=actor(request), now=timezone.now())
    return _to("fire_places", application)


@never_cache
@require_safe
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is asked for, what is there, what is not."""
    application = own_draft(request, pk)
    return page(request, "materials", application, slots=slots_of(application))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The files of one material."""
    application = own_draft(request, pk)
    found = next((one for one in slots_of(application) if one.key == key), None)
    if found is None:
        raise Http404
    form = MaterialForm(request.POST or None, request.FILES or None, label=found.kind.name)
    if request.method == "POST" and form.is_valid() and _kept(request, application, found, form):
        messages.success(request, said(MADE))
        return _to("fire_materials", application)
    return page(request, "material", application, slot=found, form=form)


def _kept(request: HttpRequest, application: Application, slot: Slot, form: MaterialForm) -> bool:
    """Keep the files; False where one is not accepted, with the reason at the field."""
    for upload in form.cleaned_data["files"]:
        try:
            material_add(
                application=application, code=slot.kind.code, share=share_of(slot.kind), place=slot.place,
                name=upload.name, content=upload.read(), actor=actor(request), now=timezone.now(),
            )  # fmt: skip
        except BadInput as bad:
            words = [said(Text(problem.expected, problem.expected_en)) for problem in bad.problems]
            form.add_error("files", [f"{upload.name}: {word}" for word in words])
    return not form.errors


@require_POST
def material_take_out(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    application = own_draft(request, pk)
    found: Material = get_object_or_404(application.materials, pk=number)
    material_remove(material=found, actor=actor(request), now=timezone.now())
    return _to("fire_materials", application)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything once more, and all that is missing; sent, the receipt. However often it is sent, it is sent once."""
    application = own(request, pk)
    if application.sent_at:
        return _to("fire_received", application)
    allow(request, "fire.application.change", application)
    problems = draft_problems(application, actor(request).on)
    form = SendForm(request.POST or None, initial={"token": secrets.token_urlsafe(24)}, scope=application.scope)
    if request.method == "POST" and form.is_valid():
        try:
            draft_send(application=application, actor=actor(request), now=timezone.now(), **form.cleaned_data)
        except BadInput as bad:
            problems = list(bad.problems)
        except NotNow as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            return _to("fire_received", application)
    context = {
        "form": form,
        "missing": [(problem, _where(application, problem)) for problem in problems],
        "places": application.places.all(),
        "slots": slots_of(application),
        "way": WAYS.get(application.way),
        "competent": authorities(application.district, actor(request).on) if application.district else None,
    }
    return page(request, "review", application, status=422 if request.method == "POST" else 200, **context)


def _where(application: Application, problem: Problem) -> str:
    """The page on which something missing is filled in."""
    code = part_of(problem)
    if code in PART_FORMS:
        return reverse("fire_part", args=[application.pk, code])
    if code == "materials":
        return reverse("fire_material", args=[application.pk, problem.column])
    if problem.row is None:
        return reverse("fire_place_new", args=[application.pk])
    return reverse("fire_place_edit", args=[application.pk, application.places.all()[problem.row - 1].pk])


@never_cache
@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt: numbers, what comes next and by when."""
    application = own(request, pk)
    if application.sent_at is None:
        raise Http404
    found = [(place, _first_due(place)) for place in application.places.select_related("case")]
    lengths = {name: _length(found[0][0], code, actor(request).on) for name, code in PERIODS.items()}
    return page(request, "received", application, places=found, lengths=lengths)


def _length(place: Place, code: str, on: date) -> int:
    """Working days of a period that begins now: its setting."""
    assert place.case  # noqa: S101 - sent
    process = process_of(place.case.process, place.case.edition)
    return length_on(process, process.deadline(code), on)


def _first_due(place: Place) -> Any:
    return place.case.deadlines.filter(ended_at=None).order_by("due").first() if place.case else None


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    application_drop(application=own_draft(request, pk), actor=actor(request))
    messages.success(request, said(Text("草稿已删除。", "The draft is deleted.")))
    return HttpResponseRedirect(reverse("fire_applications"))
