"""REST: programmes, measures and facts; match, combine and assess as the commands do them. For everybody; what is
sent is answered and not kept."""

import json
from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.support.api import examples
from gongbao.support.api.parsing import StrictJson
from gongbao.support.api.serializers import MeasureSerializer, ProgrammeSerializer
from gongbao.support.api.shapes import measure_json, programme_json
from gongbao.support.rules.answers import Match, Profile, match_profile
from gongbao.support.rules.combination import best_combination
from gongbao.support.rules.facts import DAY
from gongbao.support.rules.finding import Filters, find
from gongbao.support.rules.ledger import assess
from gongbao.support.rules.programme import Catalogue, Measure
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.tables.answer_json import assess_json, combine_json, facts_json, match_json
from gongbao.support.tables.applications import application_of
from gongbao.support.tables.profiles import profile_of

MOST_PROJECTS = 200  # in one request: answered while somebody waits
_LANG = OpenApiParameter("lang", str, enum=["zh", "en"], description="language of the texts; zh unless given")
_ON = OpenApiParameter("on", OpenApiTypes.DATE, description="day of application; today in Beijing unless given")
_AS_PRINTED = "as the command prints it with --json"
_ANSWER = {200: OpenApiResponse(OpenApiTypes.OBJECT, description=_AS_PRINTED)}
_LIST = {"type": "array", "items": {"type": "object", "additionalProperties": {}}}
_ANSWERS = {200: OpenApiResponse(_LIST, description=_AS_PRINTED)}


def _asked_day(request: Request) -> date:
    text = request.query_params.get("on", "")
    try:
        if not text:
            return timezone.localdate()
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInput(
        [Problem("request", None, "on", text, "应为日期,如 2026-02-12", "a date is due, such as 2026-02-12")]
    )


def _language(request: Request) -> str:
    language = request.query_params.get("lang", "zh")
    if language not in ("zh", "en"):
        raise BadInput([Problem("request", None, "lang", language, "应为 zh 或 en", "zh or en is due")])
    return language


def _printed(document: object) -> HttpResponse:
    """The very bytes that the command prints."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(text, content_type="application/json")


def _measure(known: Catalogue, code: str) -> Measure:
    if code not in known.by_code:
        raise Http404
    return known.by_code[code]


class Programmes(Api):
    """Every programme in force."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="support_programmes", responses=ProgrammeSerializer(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002 - nothing is asked
        return Response([programme_json(programme) for programme in catalogue_on(timezone.localdate()).programmes])


class Measures(Api):
    """Measures in which all words occur, with conditions, amount, offices and papers, each beside its clause."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="support_measures",
        parameters=[
            OpenApiParameter("q", str, description="words, separated by spaces"),
            OpenApiParameter("programme", str, description="id of a programme"),
        ],
        responses=MeasureSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        today = timezone.localdate()
        known, asked = catalogue_on(today), request.query_params
        found = find(known, asked.get("q", ""), Filters(programme=asked.get("programme", "")), today)
        return Response([measure_json(one, known, request.build_absolute_uri) for one in found])


class OneMeasure(Api):
    """One measure by its code."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="support_measure", responses=MeasureSerializer)
    def get(self, request: Request, code: str) -> Response:
        known = catalogue_on(timezone.localdate())
        return Response(measure_json(_measure(known, code), known, request.build_absolute_uri))


class Facts(Api):
    """Every fact that a measure asks for (without one: every fact): name, type, unit, options, question, clauses."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="support_facts",
        parameters=[OpenApiParameter("measure", str, description="code of a measure")],
        responses=_ANSWERS,
    )
    def get(self, request: Request) -> HttpResponse:
        known, code = catalogue_on(timezone.localdate()), request.query_params.get("measure", "")
        return _printed(facts_json(known, _measure(known, code) if code else None))


class _Asking(Api):
    """Takes a document and answers with another."""

    scopes = {"POST": PUBLIC}
    parser_classes = [StrictJson]

    def matched(self, request: Request) -> tuple[date, Catalogue, tuple[Match, ...]]:
        """Every measure for the profile in the body."""
        on = _asked_day(request)
        known, problems = catalogue_on(on), list[Problem]()
        profile: Profile = profile_of(request.data, known.vocabulary, problems)
        if len(profile.projects) > MOST_PROJECTS:
            zh, en = f"最多 {MOST_PROJECTS} 个项目;更多的请用批量测算", f"{MOST_PROJECTS} projects at most; use a batch"
            problems.append(Problem("projects", None, "", str(len(profile.projects)), zh, en))
        if problems:
            raise BadInput(problems)
        return on, known, match_profile(profile, known, on)


class MatchProfile(_Asking):
    """Every measure for a profile: status, amount with its steps, reasons, open questions, and the best combination."""

    @extend_schema(
        operation_id="support_match",
        parameters=[_ON, _LANG],
        request={"application/json": examples.OBJECT},
        examples=[examples.PROFILE],
        responses=_ANSWER,
    )
    def post(self, request: Request) -> HttpResponse:
        language = _language(request)
        on, known, matches = self.matched(request)
        return _printed(match_json(on, matches, best_combination(matches, known), known, language))


class Combine(_Asking):
    """The best combination over all projects of a profile, the runner-up, and why each other measure lost."""

    @extend_schema(
        operation_id="support_combine",
        parameters=[_ON],
        request={"application/json": examples.OBJECT},
        examples=[examples.PROFILE],
        responses=_ANSWER,
    )
    def post(self, request: Request) -> HttpResponse:
        _, known, matches = self.matched(request)
        return _printed(combine_json(best_combination(matches, known)))


class Assess(_Asking):
    """An investment ledger: a verdict for each row, the countable investment, and the limit of the subsidy."""

    @extend_schema(
        operation_id="support_assess",
        parameters=[_LANG],
        request={"application/json": examples.OBJECT},
        examples=[examples.APPLICATION],
        responses=_ANSWER,
    )
    def post(self, request: Request) -> HttpResponse:
        language = _language(request)
        application = application_of(request.data, catalogue_on(timezone.localdate()))
        return _printed(assess_json(assess(application), language))
