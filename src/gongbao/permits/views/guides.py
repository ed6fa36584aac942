"""Service guides: which items have one, which are out of date; and writing them."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.permits.addresses import item_url
from gongbao.permits.forms import GuideForm
from gongbao.permits.rules.guides import STATES, findings, states
from gongbao.permits.selectors import guides_of
from gongbao.permits.services.guides import guide_write
from gongbao.permits.views.catalogue import edition_asked
from gongbao.web.words import said


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The items of an edition by the state of their guides; for editors also where to write them."""
    edition = edition_asked(request)
    told = guides_of(edition)
    state_of = states(edition, list(told.values()))
    lacking: dict[int, list[Text]] = defaultdict(list)
    for one in findings(edition, list(told.values())):
        lacking[one.item].append(one.what)
    groups = [
        (code, name, [(item, lacking.get(item.no, [])) for item in edition.items if state_of[item.no] == code])
        for code, name in STATES.items()
    ]
    may_write = isinstance(ask("permits.guide.write", actor(request)), Allowed)
    return render(request, "permits/guides.html", {"edition": edition, "groups": groups, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Write the guide of an item, beginning with the one that it has."""
    allow(request, "permits.guide.write")
    edition = edition_asked(request, name)
    item = next((one for one in edition.items if one.no == number), None)
    if item is None:
        raise Http404
    if request.method == "POST":
        form = GuideForm(request.POST)
    else:
        form = GuideForm(initial=GuideForm.told(guides_of(edition).get(number), timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            guide_write(edition=edition, guide=form.guide(number), actor=actor(request), now=timezone.now())
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(request, said(Text("已公布。", "It is public.")))
            return redirect(f"{item_url(edition, number)}#guide")
    context = {"edition": edition, "item": item, "form": form}
    return render(request, "permits/guide_write.html", context, status=422 if form.errors else 200)
