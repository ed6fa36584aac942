"""The same cycle under another standard: who moves, by how much, and because of what."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.engine import rate
from gongbao.rating.rules.flow import flow_svg
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.rules.what_if import Bar, WhatIf, compare, known_facts, numbers_differ
from gongbao.rating.tables.schema import RatingTables
from gongbao.rating.tables.standards import standard_text

H1 = Cycle(2026, 1)


@pytest.fixture(scope="module")
def city(make_tables: Callable[..., RatingTables]) -> RatingTables:
    """Ten enterprises with 45, 44 … 36 points; the last has a report in the media worth 3."""
    return make_tables(
        enterprises=[{"uscc": f"E{place}", "credit": 80 - 2 * place} for place in range(10)],
        projects=[{"project_id": f"P{place}", "uscc": f"E{place}"} for place in range(10)],
        facts=[{"indicator": "media", "uscc": "E9", "project_id": "P9"}],
    )


@pytest.fixture(scope="module")
def result(city: RatingTables, standard: Standard) -> WhatIf:
    """What if a report in the media were worth 8? E9 goes from 39 to 44, from rank 7 to rank 2."""
    text = standard_text()
    at = text.index('code = "media"')
    edited = text[:at] + text[at:].replace("points = 3", "points = 8", 1)
    return compare(rate(city, standard, H1), rate(city, load_standard(edited), H1))


def test_the_biggest_mover_comes_first_with_its_places_and_its_cause(result: WhatIf) -> None:
    first = result.moves.row(0, named=True)
    assert (first["uscc"], first["rank_before"], first["rank_after"], first["places"]) == ("E9", 7, 2, 5)
    assert (first["score_before"], first["score_after"], first["change"]) == (390_000, 440_000, 50_000)
    assert result.causes.rows() == [("E9", "media", 5_000_000)]


def test_the_migration_table_counts_every_pair_of_grades(result: WhatIf) -> None:
    moving = {pair: count for pair, count in result.migration.items() if count}
    # before: E0 is A, E1–E4 B, E5–E8 and E9 C but the last in rank D; after: E9 is B, E4 leaves B
    assert moving == {("A", "A"): 1, ("B", "B"): 3, ("B", "C"): 1, ("C", "B"): 1, ("C", "C"): 3, ("D", "D"): 1}
    assert len(result.migration) == 16
    assert result.moved == 2


def test_both_distributions_stand_over_the_same_bars(result: WhatIf) -> None:
    assert result.distribution[0] == Bar(37, 1, 1, 1)
    assert (sum(bar.before for bar in result.distribution), sum(bar.after for bar in result.distribution)) == (10, 10)
    changed = {bar.low: (bar.before, bar.after) for bar in result.distribution if bar.before != bar.after}
    assert changed == {39: (2, 1), 44: (1, 2)}


def test_the_same_standard_moves_nobody(city: RatingTables, standard: Standard) -> None:
    same = compare(rate(city, standard, H1), rate(city, standard, H1))
    assert same.moved == 0
    assert same.causes.is_empty()
    assert set(same.moves["change"].to_list()) == {0}


def test_results_of_other_enterprises_cannot_be_compared(
    city: RatingTables, standard: Standard, make_tables: Callable[..., RatingTables]
) -> None:
    with pytest.raises(ValueError, match="other enterprises"):
        compare(rate(city, standard, H1), rate(make_tables(), standard, H1))


def test_facts_of_a_dropped_indicator_or_level_are_left_out(
    make_tables: Callable[..., RatingTables], standard: Standard
) -> None:
    facts = [
        {"indicator": "media", "project_id": "P1"},
        {"indicator": "handover", "value": "ordered"},
        {"indicator": "handover", "value": "penalised"},
        {"indicator": "staff", "project_id": "P1", "value": 6, "reference": 10},
    ]
    text = standard_text().replace('code = "media"', 'code = "press"')
    text = text.replace(
        '{ level = "ordered", points = -5 }, { level = "penalised", points = -10 }',
        '{ level = "penalised", points = -10 }',
    )
    tables = make_tables(facts=facts)
    left = known_facts(tables.facts, load_standard(text))
    assert left["fact_id"].to_list() == ["F002", "F003"]
    assert known_facts(tables.facts, standard).equals(tables.facts)


def test_an_indicator_that_counts_in_other_units_is_named(standard: Standard) -> None:
    text = standard_text().replace(
        "value = { minimum = 1, maximum = 10 }", "value = { decimals = 1, minimum = 1, maximum = 10 }"
    )
    assert [problem.table for problem in numbers_differ(standard, load_standard(text))] == ["indicator community"]
    assert numbers_differ(standard, standard) == []


@pytest.mark.parametrize(("language", "head"), [("zh", "试算"), ("en", "what if")])
def test_the_flow_picture_is_sound_and_names_every_ribbon(result: WhatIf, language: str, head: str) -> None:
    picture = ElementTree.fromstring(flow_svg(result, language))
    space = "{http://www.w3.org/2000/svg}"
    ribbons = [path.findtext(f"{space}title") for path in picture.iter(f"{space}path")]
    assert ribbons == ["A → A: 1", "B → B: 3", "B → C: 1", "C → B: 1", "C → C: 3", "D → D: 1"]
    texts = [text.text for text in picture.iter(f"{space}text")]
    assert head in texts
    assert texts.count("B 4") == 2


def test_a_city_without_enterprises_has_an_empty_picture(
    make_tables: Callable[..., RatingTables], standard: Standard
) -> None:
    nobody = rate(make_tables(projects=[{"project_id": "P1", "managed_until": "2025-12-31"}]), standard, H1)
    result = compare(nobody, nobody)
    assert result.distribution == ()
    assert "A 0" in flow_svg(result)
