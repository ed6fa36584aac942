"""What every REST address of the house stands on: bearer tokens with scopes, throttles, idempotency keys, a log.

A domain's view is `class X(Api, ListAPIView)` and says for each method which scope it takes:

    scopes = {"GET": PUBLIC, "POST": "penalties.write"}

A method that is not named there is refused.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gongbao.organisations.api_auth import ClientAuthentication
from gongbao.organisations.models import Client, IdempotencyKey
from gongbao.organisations.services.clients import call_log
from gongbao.web.api import Unprocessable

KEY_HEADER = "Idempotency-Key"


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the documentation of the API names the tokens."""

    target_class = ClientAuthentication
    name = "client"

    def get_security_definition(self, *_: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class _Replay(Exception):
    """The same write came again."""

    def __init__(self, earlier: IdempotencyKey) -> None:
        self.earlier = earlier


class Api(APIView):
    """Base of all REST views."""

    scopes: ClassVar[Mapping[str, str]] = {}
    _key: IdempotencyKey | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A write under a key is one transaction with the remembering of its answer: both are kept, or neither."""
        if request.method in SAFE_METHODS or KEY_HEADER not in request.headers:
            return self._logged(super().dispatch(request, *args, **kwargs))
        with transaction.atomic():
            try:
                response = super().dispatch(request, *args, **kwargs)
            except _Replay as again:
                response = _same_answer(again.earlier)
            if isinstance(response, Response):
                response.render()
            self._remember(response)
        return self._logged(response)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key = request.headers.get(KEY_HEADER, "")
        if request.method in SAFE_METHODS or not key or not isinstance(request.user, Client):
            return
        if len(key) > 100:
            raise Unprocessable("幂等键最多 100 个字符。An idempotency key has at most 100 characters.")
        raw = b"\n".join([(request.method or "").encode(), request.get_full_path().encode(), request._request.body])
        digest = sha256(raw).hexdigest()
        row, new = IdempotencyKey.objects.get_or_create(
            client=request.user, key=key, defaults={"request_hash": digest, "made_at": timezone.now()}
        )
        if not new and row.request_hash != digest:
            raise Unprocessable(
                "该幂等键已用于另一个请求。The idempotency key was used for a different request already."
            )
        if not new:
            raise _Replay(row)
        self._key = row

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, _Replay):
            raise exc
        return super().handle_exception(exc)

    def _remember(self, response: HttpResponseBase) -> None:
        if self._key is None or not isinstance(response, HttpResponse):
            return
        self._key.status = response.status_code
        self._key.content_type = response.headers.get("Content-Type", "")
        self._key.body = response.content.decode()
        self._key.save(update_fields=["status", "content_type", "body"])

    def _logged(self, response: HttpResponseBase) -> HttpResponseBase:
        request = getattr(self, "request", None)
        client = getattr(request, "user", None) if isinstance(request, Request) else None
        if request is not None and isinstance(client, Client):
            call_log(
                client=client,
                method=request.method or "",
                path=request.get_full_path(),
                status=response.status_code,
                now=timezone.now(),
            )
        return response


def _same_answer(earlier: IdempotencyKey) -> HttpResponse:
    return HttpResponse(
        earlier.body,
        status=earlier.status or 200,
        content_type=earlier.content_type,
        headers={"Idempotent-Replay": "true"},
    )
