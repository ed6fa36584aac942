"""Small cities by hand: rows as a person writes them become the tables that the rules read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pytest_django.fixtures import Settings
from tests.rating.small_cycle import SmallCity, collecting_city

from gongbao.kernel.fixed import to_fixed
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables
from gongbao.rating.tables.standards import read_standard

Row = Mapping[str, Any]
MakeTables = Callable[..., RatingTables]


@pytest.fixture(scope="session")
def standard() -> Standard:
    return read_standard("property-rating-2026")


@pytest.fixture(scope="session")
def make_tables(standard: Standard) -> MakeTables:
    """enterprises, projects, complaints, facts -> RatingTables; what a row leaves out is filled in plainly.

    Left out: an enterprise has no credit, party organisation or association; a project is contract-filed since 2020,
    1,000 m², managed by E1 without end; a fact is of 1 March 2026, of E1.
    """

    def make(
        enterprises: Sequence[Row] = ({"uscc": "E1"},),
        projects: Sequence[Row] = ({"project_id": "P1"},),
        complaints: Sequence[Row] = (),
        facts: Sequence[Row] = (),
    ) -> RatingTables:
        usccs = sorted({row["uscc"] for row in enterprises})
        ids = sorted({row["project_id"] for row in projects})
        fact_ids = [row.get("fact_id", f"F{place:03}") for place, row in enumerate(facts)]
        return RatingTables(
            _frame(ENTERPRISES, [_enterprise(row, usccs) for row in enterprises], ["enterprise"]),
            _frame(
                PROJECTS, [_project(row, usccs, ids) for row in projects], ["project", "enterprise", "managed_from"]
            ),
            _frame(COMPLAINTS, [_complaint(row, ids) for row in complaints], ["project", "month"]),
            _frame(
                FACTS,
                [
                    _fact(row, fact_id, sorted(fact_ids), usccs, ids, standard)
                    for row, fact_id in zip(facts, fact_ids, strict=True)
                ],
                ["fact"],
            ),
        )

    return make


def _frame(schema: Mapping[str, Any], rows: Sequence[Row], keys: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(schema), orient="row").sort(keys)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _enterprise(row: Row, usccs: Sequence[str]) -> Row:
    credit = row.get("credit")
    return {
        "enterprise": usccs.index(row["uscc"]),
        "uscc": row["uscc"],
        "name": f"示例企业{row['uscc']}",
        "district": "东城区",
        "credit": None if credit is None else to_fixed(str(credit), 4),
        "credit_grade": row.get("credit_grade"),
        "party_org": row.get("party_org"),
        "association": row.get("association"),
    }


def _project(row: Row, usccs: Sequence[str], ids: Sequence[str]) -> Row:
    uscc = row.get("uscc", "E1")
    return {
        "project": ids.index(row["project_id"]),
        "enterprise": usccs.index(uscc),
        "project_id": row["project_id"],
        "uscc": uscc,
        "name": f"示例小区{row['project_id']}",
        "district": "东城区",
        "street": "示例街道",
        "filing": row.get("filing", "contract"),
        "area": to_fixed(str(row.get("area_m2", 1000)), 2),
        "filed_on": _day(row.get("filed_on", "2020-01-01")),
        "managed_from": _day(row.get("managed_from", "2020-01-01")),
        "managed_until": _day(row.get("managed_until")),
        "delivered_on": _day(row.get("delivered_on")),
    }


def _complaint(row: Row, ids: Sequence[str]) -> Row:
    return {
        "project": ids.index(row["project_id"]),
        "project_id": row["project_id"],
        "month": int(row["month"].replace("-", "")),
        "count": row["count"],
        "rank": row.get("rank"),
    }


def _fact(
    row: Row, fact_id: str, fact_ids: Sequence[str], usccs: Sequence[str], ids: Sequence[str], standard: Standard
) -> Row:
    shape = standard.facts[row["indicator"]]
    uscc, project_id, value, reference = (
        row.get("uscc", "E1"),
        row.get("project_id"),
        row.get("value"),
        row.get("reference"),
    )
    return {
        "fact": fact_ids.index(fact_id),
        "enterprise": usccs.index(uscc),
        "project": None if project_id is None else ids.index(project_id),
        "fact_id": fact_id,
        "indicator": row["indicator"],
        "uscc": uscc,
        "project_id": project_id,
        "occurred_on": _day(row.get("occurred_on", "2026-03-01")),
        "level": value if shape.levels else None,
        "value": to_fixed(str(value), shape.value.decimals) if shape.value else None,
        "reference": to_fixed(str(reference), shape.reference.decimals) if shape.reference else None,
        "case_no": row.get("case_no"),
        "document_no": "示例文号" if shape.document else None,
    }


@pytest.fixture
def small(db: None, tmp_path: Path, settings: Settings) -> SmallCity:
    """A small city in the database, its cycle being collected."""
    settings.HOME = tmp_path / "home"
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    return collecting_city(tmp_path / "files")
