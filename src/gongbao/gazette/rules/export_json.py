"""An issue, a document or any part of them as JSON: the fields of `structure`, dates as 2026-04-09."""

import json
from dataclasses import asdict
from datetime import date

from gongbao.gazette.rules.structure import Document, Issue


def to_json(value: Issue | Document) -> str:
    """JSON text, readable and in the order of the fields; the same value gives the same bytes."""
    return json.dumps(asdict(value), ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
