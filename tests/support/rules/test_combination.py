"""The best combination: worked out by hand, and held against every combination there is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.support.rules import combination
from gongbao.support.rules.answers import Match
from gongbao.support.rules.combination import Best, Combination, best_combination
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.catalogue import catalogue as packaged

MILLION = 100_000_000  # fen
Rows = list[tuple[str | None, str, int]]


def row(project: str, code: str, value: int, shared: str | None = None) -> Match:
    """An eligible row; values in fen. shared: the platform or product."""
    measure = packaged().by_code[code]
    pool = None if shared is None else f"{code} {shared}"
    return Match(project, measure, "eligible", value, (), (), (), date(2026, 2, 11), pool)


def in_order(matches: Sequence[Match]) -> list[Match]:
    codes = [measure.code for measure in packaged().measures]
    return sorted(matches, key=lambda match: (codes.index(match.measure.code), match.project))


def best(*matches: Match) -> Best:
    return best_combination(in_order(matches), packaged())


def rows(found: Combination | None) -> Rows:
    return [(r.match.project, r.match.measure.code, r.value) for r in found.rows] if found else []


def lost(found: Best) -> list[tuple[str | None, str, str, int]]:
    return [
        (entry.match.project, entry.match.measure.code, "+".join(m.measure.code for m in entry.by), entry.difference)
        for entry in found.lost
    ]


def test_nothing_is_chosen_where_nothing_is_eligible() -> None:
    found = best()
    assert (rows(found.chosen), found.chosen.total, found.runner_up, found.lost) == ([], 0, None, ())


def test_of_the_fund_a_project_gets_one_direction() -> None:
    found = best(row("p1", "debut_centre", 2 * MILLION), row("p1", "mixed_scene", 3 * MILLION))
    assert rows(found.chosen) == [("p1", "mixed_scene", 3 * MILLION)]
    assert rows(found.runner_up) == [("p1", "debut_centre", 2 * MILLION)]
    assert lost(found) == [("p1", "debut_centre", "mixed_scene", MILLION)]


def test_of_an_etown_document_a_project_gets_all_rows_against_another_document() -> None:
    found = best(
        row("p1", "auto-4a", MILLION),
        row("p1", "auto-4b", MILLION),
        row("p1", "energy-8", 150_000_000),
        row("p1", "first_store", MILLION),
    )
    assert rows(found.chosen) == [("p1", "auto-4a", MILLION), ("p1", "auto-4b", MILLION)]
    assert rows(found.runner_up) == [("p1", "energy-8", 150_000_000)]
    assert lost(found) == [
        ("p1", "first_store", "auto-4a+auto-4b", MILLION),
        ("p1", "energy-8", "auto-4a+auto-4b", 50_000_000),
    ]


def test_projects_are_free_of_each_other() -> None:
    found = best(row("p1", "first_store", MILLION), row("p2", "first_store", MILLION), row("p2", "auto-4a", MILLION))
    assert rows(found.chosen) == [("p1", "first_store", MILLION), ("p2", "first_store", MILLION)]
    assert rows(found.runner_up) == [("p1", "first_store", MILLION), ("p2", "auto-4a", MILLION)]
    assert found.runner_up is not None
    assert found.runner_up.total == found.chosen.total


def test_the_only_row_gives_way_to_nothing() -> None:
    found = best(row("p1", "synbio-5", 30 * MILLION))
    assert rows(found.chosen) == [("p1", "synbio-5", 30 * MILLION)]
    assert found.runner_up is not None
    assert rows(found.runner_up) == []
    assert lost(found) == []


def test_a_platform_gets_ten_million_over_all_its_projects_the_earlier_first() -> None:
    found = best(
        row("p1", "auto-5", 8 * MILLION, "X"), row("p2", "auto-5", 9 * MILLION, "X"), row("p3", "auto-5", MILLION)
    )
    assert rows(found.chosen) == [
        ("p1", "auto-5", 8 * MILLION),
        ("p2", "auto-5", 2 * MILLION),
        ("p3", "auto-5", MILLION),
    ]
    assert rows(found.runner_up) == [("p1", "auto-5", 8 * MILLION), ("p2", "auto-5", 2 * MILLION)]


def test_a_project_that_a_full_platform_leaves_without_takes_another_document() -> None:
    found = best(
        row("p1", "auto-5", 10 * MILLION, "X"),
        row("p2", "auto-5", 10 * MILLION, "X"),
        row("p2", "energy-8", 50_000_000),
        row("p1", "energy-8", 40_000_000),
    )
    assert rows(found.chosen) == [("p1", "auto-5", 10 * MILLION), ("p2", "energy-8", 50_000_000)]
    assert rows(found.runner_up) == [("p2", "auto-5", 10 * MILLION), ("p1", "energy-8", 40_000_000)]
    assert lost(found) == [("p2", "auto-5", "energy-8", 10_000_000), ("p1", "energy-8", "auto-5", 10_000_000)]


def test_a_product_is_paid_once_in_each_of_its_two_stages() -> None:
    found = best(
        row("p1", "auto-4a", MILLION, "A"),
        row("p1", "auto-4b", MILLION, "A"),
        row("p2", "auto-4a", MILLION, "A"),
        row("p2", "auto-4b", MILLION, "B"),
    )
    assert rows(found.chosen) == [("p1", "auto-4a", MILLION), ("p1", "auto-4b", MILLION), ("p2", "auto-4b", MILLION)]
    assert lost(found) == [("p2", "auto-4a", "auto-4a", 0)]


def test_equal_combinations_are_decided_by_the_order_of_the_table() -> None:
    found = best(
        row("p1", "first_store", MILLION),
        row("p2", "debut_centre", MILLION),
        row("p1", "auto-4a", MILLION, "A"),
        row("p2", "auto-4a", MILLION, "A"),
    )
    assert rows(found.chosen) == [("p2", "debut_centre", MILLION), ("p1", "first_store", MILLION)]
    assert found.runner_up is not None
    assert found.runner_up.total == 2 * MILLION
    assert rows(found.runner_up) == [("p2", "debut_centre", MILLION), ("p1", "auto-4a", MILLION)]


CODES = [
    "debut_centre",
    "first_store",
    "mixed_scene",
    "auto-4a",
    "auto-4b",
    "auto-5",
    "energy-1",
    "energy-8",
    "synbio-2a",
]
SHARED = {"auto-4a", "auto-4b", "auto-5"}


@dataclass(frozen=True)
class Draft:
    project: str
    code: str
    value: int
    shared: str | None


drafts = st.builds(
    Draft,
    project=st.sampled_from(["p1", "p2", "p3"]),
    code=st.sampled_from(CODES),
    value=st.sampled_from([1, 2, 3, MILLION - 1, MILLION, 3 * MILLION, 7 * MILLION, 10 * MILLION])
    | st.integers(1, 10 * MILLION),
    shared=st.sampled_from([None, "X", "X", "Y"]),
)


def of_drafts(found: list[Draft]) -> list[Match]:
    once = {(draft.project, draft.code): draft for draft in found}.values()
    fixed = {"auto-4a", "auto-4b"}
    return in_order(
        [
            row(d.project, d.code, MILLION if d.code in fixed else d.value, d.shared if d.code in SHARED else None)
            for d in once
        ]
    )


def every_combination(table: Sequence[Match], catalogue: Catalogue) -> list[tuple[dict[str, str], tuple[int, ...]]]:
    """Every choice of every project, with what each row gets: written anew, without the code that it checks."""
    choices: dict[str, set[str]] = {}
    for match in table:
        programme = catalogue.programme_of[match.measure.code]
        name = match.measure.code if programme.id == "consumption-2026" else programme.id
        choices.setdefault(str(match.project), {"nothing"}).add(name)
    found = []
    for taken in product(*(sorted(names) for names in choices.values())):
        choice = dict(zip(choices, taken, strict=True))
        left = {
            match.pool: 10 * MILLION if match.measure.code == "auto-5" else MILLION for match in table if match.pool
        }
        got = []
        for match in table:
            mine = choice[str(match.project)] in (match.measure.code, catalogue.programme_of[match.measure.code].id)
            value = (match.value or 0) if mine else 0
            if match.pool:
                value = min(value, left[match.pool])
                left[match.pool] -= value
            got.append(value)
        found.append((choice, tuple(got)))
    return found


@settings(max_examples=150, deadline=None)
@given(found=st.lists(drafts, max_size=9))
def test_the_best_and_the_runner_up_are_those_of_all_combinations(found: list[Draft]) -> None:
    table = of_drafts(found)
    answer = best_combination(table, packaged())
    combinations = every_combination(table, packaged())
    choice, values = max(combinations, key=lambda c: (sum(c[1]), c[1]))
    expected = [(m.project, m.measure.code, v) for m, v in zip(table, values, strict=True) if v]
    assert rows(answer.chosen) == expected
    paid = {str(m.project) for m, v in zip(table, values, strict=True) if v}
    others = [c for c in combinations if any(c[0][project] != choice[project] for project in paid)]
    if not expected:
        assert answer.runner_up is None
        return
    _, values = max(others, key=lambda c: (sum(c[1]), c[1]))
    assert rows(answer.runner_up) == [(m.project, m.measure.code, v) for m, v in zip(table, values, strict=True) if v]


@settings(max_examples=60, deadline=None)
@given(found=st.lists(drafts, min_size=1, max_size=8))
def test_every_eligible_row_is_chosen_or_accounted_for(found: list[Draft]) -> None:
    table = of_drafts(found)
    answer = best_combination(table, packaged())
    chosen = {r.match.key for r in answer.chosen.rows}
    assert chosen | {entry.match.key for entry in answer.lost} == {match.key for match in table}
    assert not chosen & {entry.match.key for entry in answer.lost}
    assert all(entry.by and entry.difference >= 0 for entry in answer.lost)


def test_an_optimum_that_is_not_proven_is_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    solve = combination.milp

    def doubtful(*args: object, **options: object) -> object:
        found = solve(*args, **options)
        found.mip_dual_bound *= 1.000001
        return found

    monkeypatch.setattr(combination, "milp", doubtful)
    with pytest.raises(RuntimeError, match="not proven"):
        best(row("p1", "auto-5", 8 * MILLION, "X"), row("p2", "auto-5", 8 * MILLION, "X"))


def test_thirty_projects_of_one_platform_are_decided_together() -> None:
    """Two projects whose other grant is 0.1 million fill the platform; the others take their other grant."""
    table = [row(f"p{at:02d}", "auto-5", (at % 9 + 1) * MILLION, "X") for at in range(30)]
    table += [row(f"p{at:02d}", "energy-1", (at % 5 + 1) * 10_000_000) for at in range(30)]
    found = best(*table)
    others = 6 * (1 + 2 + 3 + 4 + 5) * 10_000_000
    assert found.chosen.total == 10 * MILLION + others - 2 * 10_000_000


def test_a_row_that_is_worth_nothing_is_neither_chosen_nor_lost() -> None:
    found = best(replace(row("p1", "auto-5", 1), value=0))
    assert (rows(found.chosen), found.lost, found.runner_up) == ([], (), None)
