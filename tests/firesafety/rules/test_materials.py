"""What has to be handed in: common materials once for both matters, for each place its own."""

import pytest

from gongbao.firesafety.rules.materials import missing, wanted
from gongbao.firesafety.tables.guides import packaged_guide

MATERIALS = packaged_guide().materials


def keys(matter: str, places: int) -> list[str]:
    return [one.key for one in wanted(MATERIALS, matter, places)]


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


def test_everything_missing_is_named_at_once_and_nothing_that_is_optional() -> None:
    asked = wanted(MATERIALS, "acceptance", 1)
    needed = [one.key for one in asked if one.material.needed]
    assert [one.key for one in missing(asked, ())] == needed
    assert "duty_certificates-1" not in needed
    assert [one.key for one in missing(asked, needed[1:])] == needed[:1]
    assert missing(asked, needed) == ()
