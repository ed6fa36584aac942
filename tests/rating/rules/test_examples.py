"""Every worked example under tests/rating/examples: one file for each indicator, one case for each behaviour.

A case gives a small city and the lines that the indicator must write. `crowd` adds other projects with complaints.
"""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.fixed import to_fixed
from gongbao.rating.rules.engine import rate
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.schema import RatingTables

FOLDER = Path(__file__).parent.parent / "examples"
KEYS = {"name", "cycle", "enterprises", "projects", "complaints", "crowd", "facts", "expect"}
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_an_example_gives_its_lines(
    code: str, case: Mapping[str, Any], standard: Standard, make_tables: Callable[..., RatingTables]
) -> None:
    assert set(case) <= KEYS
    result = rate(_city(code, case, make_tables), standard, Cycle.parse(case.get("cycle", "2026H1")))
    witnesses = result.ledger_facts.rows()
    found = [
        {
            "uscc": row["uscc"],
            "project_id": row["project_id"] or "",
            "level": row["level"],
            "quantity": row["quantity"],
            "points": row["points"],
            "facts": [fact for line, fact in witnesses if line == row["line"]],
        }
        for row in result.ledger.iter_rows(named=True)
        if row["indicator"] == code
    ]
    expected = [_expected(row) for row in case["expect"]]
    for line, row in zip(found, case["expect"], strict=False):
        if "facts" not in row:
            del line["facts"]
    assert found == expected


def _expected(row: Mapping[str, Any]) -> dict[str, Any]:
    line = {"uscc": "E1", "project_id": "", "level": "", "quantity": 1} | dict(row)
    return line | {"points": to_fixed(str(row["points"]), 6)}


def _city(code: str, case: Mapping[str, Any], make_tables: Callable[..., RatingTables]) -> RatingTables:
    given = {key: list(case[key]) for key in ("enterprises", "projects", "complaints") if key in case}
    crowd = [
        {"project_id": f"X{place}-{number:03}", "month": row["month"], "count": row["count"]}
        for place, row in enumerate(case.get("crowd", ()))
        for number in range(row["projects"])
    ]
    if crowd:
        given["enterprises"] = [*given.get("enterprises", [{"uscc": "E1"}]), {"uscc": "X"}]
        others = [{"project_id": row["project_id"], "uscc": "X", "managed_until": "2020-12-31"} for row in crowd]
        given["projects"] = [*given.get("projects", [{"project_id": "P1"}]), *others]
        given["complaints"] = [*given.get("complaints", ()), *crowd]
    facts = [{"indicator": code} | row for row in case.get("facts", ())]
    return make_tables(**given, facts=facts)


def test_every_indicator_has_its_examples(standard: Standard) -> None:
    assert prove(standard, examples=[path.stem for path in FOLDER.glob("*.toml")]) == []


def test_an_indicator_without_examples_is_named(standard: Standard) -> None:
    known = [path.stem for path in FOLDER.glob("*.toml") if path.stem != "staff"]
    assert [problem.table for problem in prove(standard, examples=known)] == ["indicator staff"]
