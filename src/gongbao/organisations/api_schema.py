"""How an operation is described in the OpenAPI document: its scope, and its errors as problem details."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction

from gongbao.organisations.api_auth import PUBLIC
from gongbao.web.api import PROBLEM

PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, in Chinese and English"},
        "cite": {"type": "string", "description": "the clause that a refusal rests on"},
        "errors": {"description": "everything that is wrong with the input"},
    },
}


class Schema(AutoSchema):
    def get_auth(self) -> list[dict[str, Any]]:
        """A token, unless the view opens the method to everybody: then a token is possible."""
        scope = getattr(self.view, "scopes", {}).get(self.method, "")
        return [{"client": []}] if scope != PUBLIC else [{"client": []}, {}]

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        scope = getattr(self.view, "scopes", {}).get(self.method, "")
        said = super().get_description() or ""
        return f"{said}\n\nScope: {scope}" if scope else said

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        answers: dict[str, Any] = super()._get_response_bodies(direction)
        answers["default"] = {"description": "Problem (RFC 9457)", "content": {PROBLEM: {"schema": PROBLEM_SCHEMA}}}
        return answers
