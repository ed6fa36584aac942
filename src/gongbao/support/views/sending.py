"""Sending an application: everything that is missing, or the answers once more; the receipt. The same for what was
returned for correction."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.support.models import Application
from gongbao.support.selectors.applications import TRACK
from gongbao.support.selectors.drafts import is_open, lacking
from gongbao.support.selectors.submission import warnings
from gongbao.support.selectors.worth import worth_of
from gongbao.support.services.applications import application_move, application_submit
from gongbao.support.views.applicant import own, page
from gongbao.support.views.preparing import EDIT
from gongbao.support.views.wording import deadlines_of, money
from gongbao.web.forms import Form
from gongbao.web.words import said


class SendForm(Form):
    """The applicant answers for what is sent; of a correction also what was supplied."""

    def __init__(self, *args: Any, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            self.fields["supplied"] = forms.CharField(
                label=said(Text("补正了什么", "What you supplied")), widget=forms.Textarea({"rows": 4}), max_length=4000
            )
        words = Text(
            "所提供的材料真实、准确、完整,由申报单位负责",
            "What is handed in is true, exact and complete; we answer for it",
        )
        self.fields["true"] = forms.BooleanField(label=said(words))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """What is missing, each with its clause and the way there; when nothing is, the answers and the button."""
    application = own(request, uscc, pk, EDIT)
    if not is_open(application):
        return HttpResponseRedirect(reverse("own_application", args=[uscc, pk]))
    missing, correcting = lacking(application), application.case is not None
    if missing:
        return page(
            request, "incomplete", application, lacking=missing, status=409 if request.method == "POST" else 200
        )
    form = SendForm(request.POST or None, correcting=correcting)
    if request.method == "POST" and form.is_valid() and _sent(request, application, form):
        return HttpResponseRedirect(reverse("own_application_received", args=[uscc, pk]))
    today = timezone.localdate()
    worth = worth_of(application, application.applied_on or today)
    context: dict[str, Any] = {
        "form": form,
        "correcting": correcting,
        "version": _version(application),
        "warnings": warnings(application, today),
        "worth": worth,
        "amount": money(worth.amount),
        "countable": money(worth.countable),
        "papers": sum(row.files.count() for row in application.materials.all()),
    }
    return page(request, "send", application, **context)


def _version(application: Application) -> int:
    return int(application.case.tracks.get(code=TRACK).version) if application.case else 0


def _sent(request: HttpRequest, application: Application, form: SendForm) -> bool:
    who, now, seen = actor(request), timezone.now(), request.POST.get("version", "")
    try:
        if application.case is None:
            application_submit(application=application, actor=who, now=now)
        else:
            assert who.person  # noqa: S101 - who may edit is known
            application_move(
                application=application, move="supply", version=int(seen) if seen.isdecimal() else -1,
                actor=who.person, now=now, fields={"supplied": form.cleaned_data["supplied"]},
            )  # fmt: skip
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, said(refused.refused.because))
    else:
        return True
    return False


@never_cache
@require_safe
def received(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """The receipt: its number, what comes next and by when."""
    application = own(request, uscc, pk)
    case = application.case
    if case is None:
        raise Http404
    return page(request, "received", application, case=case, running=deadlines_of(case, actor(request).on))
