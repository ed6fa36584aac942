"""Knows who acts in a request, and asks people to log in where only people whom we know may go."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongbao.organisations.permissions import Actor, actor_of
from gongbao.web.errors import NotAllowed, expired


def _actor(request: HttpRequest) -> Actor:
    person = request.user if request.user.is_authenticated else None
    return actor_of(person, timezone.localdate())


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A stranger who may not: to the login, and back. What she was sending is shown, so that it is not lost."""
        if not isinstance(exception, NotAllowed) or request.user.is_authenticated:
            return None
        if request.method == "POST":
            return expired(request)
        return redirect_to_login(request.get_full_path())
