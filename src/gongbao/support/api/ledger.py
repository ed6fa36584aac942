"""REST: the investment ledger of an application, for the applicant's own accounting system."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import Client
from gongbao.support.models import Application
from gongbao.support.selectors.ledgers import TABLES, ledger_rules, rows_of, worked_out
from gongbao.support.services.ledgers import ledger_push
from gongbao.support.tables.answer_json import assess_json
from gongbao.support.tables.ledger_sheets import SHEETS
from gongbao.web.api import NUMBER, Conflict

SCOPE = "support.ledger.write"


def _row_serializer(table: str) -> serializers.Serializer[Any]:
    """A row of a table, every field as text."""
    fields = {
        column.field: serializers.CharField(help_text=column.note, allow_null=column.field == "invoice")
        for column in SHEETS[table]
    }
    made: type[serializers.Serializer[Any]] = type(
        f"Ledger{table.capitalize()}Serializer", (serializers.Serializer,), fields
    )
    return made(many=True, required=False)


class LedgerSerializer(serializers.Serializer[Any]):
    """The whole ledger, as an application file has it; a table that is left out is empty."""

    contracts = _row_serializer("contracts")
    invoices = _row_serializer("invoices")
    payments = _row_serializer("payments")


class Ledger(Api):
    """The ledger of an application of the organisation that the token belongs to: what it says and what it comes to.

    POST takes the place of the whole ledger: all of it, or nothing with every problem.
    """

    scopes = {"GET": SCOPE, "POST": SCOPE}

    @extend_schema(parameters=[NUMBER], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_told(self._own(request, pk)))

    @extend_schema(parameters=[NUMBER], request=LedgerSerializer, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, pk: int) -> Response:
        application, client = self._own(request, pk), request.user
        assert isinstance(client, Client)  # noqa: S101 - asked there
        try:
            now = timezone.now()
            ledger_push(
                application=application, rows=_tables(request.data), client=client, now=now, on=timezone.localdate(now)
            )
        except MoveRefused as refused:
            because = refused.refused.because
            raise Conflict(f"{because.zh} {because.en}") from refused
        return Response(_told(application))

    def _own(self, request: Request, pk: int) -> Application:
        client = request.user
        if not isinstance(client, Client):
            raise Http404
        found = Application.objects.filter(pk=pk, applicant=client.organisation).select_related("applicant").first()
        if found is None or ledger_rules(found) is None:
            raise Http404
        return found


def _tables(data: object) -> Mapping[str, Any]:
    """The tables as they were sent; what is in them is checked by the service. Raises BadInput."""
    if not isinstance(data, dict):
        raise BadInput([Problem("ledger", None, "", "", "应为对象 {…}", "an object {…} is due")])
    if strange := sorted(set(map(str, data)) - TABLES.keys()):
        known = "、".join(TABLES)
        raise BadInput(Problem("ledger", None, name, name, f"应为:{known}", f"due: {known}") for name in strange)
    return {table: [] if data.get(table) is None else data[table] for table in TABLES}


def _told(application: Application) -> dict[str, object]:
    """The rows, and the answer of `gongbao support assess` on them."""
    worked = worked_out(application, timezone.localdate())
    return {"ledger": rows_of(application), "assessment": assess_json(worked.assessment, "zh")}
