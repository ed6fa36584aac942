"""What has to be handed in: common materials once for both matters, for each place its own."""

import pytest

from gongbao.firesafety.rules.materials import wanted
from gongbao.firesafety.tables.guides import packaged_guide

MATERIALS = packaged_guide().materials


def keys(matter: str, places: int) -> list[str]:
    return [f"{one.material.code}-{one.place}" for one in wanted(MATERIALS, (matter, "inspection"), places)]


@pytest.mark.parametrize("matter", ["acceptance", "filing"])
def test_common_plans_are_asked_for_once_for_both_matters(matter: str) -> None:
    assert keys(matter, 1).count("floor_plan-1") == 1
    assert keys(matter, 1).count("facility_plan-1") == 1


@pytest.mark.parametrize("places", [0, 1, 2])
def test_each_place_brings_its_own_plans_and_the_project_its_papers_once(places: int) -> None:
    found = keys("acceptance", places)
    assert [key for key in found if key.startswith("floor_plan")] == [f"floor_plan-{n + 1}" for n in range(places)]
    assert [key for key in found if key.startswith("as_built")] == ["as_built-0"]


def test_the_review_opinion_belongs_to_special_projects_alone() -> None:
    assert "design_opinion-0" in keys("acceptance", 1)
    assert "design_opinion-0" not in keys("filing", 1)


def test_what_is_common_stands_first() -> None:
    common = ["common" in one.material.serves for one in wanted(MATERIALS, ("acceptance", "inspection"), 1)]
    assert common == sorted(common, reverse=True)


def test_a_matter_that_is_not_applied_for_asks_for_nothing() -> None:
    alone = {one.material.code for one in wanted(MATERIALS, ("inspection",), 1)}
    assert "as_built" not in alone and "fire_rules" in alone
    alone = {one.material.code for one in wanted(MATERIALS, ("filing",), 1)}
    assert "as_built" in alone and "fire_rules" not in alone


def test_a_power_of_attorney_is_asked_for_where_an_agent_acts() -> None:
    def codes(agent: bool) -> set[str]:
        return {one.material.code for one in wanted(MATERIALS, ("filing",), 1, agent=agent)}

    assert codes(agent=True) - codes(agent=False) == {"power_of_attorney"}
