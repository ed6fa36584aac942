"""What is different between two editions of a standard, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.rating.rules.standard import Standard


@dataclass(frozen=True)
class Change:
    """One value that differs. place: "staff · bands 2 · points". before, after: as text; None: not there."""

    place: str
    before: str | None
    after: str | None


def compare(old: Standard, new: Standard) -> list[Change]:
    """Every difference, in the order of the old edition; what only the new one has comes last.

    An indicator that only one of them has is a single change, with its name.
    """
    before, after = _places(old, new), _places(new, old)
    places = [*before, *(place for place in after if place not in before)]
    return [
        Change(place, before.get(place), after.get(place)) for place in places if before.get(place) != after.get(place)
    ]


def _places(standard: Standard, other: Standard) -> dict[str, str]:
    table = standard.table()
    shared = [indicator.table() for indicator in standard.indicators if indicator.code in other.by_code]
    own = {i.code: f"{i.name.zh} / {i.name.en}" for i in standard.indicators if i.code not in other.by_code}
    return dict(_values(table | {"indicator": shared})) | own


def _values(table: object, place: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every single value with its place. Rows are named by what names them (code, level, grade), else by position."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _values(value, place if key == "indicator" else (*place, str(key)))
    elif isinstance(table, list) and any(isinstance(row, dict) for row in table):
        for position, row in enumerate(table, 1):
            name = next((row[key] for key in ("code", "level", "grade") if key in row), position)
            yield from _values(row, (*place, str(name)))
    elif isinstance(table, list):
        yield " · ".join(place), "、".join(str(item) for item in table)
    else:
        yield " · ".join(place), str(table)
