"""Who calls the REST interface, what a call may do, and how many calls there may be.

The REST framework loads this module while it starts: nothing here imports its views.
"""

from collections.abc import Mapping

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from gongbao.organisations.models import Client
from gongbao.organisations.selectors import client_by_token

PUBLIC = ""


class ClientAuthentication(BaseAuthentication):
    """Authorization: Bearer gb_…"""

    def authenticate(self, request: Request) -> tuple[Client, None] | None:
        parts = get_authorization_header(request).split()
        if not parts:
            return None
        if len(parts) != 2 or parts[0].lower() != b"bearer":
            raise exceptions.AuthenticationFailed(
                "认证头应为 Bearer 加令牌。The header Authorization should be Bearer and a token."
            )
        client = client_by_token(parts[1].decode("latin-1"), timezone.now())
        if client is None:
            raise exceptions.AuthenticationFailed("令牌无效、已过期或已撤销。The token is unknown, expired or revoked.")
        return client, None

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's signature
        return "Bearer"


class ScopePermission(BasePermission):
    """A method that a view opens to everybody, or a client that holds the scope the view names for it."""

    def has_permission(self, request: Request, view: object) -> bool:
        wanted: Mapping[str, str] = getattr(view, "scopes", {})
        method = {"HEAD": "GET", "OPTIONS": "GET"}.get(request.method or "", request.method or "")
        if method not in wanted:
            return False
        if wanted[method] == PUBLIC:
            return True
        if not isinstance(request.user, Client):
            raise exceptions.NotAuthenticated("这里需要令牌。A token is needed here.")
        if not request.user.may(wanted[method]):
            raise exceptions.PermissionDenied(
                f"令牌没有权限范围 {wanted[method]}。The token lacks the scope {wanted[method]}."
            )
        return True


class _Throttle(SimpleRateThrottle):
    clients = False

    def get_cache_key(self, request: Request, view: object) -> str | None:  # noqa: ARG002 - DRF's signature
        client = request.user if isinstance(request.user, Client) else None
        if (client is not None) != self.clients:
            return None
        ident = client.pk if client else self.get_ident(request)
        return f"throttle:{self.scope}:{ident}"


class PublicThrottle(_Throttle):
    scope = "public"


class ClientThrottle(_Throttle):
    scope = "client"
    clients = True
