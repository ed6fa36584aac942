"""What all REST addresses share: pages of results, and errors as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from gongbao.kernel.problem import BadInput
from gongbao.web.errors import NotAllowed

PROBLEM = "application/problem+json"

# the schema calls a row's key id; addresses take no number below 1
NUMBER = OpenApiParameter(
    "id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description="number of the row"
)


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


class WordsSerializer(serializers.Serializer[Any]):
    """A text in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


class Conflict(exceptions.APIException):
    status_code = HTTPStatus.CONFLICT
    default_detail = "内容已被改动,请重新读取。The content has changed; read it again."


class Unprocessable(exceptions.APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = "无法处理。Cannot be processed."


def problem(status: int, detail: str, **more: Any) -> Response:
    """A problem detail: type about:blank, title by the status, what is wrong in both languages, and more members."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(body, status=status, content_type=PROBLEM)


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001 - DRF's signature
    """Answer every error of the API. What is not foreseen is left to Django, which logs it and says 500."""
    if isinstance(error, BadInput):
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "输入有误,没有写入任何内容。The input is not right; nothing was written.",
            errors=[
                {
                    "table": p.table,
                    "row": p.row,
                    "column": p.column,
                    "value": p.value,
                    "expected": {"zh": p.expected, "en": p.expected_en},
                }
                for p in error.problems
            ],
        )
    if isinstance(error, NotAllowed):
        because = error.refused.because
        return problem(HTTPStatus.FORBIDDEN, f"{because.zh} {because.en}", cite=error.refused.cite)
    if isinstance(error, Http404):
        return problem(HTTPStatus.NOT_FOUND, "没有找到。Not found.")
    if isinstance(error, PermissionDenied):
        return problem(HTTPStatus.FORBIDDEN, "没有权限。Not permitted.")
    if isinstance(error, exceptions.ValidationError):
        return problem(
            error.status_code,
            "输入有误,没有写入任何内容。The input is not right; nothing was written.",
            errors=error.detail,
        )
    if isinstance(error, exceptions.APIException):
        answer = problem(error.status_code, str(error.detail))
        wait, realm = getattr(error, "wait", None), getattr(error, "auth_header", None)
        if wait is not None:
            answer["Retry-After"] = str(int(wait) + 1)
        if realm:
            answer["WWW-Authenticate"] = realm
        return answer
    return None
