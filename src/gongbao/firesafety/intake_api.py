"""REST for the investment-project platform: hand an application in, follow it, fetch papers. Each call is logged."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.documents.selectors import file_content
from gongbao.firesafety.models import Application
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.intake import application_of_client, paper_of_application, standing_of
from gongbao.firesafety.services.intake import intake_begin, intake_material, intake_send
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import Client
from gongbao.web.api import NUMBER, Conflict

READ, WRITE = "fire.read", "fire.write"
MOST_PLACES = 50


class PlaceInSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    kind = serializers.CharField(max_length=40, help_text="code, as in /api/v1/fire/check")
    address = serializers.CharField(max_length=300, default="", allow_blank=True)
    operator = serializers.CharField(max_length=200)
    area = serializers.IntegerField(min_value=0, max_value=10_000_000, allow_null=True, default=None, help_text="m²")


class ApplicationInSerializer(serializers.Serializer[Any]):
    clerk = serializers.CharField(max_length=60, help_text="login of the applicant's clerk, logged in at the platform")
    uscc = serializers.CharField(max_length=18, help_text="of the applicant")
    district = serializers.CharField(max_length=32, help_text="code of the district, see /api/v1/places")
    project = serializers.CharField(max_length=200)
    address = serializers.CharField(max_length=300)
    permit = serializers.CharField(max_length=60, default="", allow_blank=True)
    matter = serializers.ChoiceField(Application.Matter.values)
    way = serializers.ChoiceField(Application.Way.values, default=Application.Way.ORDINARY)
    agent = serializers.CharField(max_length=60, default="", allow_blank=True)
    delivery_address = serializers.CharField(max_length=300)
    delivery_to = serializers.CharField(max_length=100)
    address_confirmed = serializers.BooleanField()
    electronic = serializers.BooleanField(help_text="consents to electronic delivery")
    draw_part = serializers.CharField(max_length=60, help_text="what the applicant fixes for the draw")
    places = serializers.ListField(child=PlaceInSerializer(), allow_empty=False, max_length=MOST_PLACES)


class MaterialInSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60, help_text="which material, as `missing` names it")
    place = serializers.IntegerField(min_value=0, max_value=MOST_PLACES, help_text="from 1; 0: the project's")
    name = serializers.CharField(max_length=200, help_text="of the file")
    content = serializers.CharField(help_text="the file in base64")


class SendSerializer(serializers.Serializer[Any]):
    declared = serializers.BooleanField(help_text="ready to open, by choice, neither matter by commitment")


class MissingSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    place = serializers.IntegerField()
    name = serializers.CharField()


class PaperOutSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    issued_on = serializers.DateField()
    state = serializers.CharField()
    sha256 = serializers.CharField()


class PlaceOutSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    number = serializers.CharField(allow_null=True, help_text="of the case; null for a draft")
    states = serializers.DictField(child=serializers.CharField())
    due = serializers.DictField(child=serializers.DateField(allow_null=True), help_text="running periods")
    papers = PaperOutSerializer(many=True)


class StandingSerializer(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    sent_at = serializers.DateTimeField(allow_null=True)
    missing = MissingSerializer(many=True)
    places = PlaceOutSerializer(many=True)


def _own(request: Request, pk: int) -> Application:
    """An application that came through this very system; else 404."""
    found = application_of_client(request.user, pk) if isinstance(request.user, Client) else None
    if found is None:
        raise Http404
    return found


class Applications(Api):
    """Begin an application; its materials follow, then it is sent."""

    scopes = {"POST": WRITE}

    @extend_schema(
        operation_id="fire_intake_begin", request=ApplicationInSerializer, responses={201: StandingSerializer}
    )
    def post(self, request: Request) -> Response:
        given = ApplicationInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if not isinstance(request.user, Client):
            raise Http404
        made = intake_begin(client=request.user, now=timezone.now(), **given.validated_data)
        return Response(StandingSerializer(standing_of(made)).data, status=201)


class OneApplication(Api):
    """Where an application stands: what is missing, both matters of each place, periods, papers."""

    scopes = {"GET": READ}

    @extend_schema(operation_id="fire_intake_standing", parameters=[NUMBER], responses=StandingSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(StandingSerializer(standing_of(_own(request, pk))).data)


class Materials(Api):
    """Hand a material in, before sending or when an authority asks for it."""

    scopes = {"POST": WRITE}

    @extend_schema(
        operation_id="fire_intake_material",
        parameters=[NUMBER],
        request=MaterialInSerializer,
        responses=StandingSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        application = _own(request, pk)
        given = MaterialInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            intake_material(application=application, now=timezone.now(), **given.validated_data)
        except NotNow as refused:
            raise _conflict(refused) from refused
        return Response(StandingSerializer(standing_of(application)).data)


class Send(Api):
    """Send it to both authorities; everything that is missing is named at once."""

    scopes = {"POST": WRITE}

    @extend_schema(
        operation_id="fire_intake_send", parameters=[NUMBER], request=SendSerializer, responses=StandingSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        application = _own(request, pk)
        given = SendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            sent = intake_send(application=application, declared=given.validated_data["declared"], now=timezone.now())
        except NotNow as refused:
            raise _conflict(refused) from refused
        return Response(StandingSerializer(standing_of(sent)).data)


class Papers(Api):
    """A paper of the application as PDF, by its check code."""

    scopes = {"GET": READ}

    @extend_schema(
        operation_id="fire_intake_paper", parameters=[NUMBER], responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, pk: int, code: str) -> HttpResponse:
        application = _own(request, pk)
        paper = paper_of_application(application, code)
        if paper is None:
            raise Http404
        try:
            content = file_content(paper.file, application.started_by)
        except PermissionError:
            raise Http404 from None
        return HttpResponse(content, content_type="application/pdf")


def _conflict(refused: NotNow) -> Conflict:
    because = refused.refused.because
    return Conflict(f"{because.zh} {because.en}")
