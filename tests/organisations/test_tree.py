from datetime import date, timedelta

import pytest
from tests.organisations.small_city import NOW, City

from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Change, Competence, Organisation
from gongbao.organisations.selectors import (
    authority_for,
    district_of,
    is_below,
    organisations_above,
    organisations_below,
    organisations_of_kind,
    place_of,
)
from gongbao.organisations.services.tree import (
    competence_set,
    organisation_close,
    organisation_create,
    organisation_move,
    places_load,
)


def columns(bad: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [p.column for p in bad.value.problems]


def test_the_city_has_sixteen_districts_and_one_zone(tree: City) -> None:
    assert tree.city.children.filter(kind="district").count() == 16
    assert [z.name for z in tree.city.children.filter(kind="zone")] == ["北京经济技术开发区"]


def test_loading_the_places_again_adds_nothing(tree: City) -> None:
    before = Organisation.objects.count()
    assert places_load(now=NOW) == 0
    assert Organisation.objects.count() == before


def test_below_and_above_follow_the_tree(tree: City) -> None:
    assert list(organisations_below(tree.xicheng)) == [tree.xicheng, tree.bureau, tree.street, tree.community]
    assert list(organisations_below(tree.street, itself=False)) == [tree.community]
    assert organisations_above(tree.community) == [tree.community, tree.street, tree.xicheng, tree.city]
    assert organisations_above(tree.community, itself=False) == [tree.street, tree.xicheng, tree.city]
    assert is_below(tree.community, tree.xicheng)
    assert not is_below(tree.xicheng, tree.community)


def test_a_code_that_begins_like_another_is_not_below_it(tree: City) -> None:
    other = organisation_create(code="110102-s10", kind="street", name="另一街道", parent=tree.xicheng, now=NOW)
    assert other not in organisations_below(tree.street)


def test_the_district_of_a_community_is_found_and_the_city_has_none(tree: City) -> None:
    assert district_of(tree.community) == tree.xicheng
    assert district_of(tree.zone) == tree.zone
    assert district_of(tree.city) is None
    assert place_of(tree.community, "street") == tree.street


def test_a_new_organisation_with_nothing_right_names_every_fault_and_leaves_no_trace(tree: City) -> None:
    before = Organisation.objects.count(), Change.objects.count()
    with pytest.raises(BadInput) as bad:
        organisation_create(code="a b", kind="enterprise", name=" ", parent=tree.street, uscc="123", now=NOW)
    assert columns(bad) == ["code", "name", "parent", "uscc"]
    assert (Organisation.objects.count(), Change.objects.count()) == before


@pytest.mark.parametrize(("uscc", "wrong"), [("91110000600037341L", False), ("91110000600037341K", True), ("", True)])
def test_an_enterprise_needs_a_right_uscc(tree: City, uscc: str, wrong: bool) -> None:
    def create() -> Organisation:
        return organisation_create(code="e1", kind="enterprise", name="示例", parent=tree.xicheng, uscc=uscc, now=NOW)

    if not wrong:
        assert create().uscc == uscc
        return
    with pytest.raises(BadInput) as bad:
        create()
    assert columns(bad) == ["uscc"]


def test_two_enterprises_cannot_share_a_uscc(tree: City) -> None:
    kwargs = {"kind": "enterprise", "parent": tree.xicheng, "uscc": "91110000600037341L", "now": NOW}
    organisation_create(code="e1", name="示例一", **kwargs)
    with pytest.raises(BadInput) as bad:
        organisation_create(code="e2", name="示例二", **kwargs)
    assert columns(bad) == ["uscc"]


def test_moving_a_street_takes_its_communities_along(tree: City) -> None:
    organisation_move(organisation=tree.street, parent=tree.zone, now=NOW, by=None)
    tree.community.refresh_from_db()
    assert organisations_above(tree.community) == [tree.community, tree.street, tree.zone, tree.city]
    assert tree.community not in organisations_below(tree.xicheng)


def test_a_street_cannot_move_below_a_community(tree: City) -> None:
    with pytest.raises(BadInput) as bad:
        organisation_move(organisation=tree.street, parent=tree.community, now=NOW, by=None)
    assert columns(bad) == ["parent", "parent"]
    tree.street.refresh_from_db()
    assert tree.street.parent == tree.xicheng


def test_closing_waits_for_those_below(tree: City) -> None:
    day = date(2026, 6, 30)
    with pytest.raises(BadInput):
        organisation_close(organisation=tree.street, on=day, now=NOW, by=None)
    organisation_close(organisation=tree.community, on=day, now=NOW, by=None)
    organisation_close(organisation=tree.street, on=day, now=NOW, by=None)
    assert tree.street in organisations_of_kind("street", on=day - timedelta(days=1))
    assert tree.street not in organisations_of_kind("street", on=day)


def test_the_nearest_row_of_competence_decides(tree: City) -> None:
    start = date(2026, 1, 1)
    city_office = organisation_create(
        code="city-housing", kind="housing_commission", name="示例市住建委", parent=tree.city, now=NOW
    )
    competence_set(matter="housing", place=tree.city, authority=city_office, first_day=start, now=NOW)
    assert authority_for("housing", tree.street, start) == city_office
    competence_set(matter="housing", place=tree.xicheng, authority=tree.bureau, first_day=start, now=NOW)
    assert authority_for("housing", tree.street, start) == tree.bureau
    assert authority_for("housing", tree.zone, start) == city_office
    assert authority_for("fire", tree.street, start) is None
    assert authority_for("housing", tree.street, start - timedelta(days=1)) is None


def test_a_later_row_of_competence_ends_the_earlier_the_day_before(tree: City) -> None:
    other = organisation_create(code="x2", kind="housing_bureau", name="示例二局", parent=tree.xicheng, now=NOW)
    kwargs = {"matter": "housing", "place": tree.xicheng, "now": NOW}
    competence_set(authority=tree.bureau, first_day=date(2026, 1, 1), **kwargs)
    competence_set(authority=other, first_day=date(2026, 7, 1), **kwargs)
    assert authority_for("housing", tree.xicheng, date(2026, 6, 30)) == tree.bureau
    assert authority_for("housing", tree.xicheng, date(2026, 7, 1)) == other
    with pytest.raises(BadInput):
        competence_set(authority=tree.bureau, first_day=date(2026, 7, 1), **kwargs)
    assert Competence.objects.count() == 2


def test_an_office_is_no_place_to_be_competent_at(tree: City) -> None:
    with pytest.raises(BadInput) as bad:
        competence_set(matter="housing", place=tree.bureau, authority=tree.bureau, first_day=date(2026, 1, 1), now=NOW)
    assert columns(bad) == ["place"]
