"""REST: the permit list, for everybody; it reads what the pages and the files read."""

from dataclasses import fields
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.permits.addresses import item_url
from gongbao.permits.api.serializers import (
    ChangeSerializer,
    EditionSerializer,
    GuidedItemSerializer,
    ItemSerializer,
    LawSerializer,
    VerdictSerializer,
)
from gongbao.permits.rules.check import check
from gongbao.permits.rules.diff import diff
from gongbao.permits.rules.forms import item_json
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.rules.laws import find_laws, laws
from gongbao.permits.rules.search import Filters, search
from gongbao.permits.selectors import changes_into, edition_shown, editions_published, guide_shown
from gongbao.permits.tables.packaged import modes
from gongbao.web.api import Pages

MOST = 200  # names in one request
EDITION = OpenApiParameter("edition", str, description="such as 2025; without it the one in force today")
_NUMBER = OpenApiParameter(
    "number", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description="its number in the list"
)
_FILTERS = {
    "city": "a city department",
    "zone": "a department of the zone",
    "body": "an implementing body",
    "law": "a law, by title or document number",
    "mode": "how a body takes part, by code: decides, first_review, accepts, …",
}


def _edition(request: Request) -> Edition:
    found = edition_shown(timezone.localdate(), request.query_params.get("edition", ""))
    if found is None:
        raise Http404
    return found


def _item(item: Item, edition: Edition, request: Request) -> dict[str, Any]:
    return item_json(item, modes()) | {"url": request.build_absolute_uri(item_url(edition, item.no))}


class Editions(Api):
    """Every edition of the list, the oldest first, with what of it is unread."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="permits_editions", responses=EditionSerializer(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002 - nothing is asked
        return Response(EditionSerializer(editions_published().values(), many=True).data)


class Items(Api):
    """Permits of an edition that hold every word and pass the filters, with what was printed and what was corrected."""

    scopes = {"GET": PUBLIC}
    pagination_class = Pages

    @extend_schema(
        operation_id="permits_items",
        parameters=[
            EDITION,
            OpenApiParameter("q", str, description="words, one character being enough"),
            *(OpenApiParameter(name, str, description=text) for name, text in _FILTERS.items()),
        ],
        responses=ItemSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        edition, asked = _edition(request), request.query_params
        filters = Filters(**{field.name: asked.get(field.name, "").strip() for field in fields(Filters)})
        found = search(edition, asked.get("q", ""), filters).items
        pages = self.pagination_class()
        shown = pages.paginate_queryset(found, request, self) or []
        told = [_item(item, edition, request) for item in shown]
        return pages.get_paginated_response(ItemSerializer(told, many=True).data)


class OneItem(Api):
    """One permit by its number, with its service guide; 404 where its row is unread."""

    scopes = {"GET": PUBLIC}

    @extend_schema(operation_id="permits_item", parameters=[_NUMBER, EDITION], responses=GuidedItemSerializer)
    def get(self, request: Request, number: int) -> Response:
        edition = _edition(request)
        found = next((item for item in edition.items if item.no == number), None)
        if found is None:
            raise Http404
        told = _item(found, edition, request) | guide_shown(edition, number)
        return Response(GuidedItemSerializer(told).data)


class Laws(Api):
    """The laws that permits rest on, each with its permits: what must be reviewed when it changes."""

    scopes = {"GET": PUBLIC}
    pagination_class = Pages

    @extend_schema(
        operation_id="permits_laws",
        parameters=[EDITION, OpenApiParameter("law", str, description="title or number, or a part of it")],
        responses=LawSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        edition, law = _edition(request), request.query_params.get("law", "")
        pages = self.pagination_class()
        shown = pages.paginate_queryset(find_laws(edition, law) if law else laws(edition), request, self)
        return pages.get_paginated_response(LawSerializer(shown, many=True).data)


class Check(Api):
    """Is a name on the list? A verdict for each name: loose about writing, strict about the answer."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="permits_check",
        parameters=[
            EDITION,
            OpenApiParameter("name", str, required=True, many=True, description=f"1 to {MOST} names, each a parameter"),
        ],
        responses=VerdictSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        edition = _edition(request)
        names = [name.strip() for name in request.query_params.getlist("name") if name.strip()]
        if not 1 <= len(names) <= MOST:
            zh, en = f"1 至 {MOST} 个名称", f"1 to {MOST} names"
            raise BadInput([Problem("check", None, "name", str(len(names)), zh, en)])
        changes = changes_into(edition)
        return Response(VerdictSerializer([check(name, edition, changes) for name in names], many=True).data)


class Changes(Api):
    """What changed from one edition to another."""

    scopes = {"GET": PUBLIC}

    @extend_schema(
        operation_id="permits_changes",
        parameters=[OpenApiParameter("old", str, required=True), OpenApiParameter("new", str, required=True)],
        responses=ChangeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        known = editions_published()
        old, new = (known.get(request.query_params.get(name, "")) for name in ("old", "new"))
        if old is None or new is None:
            raise Http404
        return Response(ChangeSerializer(diff(old, new, modes()), many=True).data)
