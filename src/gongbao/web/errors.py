"""Pages for when something is in the way: each says what, why, and how to go on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongbao.kernel.result import Refused

KEPT_LIMIT = 100  # fields of a form that are shown again after the session has ended
SECRET = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


class NotAllowed(PermissionDenied):
    """May not be done, because of a clause or a rule of the house: answered with 403 and the reason."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused
        super().__init__(refused.because.zh)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    refused = exception.refused if isinstance(exception, NotAllowed) else None
    return render(request, "web/403.html", {"refused": refused}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: made without database and without the frame, which may be what is broken."""
    chinese = not request.COOKIES.get("django_language", "").startswith("en")
    return HttpResponse(render_to_string("web/500.html", {"chinese": chinese}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form came without a valid token: most often because the session ended while it was being filled in.

    What was typed is shown, so that it can be copied; after logging in the person is back where she was.
    """
    return expired(request)


def expired(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path()
    kept = [
        (name, value)
        for name, values in list(request.POST.lists())[:KEPT_LIMIT]
        for value in values
        if name not in SECRET and value
    ]
    back = here if url_has_allowed_host_and_scheme(here, {request.get_host()}) else reverse("front")
    context: dict[str, Any] = {"kept": kept, "back": back}
    return render(request, "web/expired.html", context, status=403)
