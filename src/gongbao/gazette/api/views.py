"""REST: documents, provisions, search and citations, for everybody."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.gazette.addresses import place_url
from gongbao.gazette.api.serializers import (
    CitedSerializer,
    DocumentSerializer,
    FoundSerializer,
    IssueSerializer,
    ProvisionSerializer,
)
from gongbao.gazette.selectors.documents import documents_list, issue_get, issues_list
from gongbao.gazette.selectors.provisions import provisions_of
from gongbao.gazette.selectors.resolve import lookup
from gongbao.gazette.selectors.search import search
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.web.api import Pages
from gongbao.web.provisions import runs_by_cite

_CITE = OpenApiParameter("cite", str, required=True, description="a citation in any usual spelling")


class Issues(Api):
    """Issues whose text was imported, the newest first."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="gazette_issues", responses=IssueSerializer(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002 - nothing is asked
        return Response(IssueSerializer(issues_list(), many=True).data)


class Documents(Api):
    """Documents whose text was imported, with the days on which they hold."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="gazette_documents",
        parameters=[
            OpenApiParameter("issue", str, description="such as 2026-13"),
            OpenApiParameter("on", date, description="only what holds on that day, or of which the text does not tell"),
        ],
        responses=DocumentSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        issue = request.query_params.get("issue", "")
        listed = documents_list(issue=issue_get(issue) if issue else None, on=_day(request.query_params.get("on", "")))
        return Response(DocumentSerializer(listed, many=True).data)


class Provisions(Api):
    """Every provision and table row of a document: citation, level, heading, text, digest, and what runs on it."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="gazette_provisions",
        parameters=[
            OpenApiParameter("document", str, required=True, description="number of a document, in any usual spelling"),
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int),
        ],
        responses=ProvisionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        pages = Pages()
        shown = pages.paginate_queryset(provisions_of(request.query_params.get("document", "")), request, self)
        context = {"runs": runs_by_cite()}
        return pages.get_paginated_response(ProvisionSerializer(shown, many=True, context=context).data)


class Resolve(Api):
    """From a citation in any usual spelling to its official form, its address and its text."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="gazette_resolve", parameters=[_CITE], responses=CitedSerializer)
    def get(self, request: Request) -> Response:
        found = lookup(request.query_params.get("cite", ""))
        url = request.build_absolute_uri(place_url(found.place.cite or str(found.citation)))
        return Response(CitedSerializer(found, context={"url": url, "runs": runs_by_cite()}).data)


class _Asked(serializers.Serializer[Any]):
    q = serializers.CharField()
    document = serializers.CharField(default="", allow_blank=True)
    issue = serializers.CharField(default="", allow_blank=True)
    start = serializers.IntegerField(default=0, min_value=0, max_value=1_000_000)
    limit = serializers.IntegerField(default=20, min_value=1, max_value=200)


class Search(Api):
    """Passages in which all words stand, the words marked. One character is a word."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="gazette_search", parameters=[_Asked], responses=FoundSerializer)
    def get(self, request: Request) -> Response:
        asked = _Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        return Response(FoundSerializer(search(given.pop("q"), **given)).data)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong = Problem("documents", None, "on", text, "形如 2026-07-01 的日期", "a day such as 2026-07-01")
        raise BadInput([wrong]) from None
