"""Whether two readings say the same: a fingerprint of everything read, except on which line of the source it stood."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from gongbao.gazette.rules.structure import Document, Issue


def fingerprint(content: Document | Issue) -> str:
    """sha256 (hex) of the canonical JSON of the content without its line numbers."""
    plain = json.dumps(_without_lines(asdict(content)), ensure_ascii=False, sort_keys=True, default=_day)
    return hashlib.sha256(plain.encode()).hexdigest()


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_lines(v) for key, v in value.items() if key not in ("line", "lines")}
    if isinstance(value, list | tuple):
        return [_without_lines(v) for v in value]
    return value


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an issue")
