"""Kinds of organisation, roles and places, read once from the data files beside this package."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongbao.kernel.text import Text

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Kind:
    """below: kinds it may stand under ("" is the top); level: of the city's administration, "" for others;
    uscc: bears a unified social credit code (统一社会信用代码)."""

    code: str
    name: Text
    below: tuple[str, ...]
    level: str = ""
    uscc: bool = False


@dataclass(frozen=True)
class Role:
    """kinds: kinds of organisation it fits; empty means every kind."""

    code: str
    name: Text
    does: Text
    kinds: tuple[str, ...] = ()

    def fits(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    return {
        code: Kind(code, Text(**row["name"]), tuple(row["below"]), row.get("level", ""), row.get("uscc", False))
        for code, row in _read("kinds.toml").items()
    }


@cache
def roles() -> dict[str, Role]:
    return {
        code: Role(code, Text(**row["name"]), Text(**row["does"]), tuple(row.get("kinds", ())))
        for code, row in _read("roles.toml").items()
    }


@cache
def places() -> tuple[dict[str, str], ...]:
    """The city first, then its districts and zones: {kind, code, name, name_en}."""
    data = _read("beijing.toml")
    found = [{"kind": "city", **data["city"]}]
    found += [{"kind": kind, **row} for kind in ("district", "zone") for row in data[kind]]
    return tuple(found)


@cache
def changes() -> dict[str, Text]:
    """What each kind of change is called."""
    return {code: Text(**row) for code, row in _read("changes.toml").items()}
