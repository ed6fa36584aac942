"""Papers of an application: the checklist with a state for each slot, and the catalogue to print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.documents.sniffing import accepted
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.rules.checklist import Slot
from gongbao.support.selectors.drafts import checklist
from gongbao.support.selectors.editions import measure_of, programme_of
from gongbao.support.services.materials import material_give, material_take_out, material_waive
from gongbao.support.tables.catalogue_paper import typeset_catalogue
from gongbao.support.views.applicant import own, page
from gongbao.support.views.preparing import EDIT
from gongbao.web.words import said

S = MaterialSlot.State
LOOK = {
    S.MISSING: (Text("缺少", "missing"), "soon"),
    S.GIVEN: (Text("已上传", "given"), "done"),
    S.ACCEPTED: (Text("齐备", "accepted"), "done"),
    S.RETURNED: (Text("需补正", "to be mended"), "late"),
    S.NOT_NEEDED: (Text("不适用", "not due"), "done"),
}
EACH = {"event": Text("第 {n} 场活动", "event {n}"), "store": Text("第 {n} 家店铺", "store {n}")}


def titled(slot: Slot) -> Text:
    """Its name, with the event or store that it is for."""
    name, each = slot.material.name, EACH.get(slot.material.each)
    if not each or not slot.of:
        return name
    return Text(f"{each.zh.format(n=slot.of)}:{name.zh}", f"{name.en}, {each.en.format(n=slot.of)}")


@never_cache
@require_safe
def checklist_page(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Every slot in the order of the catalogue."""
    application = own(request, uscc, pk)
    lines = [
        {"slot": slot, "row": row, "title": titled(slot), "look": LOOK[S(row.state)]}
        for slot, row in checklist(application)
        if row is not None
    ]
    states = application.materials.filter(state__in=(S.MISSING, S.RETURNED))
    context: dict[str, Any] = {"lines": lines, "open_slots": states.count(), "megabytes": accepted()["megabytes"]}
    return page(request, "materials", application, **context)


@require_POST
def change(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Put files into a slot, take one out, or say that the paper is not due."""
    application = own(request, uscc, pk, EDIT)
    slot, of = request.POST.get("slot", ""), request.POST.get("of", "")
    key: dict[str, Any] = {
        "application": application, "slot": slot, "of": of, "actor": actor(request), "now": timezone.now(),
    }  # fmt: skip
    action, file = request.POST.get("action", ""), request.POST.get("file", "")
    try:
        if action == "give":
            for upload in request.FILES.getlist("files"):
                material_give(**key, name=str(upload.name), content=upload.read())
        elif action == "take_out" and file.isdecimal():
            material_take_out(**key, file=int(file))
        elif action in ("waive", "unwaive"):
            material_waive(**key, waived=action == "waive")
        else:
            raise Http404
    except BadInput as bad:
        for problem in bad.problems:
            words = Text(
                f"{problem.value or problem.table}:应为{problem.expected}",
                f"{problem.value or problem.table}: {problem.expected_en} is due",
            )
            messages.error(request, said(words))
    except MoveRefused as refused:
        messages.error(request, said(refused.refused.because))
    where = reverse("own_application_materials", args=[uscc, pk])
    return HttpResponseRedirect(f"{where}#{slot}{of and '-'}{of}")


@never_cache
@require_safe
def catalogue_page(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """The catalogue in the order in which the papers are bound, and what the set of papers needs."""
    application = own(request, uscc, pk)
    lines = [(titled(slot), slot, row) for slot, row in _bound(application)]
    return page(request, "catalogue", application, lines=lines)


@never_cache
@require_safe
def catalogue_pdf(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """The same as a PDF to print and bind in front."""
    application = own(request, uscc, pk)
    measure, programme = measure_of(application), programme_of(application)
    project = application.project
    facts = [
        ("申报单位", application.applicant.name),
        ("统一社会信用代码", application.applicant.uscc or ""),
        ("项目名称", project.name if project else ""),
        ("项目地点", project.place if project else ""),
        ("支持方向", measure.name.zh),
        ("依据", f"{programme.document} {programme.name.zh}"),
    ]
    lines = [
        (titled(slot).zh, slot.material.cite.removeprefix(programme.document).strip(), row.files.count() if row else 0)
        for slot, row in _bound(application)
    ]
    content = typeset_catalogue(facts, lines, timezone.localdate())
    head = {"Content-Disposition": f'inline; filename="catalogue-{application.pk}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=head)


def _bound(application: Application) -> list[tuple[Slot, MaterialSlot | None]]:
    """What is bound: all but what is declared not to be due."""
    return [(slot, row) for slot, row in checklist(application) if row is None or row.state != S.NOT_NEEDED]
