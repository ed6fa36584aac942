"""Which district receives an application: by the applicant's registration, or by the project's place."""

from dataclasses import replace
from datetime import date

import pytest
from tests.support.city import City

from gongbao.support.selectors import offices

DAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("setting", "place", "office"),
    [
        ("registration", "北京经济技术开发区演示街1号", "demo-commerce"),
        ("project", "北京经济技术开发区演示街1号", "demo-commerce-zone"),
        ("project", "演示街1号", "demo-commerce"),
    ],
)
def test_the_district_is_that_of_the_registration_or_of_the_project(
    city: City, monkeypatch: pytest.MonkeyPatch, setting: str, place: str, office: str
) -> None:
    made, course = city.draft("debut_event", place=place), offices.course_of("consumption-2026")
    monkeypatch.setattr(offices, "course_of", lambda _: replace(course, district_of=setting))
    found = offices.district_office(made, DAY)
    assert found and found.code == office
