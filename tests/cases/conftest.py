"""The made-up city of city.py, in the database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.cases.city import City

from gongbao.organisations.models import Membership, Organisation, Person

PLACES = {
    "commission": ("housing_commission", {"officer": "rating_city", "second": "rating_city"}),
    "enterprise": ("enterprise", {"clerk": "enterprise", "manager": "manager"}),
    "rival": ("enterprise", {"stranger": "enterprise"}),
    "street": ("street", {"streetman": "rating_street"}),
    "housing": ("housing_bureau", {"builder": "housing"}),
    "fire": ("fire_authority", {"fireman": "fire"}),
    "window": ("window", {"desk": "window"}),
}


@pytest.fixture
def city(db: None, tmp_path: Path, settings: Settings) -> City:
    settings.HOME = tmp_path
    organisations, people = {}, {}
    for code, (kind, posts) in PLACES.items():
        made = Organisation.objects.create(code=code, kind=kind, name=f"{code}单位", path=f"{code}/")
        organisations[code] = made
        for name, role in posts.items():
            person = Person.objects.create(username=name, name=name.title(), email=f"{name}@example.cn")
            Membership.objects.create(person=person, organisation=made, role=role, first_day=date(2026, 1, 1))
            people[name] = person
    return City(organisations, people)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the draw of the filing come out so."""
    from gongbao.cases import suppliers

    def come_out(value: str) -> None:
        monkeypatch.setitem(
            suppliers._suppliers, ("fire_joint", "housing", "draw"), lambda _case, _day: {"drawn": value}
        )

    return come_out
