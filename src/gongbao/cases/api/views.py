"""REST: the cases of a person, for programs that act as her. What she may not on a page, they may not here."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import django_filters
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.cases.api.serializers import (
    CaseLineSerializer,
    CaseSerializer,
    CommentSerializer,
    EventSerializer,
    MoveSerializer,
    Reader,
    case_shown,
    event_shown,
)
from gongbao.cases.models import Case
from gongbao.cases.refusals import MoveRefused, NotYours
from gongbao.cases.selectors import belongs_to, event_of, history
from gongbao.cases.services.engine import case_move
from gongbao.cases.services.remarks import comment_add
from gongbao.cases.tables import process_of
from gongbao.documents import storage
from gongbao.documents.services import file_store
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import Client
from gongbao.web.api import problem
from gongbao.web.errors import NotAllowed

NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="the case, such as 2026-000001")
FILE = OpenApiParameter("pk", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description="of the file")


def reader(request: Request) -> Reader:
    """As whom the program acts. Only tokens of people bear these scopes."""
    client = request.user
    assert isinstance(client, Client) and client.person  # noqa: S101 - told to the type checker
    return Reader(client.person, client.organisation, timezone.localdate())


def found(request: Request, number: str) -> tuple[Case, Reader]:
    """A case that the person has a part in, there. Raises Http404 for all others."""
    who = reader(request)
    case = who.cases().filter(number=number).first() if "\x00" not in number else None
    if case is None:
        raise Http404
    return case, who


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # it brings no types
    process = django_filters.CharFilter(help_text="code of a process, such as objection")
    open = django_filters.BooleanFilter("ended_at", "isnull", help_text="true: still running; false: ended")
    waiting = django_filters.BooleanFilter(method="_waiting", help_text="true: somebody of the organisation can move")
    due_until = django_filters.DateFilter(method="_due", help_text="a deadline of the organisation ends by that day")
    words = django_filters.CharFilter(method="_words", help_text="in the title or the number")

    def _parts(self) -> Q:
        return Q(parts__organisation=reader(self.request).organisation)

    def _waiting(self, cases: QuerySet[Case], _: str, value: bool) -> QuerySet[Case]:
        turn = self._parts() & Q(parts__can_move=True)
        mine = Case.objects.filter(turn, ended_at=None)
        return cases.filter(pk__in=mine) if value else cases.exclude(pk__in=mine)

    def _due(self, cases: QuerySet[Case], _: str, value: Any) -> QuerySet[Case]:
        return cases.filter(pk__in=Case.objects.filter(self._parts() & Q(parts__due__lte=value), ended_at=None))

    def _words(self, cases: QuerySet[Case], _: str, value: str) -> QuerySet[Case]:
        return cases.filter(Q(title__icontains=value) | Q(number__icontains=value))

    class Meta:
        model = Case
        fields: list[str] = []


class Cases(Api, ListAPIView[Case]):
    """The cases that the person has a part in, the newest first."""

    scopes = {"GET": "cases.read"}
    serializer_class = CaseLineSerializer
    filterset_class = CaseFilter
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        return self.queryset if getattr(self, "swagger_fake_view", False) else reader(self.request).cases()


class OneCase(Api):
    """Where one case stands: states with their versions, deadlines, what the person can do, files."""

    scopes = {"GET": "cases.read"}

    @extend_schema(parameters=[NUMBER], responses=CaseSerializer)
    def get(self, request: Request, number: str) -> Response:
        return Response(case_shown(*found(request, number)))


@extend_schema_view(get=extend_schema(parameters=[NUMBER], responses=EventSerializer(many=True)))
class History(Api):
    """What happened in a case, the last first, as far as the person reads it."""

    scopes = {"GET": "cases.read"}

    def get(self, request: Request, number: str) -> Response:
        case, who = found(request, number)
        return Response([event_shown(event) for event in history(case, internal=who.reads_internal(case))])


class Moves(Api):
    """Make a move. Who sends an old version of the track is told who was first (409) and has changed nothing."""

    scopes = {"POST": "cases.write"}
    parser_classes = [JSONParser]

    @extend_schema(parameters=[NUMBER], request=MoveSerializer, responses=CaseSerializer)
    def post(self, request: Request, number: str) -> Response:
        case, who = found(request, number)
        sent = MoveSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        try:
            case_move(
                case=case, track=given["track"], move=given["move"], version=given["version"],
                fields=given.get("fields"), actor=who.person, within=who.organisation, now=timezone.now(),
            )  # fmt: skip
        except NotYours as refused:
            raise NotAllowed(refused.refused) from refused
        except MoveRefused as refused:
            because = refused.refused.because
            return problem(HTTPStatus.CONFLICT, f"{because.zh} {because.en}", cite=refused.refused.cite)
        case.refresh_from_db()
        return Response(case_shown(case, who))


class Comments(Api):
    """Say something, or add a file (multipart), for every party or for the offices of the case alone."""

    scopes = {"POST": "cases.write"}
    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(parameters=[NUMBER], request=CommentSerializer, responses={201: EventSerializer})
    def post(self, request: Request, number: str) -> Response:
        case, who = found(request, number)
        sent = CommentSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given, now = sent.validated_data, timezone.now()
        upload, where = given.get("file"), belongs_to(case, given["audience"])
        with transaction.atomic():
            files = upload and [
                file_store(name=upload.name, content=upload.read(), belongs_to=where, by=who.person, at=now)
            ]
            step = comment_add(
                case=case, text=given.get("text", ""), actor=who.person, now=now, files=files or (),
                audience=given["audience"], within=who.organisation,
            )  # fmt: skip
        made = event_of(process_of(case.process, case.edition), step)
        return Response(event_shown(made), status=HTTPStatus.CREATED)


class File(Api):
    """A file of the case, as it was handed in or made."""

    scopes = {"GET": "cases.read"}

    @extend_schema(parameters=[NUMBER, FILE], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: str, pk: str) -> HttpResponse:
        case, who = found(request, number)
        file = who.files(case).filter(pk=pk).first() if pk.isascii() and pk.isdecimal() and len(pk) < 19 else None
        if file is None:
            raise Http404
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return HttpResponse(storage.fetch(file.sha256), content_type="application/octet-stream", headers=named)
