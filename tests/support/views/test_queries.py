"""Lists ask the database as often for many applications as for few."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support import city as cities
from tests.support.city import MONDAY, City

from gongbao.cases.services.clock import tick
from gongbao.organisations.models import Organisation, Person
from gongbao.support.services.promises import budget_set

pytestmark = pytest.mark.django_db
FUND = "consumption-2026"
AFTER = cities.at("08-11")


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch, settings: Any) -> City:
    settings.DEMO = True
    made = cities.build()
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    return made


def asked(who: str, address: str) -> int:
    """Queries of a page, what is asked once for all left out."""
    client = Client()
    client.force_login(Person.objects.get(username=who), backend="gongbao.organisations.login.Backend")
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def add(city: City, number: int) -> None:
    """Applications: one that can be paid, another for its project, and a third with an invoice of the second."""
    ten = {"contracts": ({"no": f"C{number}", "amount": "10000000.00", "invoice": f"F{number}"},)}
    where = {"project": f"甲商场{number}", "place": f"西城区演示路{number}号"}
    city.decided(city.sent("debut_event", **where), "500000", MONDAY)
    city.sent("mixed_scene", who="enterprise", **where, **ten)
    city.sent("new_format", **{**where, "project": f"乙露营地{number}"}, **ten)
    tick(now=AFTER)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("commerce-city", "/desk/support/"),
        ("shop", "/desk/applicant/{shop}/"),
        ("shop", "/desk/"),
        ("commerce-city", "/desk/support/double/"),
        ("commerce-city", f"/desk/support/money/{FUND}/2026/"),
        ("commerce-city", "/support/notices/?all=1"),
        ("commerce-city", "/support/awards/"),
    ],
)
def test_a_list_of_three_asks_as_often_as_a_list_of_one(city: City, who: str, address: str) -> None:
    address = address.format(shop=Organisation.objects.get(code="demo-shop").uscc)
    budget_set(programme=FUND, year=2026, amount="800000", actor=city.act("commerce-city"), now=MONDAY)
    add(city, 1)
    few = asked(who, address)
    add(city, 2)
    add(city, 3)
    assert asked(who, address) == few


def test_choosing_a_measure_asks_for_the_catalogue_a_few_times_not_for_each_measure(city: City) -> None:
    assert asked("shop", f"/desk/applicant/{Organisation.objects.get(code='demo-shop').uscc}/new/") < 15
