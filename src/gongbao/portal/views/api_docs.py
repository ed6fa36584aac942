"""The open API, explained from its own schema: no script, nothing from elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from gongbao.organisations.api_auth import PUBLIC
from gongbao.web.scopes import scopes

METHODS = ("get", "post", "put", "patch", "delete")


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry for each address and method: {method, path, says, open, parameters, body, answers}."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "says": " ".join(operation.get("description", "").split()),
            "open": {} in operation.get("security", [{}]),
            "parameters": [
                {"name": p["name"], "type": p["schema"].get("type", ""), "says": p.get("description", "")}
                for p in operation.get("parameters", [])
            ],
            "answers": sorted(operation.get("responses", {})),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    context = {"operations": operations(schema), "scopes": sorted(scopes().items()), "public": PUBLIC}
    return render(request, "portal/api_docs.html", context)
