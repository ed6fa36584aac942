"""REST: published results for everybody; what connected systems hand in, and take, under their scopes."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.fixed import from_fixed
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import Client
from gongbao.rating.models import Delivery, Line, RatingCycle, Run, Score
from gongbao.rating.selectors.cycles import cycle_by_code, is_being_corrected
from gongbao.rating.selectors.downloads import csv_text, json_text, scores_table, xlsx_bytes
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.results import history_of, points_by_indicator, score_of, search
from gongbao.rating.selectors.settings import setting
from gongbao.rating.services.complaint_items import items_take
from gongbao.rating.services.rows import MOST, rows_push
from gongbao.rating.tables.columns import contract
from gongbao.web.api import Conflict

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="the cycle, such as 2026H1")
USCC = OpenApiParameter("uscc", str, OpenApiParameter.PATH, description="unified social credit code")


def published(code: str) -> tuple[RatingCycle, Run]:
    """A cycle that the public can read, and its run. Raises Http404."""
    cycle = cycle_by_code(code)
    if cycle is None or cycle.public is None:
        raise Http404
    return cycle, cycle.public


class CycleSerializer(serializers.ModelSerializer[RatingCycle]):
    revision = serializers.IntegerField(source="public.revision", help_text="0: the first result")
    enterprises = serializers.IntegerField(source="public.enterprises", help_text="that took part")
    grades = serializers.DictField(source="public.grades", child=serializers.IntegerField())
    being_corrected = serializers.SerializerMethodField(help_text="a correction is on its way")

    class Meta:
        model = RatingCycle
        fields = ["code", "trial", "published_at", "revision", "enterprises", "grades", "being_corrected"]

    def get_being_corrected(self, cycle: RatingCycle) -> bool:
        return is_being_corrected(cycle)


class Cycles(Api, ListAPIView[RatingCycle]):
    """The cycles whose result is published, the newest first."""

    scopes = {"GET": PUBLIC}
    serializer_class = CycleSerializer
    queryset = RatingCycle.objects.exclude(public=None).select_related("public")


class ScoreSerializer(serializers.ModelSerializer[Score]):
    """What the cycle's setting lets everybody see (I-29); points and scores as decimals in text."""

    class Meta:
        model = Score
        fields = ["uscc", "name", "district", "rank", "projects", "grade", "base", "bonus", "deduction", "score"]

    def to_representation(self, score: Score) -> dict[str, Any]:
        told = super().to_representation(score)
        for name in ("base", "bonus", "deduction", "score"):
            if self.context.get("shown") == "grade":
                told.pop(name)
            else:
                told[name] = from_fixed(getattr(score, name), 4)
        return told

    base = serializers.CharField(required=False)
    bonus = serializers.CharField(required=False)
    deduction = serializers.CharField(required=False)
    score = serializers.CharField(required=False)


@extend_schema_view(
    get=extend_schema(parameters=[CODE, OpenApiParameter("q", str, description="enterprise, code, estate or street")])
)
class Scores(Api, ListAPIView[Score]):
    """The published result of a cycle, by rank."""

    scopes = {"GET": PUBLIC}
    serializer_class = ScoreSerializer
    filterset_fields: ClassVar[list[str]] = ["grade", "district"]
    queryset = Score.objects.none()

    def get_queryset(self) -> QuerySet[Score]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return search(published(self.kwargs["code"])[1], self.request.query_params.get("q", "").replace("\x00", ""))

    def get_serializer_context(self) -> dict[str, Any]:
        cycle = cycle_by_code(self.kwargs.get("code", ""))
        return {**super().get_serializer_context(), "shown": setting(cycle, "public_breakdown") if cycle else ""}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        published(self.kwargs["code"])
        return super().list(request, *args, **kwargs)


class PointsSerializer(serializers.Serializer[Any]):
    indicator = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()
    points = serializers.CharField(help_text="of the score, as a decimal")
    cite = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    cycle = serializers.CharField()
    trial = serializers.BooleanField()
    revision = serializers.IntegerField()
    result = ScoreSerializer()
    breakdown = PointsSerializer(many=True, help_text="empty where the cycle's setting shows none")


class EnterpriseResult(Api):
    """One enterprise in a published cycle, with its points by indicator as far as the cycle shows them (I-29)."""

    scopes = {"GET": PUBLIC}

    @extend_schema(parameters=[CODE, USCC], responses=ResultSerializer)
    def get(self, request: Request, code: str, uscc: str) -> Response:  # noqa: ARG002
        cycle, run = published(code)
        score = score_of(run, uscc)
        if score is None:
            raise Http404
        return Response(_result(cycle, run, score))


class EnterpriseHistory(Api):
    """The published results of one enterprise, the newest cycle first; [] where it was never rated."""

    scopes = {"GET": PUBLIC}

    @extend_schema(parameters=[USCC], responses=ResultSerializer(many=True), operation_id="rating_history")
    def get(self, request: Request, uscc: str) -> Response:  # noqa: ARG002
        return Response([_result(score.run.cycle, score.run, score) for score in history_of(uscc)])


def _result(cycle: RatingCycle, run: Run, score: Score) -> dict[str, Any]:
    shown, indicators = setting(cycle, "public_breakdown"), edition_of(cycle).by_code
    points = points_by_indicator(run, score.uscc) if shown == "indicators" else {}
    return {
        "cycle": cycle.code,
        "trial": cycle.trial,
        "revision": run.revision,
        "result": ScoreSerializer(score, context={"shown": shown}).data,
        "breakdown": [
            {
                "indicator": code,
                "name": indicator.name.zh,
                "group": indicator.group,
                "points": from_fixed(points[code], 6),
                "cite": indicator.cite,
            }
            for code, indicator in indicators.items()
            if code in points
        ],
    }


class Download(Api):
    """The published result as a file: csv, xlsx or json; the CSV is byte for byte what `gongbao rate` writes."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        parameters=[CODE, OpenApiParameter("ending", str, OpenApiParameter.PATH, enum=["csv", "xlsx", "json"])],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
            (200, XLSX): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, code: str, ending: str) -> HttpResponse:  # noqa: ARG002
        cycle, run = published(code)
        shown = str(setting(cycle, "public_breakdown"))
        answers: dict[str, tuple[str, Callable[[], str | bytes]]] = {
            "csv": ("text/csv; charset=utf-8", lambda: csv_text(scores_table(run, shown))),
            "json": ("application/json", lambda: json_text(cycle, run, shown)),
            "xlsx": (XLSX, lambda: xlsx_bytes(scores_table(run, shown))),
        }
        if ending not in answers:
            raise Http404
        media, content = answers[ending]
        named = {"Content-Disposition": f'attachment; filename="rating-{cycle.code}.{ending}"'}
        return HttpResponse(content(), content_type=media, headers=named)


class LineSerializer(serializers.ModelSerializer[Line]):
    points = serializers.SerializerMethodField()
    contribution = serializers.SerializerMethodField()

    class Meta:
        model = Line
        fields = [
            "line",
            "project_id",
            "indicator",
            "level",
            "quantity",
            "points",
            "n",
            "contribution",
            "cite",
            "facts",
        ]

    def get_points(self, line: Line) -> str:
        return from_fixed(line.points, 6)

    def get_contribution(self, line: Line) -> str:
        return from_fixed(line.contribution, 6)


class Ledger(Api):
    """Every point of an enterprise in a published cycle with the facts it stands on, for departments of the city.

    Each call is logged: who took what."""

    scopes = {"GET": "rating.read"}

    @extend_schema(parameters=[CODE, USCC], responses=LineSerializer(many=True))
    def get(self, request: Request, code: str, uscc: str) -> Response:  # noqa: ARG002
        _, run = published(code)
        if score_of(run, uscc) is None:
            raise Http404
        return Response(LineSerializer(run.lines.filter(uscc=uscc).order_by("line"), many=True).data)


class DeliveredSerializer(serializers.Serializer[Any]):
    delivery = serializers.IntegerField(allow_null=True, help_text="null: nothing was new")
    rows = serializers.IntegerField(help_text="new or changed")


def _rows_serializer(name: str, table: str, columns: tuple[str, ...] = ()) -> type[serializers.Serializer[Any]]:
    """{rows: [...]} with the columns of a table as the files have them, all as text."""
    known = next(entry for entry in contract() if entry.name == table).columns
    fields = {
        column.name: serializers.CharField(
            required=column.required, allow_blank=not column.required, allow_null=not column.required,
            help_text=column.about.en,
        )
        for column in known
        if not columns or column.name in columns
    }  # fmt: skip
    row = type(f"{name}RowSerializer", (serializers.Serializer,), fields)
    many = row(many=True, allow_empty=False, max_length=MOST)
    return type(f"{name}Serializer", (serializers.Serializer,), {"rows": many})


OrdersSerializer = _rows_serializer("Orders", "facts")
ComplaintsSerializer = _rows_serializer("Complaints", "complaints")
CreditSerializer = _rows_serializer("Credit", "enterprises", ("uscc", "credit_score", "credit_grade"))


class Push(Api):
    """Rows that a connected system hands in while the cycle is being collected: all, or none with every problem.

    The same rows again change nothing; a row with the key of an earlier one takes its place, and the old one is kept.
    """

    source: ClassVar[str]
    takes: ClassVar[type[serializers.Serializer[Any]]]

    def post(self, request: Request, code: str) -> Response:
        cycle = cycle_by_code(code)
        if cycle is None or not isinstance(request.user, Client):
            raise Http404
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            made = self.take(cycle, given.validated_data["rows"], request.user)
        except MoveRefused as refused:
            because = refused.refused.because
            raise Conflict(f"{because.zh} {because.en}") from refused
        told = {"delivery": made.pk if made else None, "rows": sum(made.counts.values()) if made else 0}
        return Response(told)

    def take(self, cycle: RatingCycle, rows: Any, client: Client) -> Delivery | None:
        return rows_push(cycle=cycle, source=self.source, rows=rows, client=client, now=timezone.now())


@extend_schema_view(post=extend_schema(parameters=[CODE], request=OrdersSerializer, responses=DeliveredSerializer))
class Orders(Push):
    """Orders and penalties, each with its document's number and an id of the system's own; only those that the
    standard accepts from the authority that the token belongs to."""

    scopes = {"POST": "rating.orders.write"}
    source, takes = "enforcement", OrdersSerializer


@extend_schema_view(post=extend_schema(parameters=[CODE], request=ComplaintsSerializer, responses=DeliveredSerializer))
class Complaints(Push):
    """12345: monthly counts by project."""

    scopes = {"POST": "rating.complaints.write"}
    source, takes = "hotline", ComplaintsSerializer


class ComplaintItemSerializer(serializers.Serializer[Any]):
    reference_no = serializers.CharField(max_length=80)
    project_id = serializers.CharField(max_length=60)
    received_on = serializers.CharField(max_length=10, help_text="YYYY-MM-DD")
    concerns = serializers.CharField(max_length=3, help_text="whether it concerns the enterprise: yes or no")


class ComplaintItemsSerializer(serializers.Serializer[Any]):
    rows = ComplaintItemSerializer(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg] # many takes it


@extend_schema_view(
    post=extend_schema(parameters=[CODE], request=ComplaintItemsSerializer, responses=DeliveredSerializer)
)
class ComplaintItems(Push):
    """12345: the single complaints behind the counts, optional; enterprises see and can contest them."""

    scopes = {"POST": "rating.complaints.write"}
    takes = ComplaintItemsSerializer

    def take(self, cycle: RatingCycle, rows: Any, client: Client) -> Delivery | None:
        return items_take(cycle=cycle, rows=rows, client=client, now=timezone.now())


@extend_schema_view(post=extend_schema(parameters=[CODE], request=CreditSerializer, responses=DeliveredSerializer))
class Credit(Push):
    """Public-credit results, a number or a grade for each enterprise on file."""

    scopes = {"POST": "rating.credit.write"}
    source, takes = "economy", CreditSerializer
