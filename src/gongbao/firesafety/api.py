"""REST: places and whether they may open, published decisions, figures, the check before applying; for everybody."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.firesafety.rules.check import check
from gongbao.firesafety.selectors.open_data import decision_line, figures_rows, place_line
from gongbao.firesafety.selectors.public import (
    decisions_published,
    place_public,
    places_found,
    public_place,
    public_places,
)
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.kernel.result import Given, Needs
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.web.api import Pages


class FirePlaceSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    district = serializers.CharField(allow_blank=True, help_text="code of the district")
    project = serializers.CharField()
    matter = serializers.ChoiceField(["acceptance", "filing"])
    may_open = serializers.ChoiceField(["yes", "no", "stop"])
    because = serializers.ListField(child=serializers.CharField())
    cite = serializers.CharField()
    states = serializers.DictField(child=serializers.CharField())


class DecisionSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    place = serializers.CharField()
    authority = serializers.CharField()
    party = serializers.ChoiceField(["housing", "fire"])
    outcome = serializers.CharField()
    decided_on = serializers.DateField()
    published_on = serializers.DateField()
    paper = serializers.CharField()
    code = serializers.CharField(help_text="code by which the paper is checked")
    state = serializers.ChoiceField(["valid", "replaced", "annulled", "revoked"])
    sha256 = serializers.CharField()


class FiguresSerializer(serializers.Serializer[Any]):
    """Besides these: course_* (cases), and *_count, *_median, *_longest of each step (working days)."""

    district = serializers.CharField(allow_blank=True, help_text="code; empty: all")
    cases = serializers.IntegerField()
    kept = serializers.IntegerField()
    late = serializers.IntegerField()
    within_time_permille = serializers.IntegerField(allow_null=True)

    def to_representation(self, instance: Any) -> Any:
        return dict(instance)


class FindingSerializer(serializers.Serializer[Any]):
    condition = serializers.CharField()
    state = serializers.ChoiceField(["met", "failed", "open"])
    cite = serializers.CharField()
    instead = serializers.CharField(allow_blank=True)


class JointVerdictSerializer(serializers.Serializer[Any]):
    joint = serializers.BooleanField(allow_null=True, help_text="null: facts are missing")
    matter = serializers.ChoiceField(["acceptance", "filing", ""])
    needs = serializers.ListField(child=serializers.CharField())
    conditions = FindingSerializer(many=True)


class Places(Api):
    """Places that were applied for, the newest first, with whether each may open and why."""

    scopes = {"GET": PUBLIC}
    pagination_class = Pages

    @extend_schema(
        operation_id="fire_places",
        parameters=[OpenApiParameter("q", str, description="words of name, address, project or operator")],
        responses=FirePlaceSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        pages = self.pagination_class()
        shown = pages.paginate_queryset(places_found(request.query_params.get("q", "")), request, self) or []
        lines = [place_line(one) for one in public_places(shown)]
        return pages.get_paginated_response(FirePlaceSerializer(lines, many=True).data)


class OnePlace(Api):
    """One place by the number of its case."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="fire_place", responses=FirePlaceSerializer)
    def get(self, request: Request, number: str) -> Response:  # noqa: ARG002 - Django's signature
        found = place_public(number)
        if found is None:
            raise Http404
        return Response(FirePlaceSerializer(place_line(public_place(found))).data)


class Decisions(Api):
    """Published decisions, the newest first."""

    scopes = {"GET": PUBLIC}
    pagination_class = Pages

    @extend_schema(operation_id="fire_decisions", responses=DecisionSerializer(many=True))
    def get(self, request: Request) -> Response:
        pages = self.pagination_class()
        found = decisions_published().select_related("paper__file")
        shown = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(DecisionSerializer([decision_line(one) for one in shown], many=True).data)


class Figures(Api):
    """Cases by course, working days per step, decisions within time: all, then by district."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="fire_figures", responses=FiguresSerializer(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002
        return Response(FiguresSerializer(figures_rows(), many=True).data)


class Check(Api):
    """May it be handled jointly? Each condition, and what to do where one failed. Parameters: question=option."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="fire_check",
        parameters=[
            OpenApiParameter(one.code, str, enum=[option.code for option in one.options], description=one.asks.en)
            for one in packaged_guide().questions
        ],
        responses=JointVerdictSerializer,
    )
    def get(self, request: Request) -> Response:
        questions = packaged_guide().questions
        verdict = check(questions, {one.code: request.query_params.get(one.code, "") for one in questions})
        answer = verdict.answer
        told = {
            "joint": None if isinstance(answer, Needs) else isinstance(answer, Given),
            "matter": verdict.matter,
            "needs": list(answer.facts) if isinstance(answer, Needs) else [],
            "conditions": [
                {
                    "condition": one.question.condition.zh,
                    "state": one.state,
                    "cite": one.question.cite,
                    "instead": one.chosen.instead.zh if one.chosen and one.chosen.instead else "",
                }
                for one in verdict.findings
            ],
        }
        return Response(JointVerdictSerializer(told).data)
