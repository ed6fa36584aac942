"""Every check of the intake: what is told, and where. The town without the mistake is taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongbao.kernel.problem import Problem
from gongbao.rating.tables import findings

FIRST, SECOND = "91110101XX0000094W", "91110101XX0000158T"
Problems = Callable[..., tuple[Problem, ...]]
Town = dict[str, list[dict[str, str]]]


def _where(found: tuple[Problem, ...]) -> list[tuple[str, int | None, str, str]]:
    return [(p.table, p.row, p.column, p.value) for p in found]


def test_the_town_is_taken(town: Town, problems: Problems) -> None:
    assert problems(town) == ()


# the sentence: table, row (0-based), column, what is written there, where the problem is told (defaults to there)
CELLS: dict[str, tuple[str, int, str, str]] = {
    "a credit code with a wrong check character": ("enterprises", 0, "uscc", "91110101XX0000094X"),
    "a credit code in lower case": ("enterprises", 0, "uscc", FIRST.lower()),
    "an enterprise without a name": ("enterprises", 0, "name", ""),
    "a name with a line break": ("enterprises", 0, "name", "示例\n一物业"),
    "a credit score just above 100": ("enterprises", 0, "credit_score", "100.0001"),
    "a credit score just below 0": ("enterprises", 0, "credit_score", "-0.0001"),
    "a credit score with five decimals": ("enterprises", 0, "credit_score", "85.12345"),
    "a credit score with an exponent": ("enterprises", 0, "credit_score", "8e1"),
    "a credit score in full-width digits": ("enterprises", 0, "credit_score", "８５"),
    "a party organisation that is none": ("enterprises", 0, "party_org", "club"),
    "an association that is none": ("enterprises", 1, "association", "national"),
    "a project number with a blank": ("projects", 3, "project_id", "P 9"),
    "a filing that is none": ("projects", 0, "filing", "oral"),
    "an area of nothing": ("projects", 0, "area_m2", "0"),
    "an area with three decimals": ("projects", 0, "area_m2", "1000.123"),
    "an area with a thousands separator": ("projects", 0, "area_m2", "1,000"),
    "an area above any estate": ("projects", 0, "area_m2", "100000000.01"),
    "a day that does not exist": ("projects", 0, "filed_on", "2026-02-30"),
    "a day with one digit": ("projects", 0, "filed_on", "2026-2-3"),
    "a day in the old notation": ("projects", 0, "filed_on", "2026/02/03"),
    "a spell without a beginning": ("projects", 2, "managed_from", ""),
    "a spell that ends before it begins": ("projects", 0, "managed_until", "2019-12-31"),
    "an enterprise that is not in the table": ("projects", 3, "uscc", "91110101XX00001Y5B"),
    "complaints about an unknown project": ("complaints", 1, "project_id", "P9"),
    "a month that is none": ("complaints", 1, "month", "2026-13"),
    "a negative count": ("complaints", 0, "count", "-1"),
    "half a complaint": ("complaints", 0, "count", "0.5"),
    "a rank of nought": ("complaints", 0, "rank", "0"),
    "an unknown indicator": ("facts", 0, "indicator", "kindness"),
    "an indicator that comes from columns": ("facts", 0, "indicator", "scale"),
    "a fact of an unknown enterprise": ("facts", 0, "uscc", "91110101XX00001Y5B"),
    "a fact of an unknown project": ("facts", 1, "project_id", "P9"),
    "a fact whose project the enterprise never managed": ("facts", 1, "project_id", "P3"),
    "a fact that needs its project without one": ("facts", 1, "project_id", ""),
    "a fact without a day": ("facts", 0, "occurred_on", ""),
    "a penalty without document number": ("facts", 0, "document_no", ""),
    "an order without document number": ("facts", 3, "document_no", ""),
    "a kind that the indicator does not take": ("facts", 3, "value", "fined"),
    "a kind that is missing": ("facts", 3, "value", ""),
    "a value where the indicator takes none": ("facts", 0, "value", "ordered"),
    "a reference where the indicator takes none": ("facts", 4, "reference", "10"),
    "more qualified staff than staff": ("facts", 1, "value", "11"),
    "staff of nobody": ("facts", 1, "reference", "0"),
    "half a person": ("facts", 1, "value", "5.5"),
    "a fee with three decimals": ("facts", 2, "value", "100.255"),
    "a fee below nought": ("facts", 2, "reference", "-0.01"),
    "a street's score of 0": ("facts", 4, "value", "0"),
    "a street's score of 11": ("facts", 4, "value", "11"),
    "a street's score that is missing": ("facts", 4, "value", ""),
}


@pytest.mark.parametrize("sentence", CELLS)
def test_a_wrong_cell_is_told_in_its_place(sentence: str, town: Town, problems: Problems) -> None:
    table, row, column, value = CELLS[sentence]
    town[table][row][column] = value
    found = problems(town)
    assert (table, row + 2, column, value) in _where(found)
    assert all(p.expected and p.expected_en for p in found)


# Just on the limits: taken.
LIMITS: dict[str, tuple[str, int, str, str]] = {
    "a credit score of 100": ("enterprises", 0, "credit_score", "100"),
    "a credit score of 0": ("enterprises", 0, "credit_score", "0.0000"),
    "trailing zeros are no decimals": ("enterprises", 0, "credit_score", "85.120000"),
    "the smallest area": ("projects", 0, "area_m2", "0.01"),
    "the largest area": ("projects", 0, "area_m2", "100000000"),
    "a spell of one day": ("projects", 0, "managed_until", "2020-01-01"),
    "a leap day": ("projects", 0, "filed_on", "2024-02-29"),
    "a count of 0": ("complaints", 0, "count", "0"),
    "all staff qualified": ("facts", 1, "value", "10"),
    "nobody qualified": ("facts", 1, "value", "0"),
    "a fee of nothing": ("facts", 2, "value", "0"),
    "a street's score of 1": ("facts", 4, "value", "1"),
    "a street's score of 10": ("facts", 4, "value", "10"),
    "blanks around a word": ("facts", 3, "value", " ordered "),
    "the Chinese of a kind": ("facts", 3, "value", "责令改正"),
    "the Chinese of a filing": ("projects", 0, "filing", "合同备案"),
}


@pytest.mark.parametrize("sentence", LIMITS)
def test_what_is_just_right_is_taken(sentence: str, town: Town, problems: Problems) -> None:
    table, row, column, value = LIMITS[sentence]
    town[table][row][column] = value
    assert problems(town) == ()


def test_a_repeated_key_is_told_on_the_later_row(town: Town, problems: Problems) -> None:
    for table in town:
        town[table].append(dict(town[table][0]))
    told = _where(problems(town))
    assert ("enterprises", 4, "uscc", FIRST) in told
    assert ("projects", 6, "project_id", "P1") in told
    assert ("complaints", 5, "month", "2026-01") in told
    assert ("facts", 7, "fact_id", "F1") in told
    assert len(told) == 4


@pytest.mark.parametrize(("until", "overlaps"), [("2026-03-31", False), ("2026-04-01", True), ("", True)])
def test_spells_of_a_project_may_touch_but_not_overlap(
    until: str, overlaps: bool, town: Town, problems: Problems
) -> None:
    town["projects"][0]["managed_until"] = until
    told = _where(problems(town))
    assert told == ([("projects", 3, "managed_from", "2026-04-01")] if overlaps else [])


def test_a_long_spell_overlaps_even_behind_a_short_one(town: Town, problems: Problems) -> None:
    first, second = town["projects"][:2]
    first["managed_until"] = "2027-01-01"
    second |= {"managed_from": "2025-01-01", "managed_until": "2025-02-01"}
    town["projects"].append(second | {"managed_from": "2026-05-01", "managed_until": ""})
    assert [row for _, row, _, _ in _where(problems(town))] == [3, 6]


def test_a_month_has_ranks_for_all_its_complaints_or_for_none(town: Town, problems: Problems) -> None:
    town["complaints"][1]["count"] = "2"
    town["complaints"][0]["rank"] = "1"
    assert _where(problems(town)) == [("complaints", 3, "rank", "")]
    town["complaints"][1]["count"] = "0"  # no complaint, no rank needed; February has no ranks at all
    assert problems(town) == ()


def test_a_score_and_a_grade_of_credit_exclude_each_other(town: Town, problems: Problems) -> None:
    town["enterprises"][0]["credit_grade"] = "A"
    assert ("enterprises", 2, "credit_grade", "A") in _where(problems(town))


def test_a_grade_is_refused_while_the_table_of_the_standard_is_empty(town: Town, problems: Problems) -> None:
    town["enterprises"][0] |= {"credit_grade": "A", "credit_score": ""}
    found = problems(town)
    assert _where(found) == [("enterprises", 2, "credit_grade", "A")]
    assert "还没有填写" in found[0].expected


def test_who_takes_part_needs_a_credit_result_or_the_permission_to_lack_it(
    town: Town, problems: Problems, read: Callable[..., Any], write: Callable[..., Path], tmp_path: Path
) -> None:
    town["enterprises"][1]["credit_score"] = ""
    assert _where(problems(town)) == [("enterprises", 3, "credit_score", "")]
    intake = read(write(town, tmp_path / "town"), allow_missing_credit=True)
    assert intake.without_credit == (SECOND,)
    assert intake.tables.enterprises["credit"].to_list() == [855_000, None]


@pytest.mark.parametrize(("until", "needed"), [("2025-12-31", False), ("2026-01-01", True)])
def test_who_takes_no_part_needs_no_credit_result(until: str, needed: bool, town: Town, problems: Problems) -> None:
    town["enterprises"][1]["credit_score"] = ""
    for row in town["projects"]:
        if row["uscc"] == SECOND:
            row["managed_until"] = until
            row["managed_from"] = "2021-01-01" if row["project_id"] == "P3" else row["managed_from"]
    town["projects"].pop(1)
    town["facts"] = [row for row in town["facts"] if row["uscc"] != SECOND]
    assert bool(problems(town)) is needed


def test_everything_wrong_is_told_at_once(town: Town, problems: Problems) -> None:
    for sentence in ("an area of nothing", "a month that is none", "an unknown indicator", "a name with a line break"):
        table, row, column, value = CELLS[sentence]
        town[table][row][column] = value
    assert {p.table for p in problems(town)} == {"enterprises", "projects", "complaints", "facts"}


def test_of_many_alike_the_first_are_told_and_all_are_counted(
    town: Town, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "CARRIED", 3)
    town["facts"] = [town["facts"][0] | {"fact_id": f"F{n}", "occurred_on": "heute"} for n in range(10)]
    found = problems(town)
    assert [p.row for p in found] == [2, 3, 4]
    assert sum(1 + p.more for p in found) == 10


def test_one_wrong_code_is_told_once_however_many_rows_refer_to_it(
    town: Town, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = {"uscc": "91110101XX00001Y5B"}
    town["facts"] = [town["facts"][0] | {"fact_id": f"F{n}"} | (stranger if n > 1 else {}) for n in range(7)]
    (found,) = problems(town)
    assert (found.table, found.row, found.column, found.value, found.more) == ("facts", 4, "uscc", stranger["uscc"], 4)


@pytest.mark.parametrize(("values", "told", "total"), [(2, 2, 4), (3, 3, 6), (4, 3, 8)])
def test_of_many_unknown_codes_the_first_are_told_and_every_row_is_counted(
    town: Town, problems: Problems, monkeypatch: pytest.MonkeyPatch, values: int, told: int, total: int
) -> None:
    monkeypatch.setattr(findings, "CARRIED", 3)
    town["complaints"] = [
        {**town["complaints"][0], "project_id": f"P9{n}", "month": f"2026-0{month}"}
        for n in range(values)
        for month in (1, 2)
    ]
    found = problems(town)
    assert len(found) == told and sum(1 + p.more for p in found) == total
