"""Rows of open data, the same for files and the API: codes and ISO days, no words of a page."""

from collections.abc import Callable
from typing import Any

from gongbao.firesafety.models import Publication
from gongbao.firesafety.rules.figures import Row, figures
from gongbao.firesafety.selectors.figures import case_facts
from gongbao.firesafety.selectors.public import PublicPlace, decisions_published, places_public, public_places

Line = dict[str, Any]


def place_line(seen: PublicPlace) -> Line:
    place = seen.place
    district = place.application.district
    return {
        "number": place.case.number if place.case else None,
        "name": place.name,
        "kind": place.kind,
        "address": place.address or place.application.address,
        "district": district.code if district else "",
        "project": place.application.project,
        "matter": place.application.matter,
        "may_open": seen.opening.answer,
        "because": [reason.zh for reason in seen.opening.reasons],
        "cite": seen.opening.cite,
        "states": {one.party: one.stand.state for one in seen.matters},
    }


def decision_line(one: Publication) -> Line:
    return {
        "number": one.place.case.number if one.place.case else None,
        "place": one.place.name,
        "authority": one.paper.issuer,
        "party": one.party,
        "outcome": one.step.move,
        "decided_on": one.decided_on.isoformat(),
        "published_on": one.published_on.isoformat() if one.published_on else None,
        "paper": one.paper.name,
        "code": one.paper.code,
        "state": str(one.paper.state),
        "sha256": one.paper.file.sha256,
    }


def figures_line(row: Row) -> Line:
    """share: ‰ of the decisions within time; days: count, median and longest of each step."""
    return {
        "district": row.district,
        "cases": row.cases,
        **{f"course_{course}": number for course, number in row.courses},
        **{
            f"{one.step}_{what}": number
            for one in row.used
            for what, number in (("count", one.count), ("median", one.median), ("longest", one.longest))
        },
        "kept": row.kept,
        "late": row.late,
        "within_time_permille": row.share,
    }


def figures_rows() -> list[Line]:
    return [figures_line(row) for row in figures(case_facts())]


ROWS: dict[str, Callable[[], list[Line]]] = {
    "places": lambda: [place_line(one) for one in public_places(places_public())],
    "decisions": lambda: [decision_line(one) for one in decisions_published().select_related("paper__file")],
    "figures": figures_rows,
}


def rows_json(name: str) -> list[Line] | None:
    return ROWS[name]() if name in ROWS else None
