"""A small city with an office or two, for the tests of organisations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.services.people import person_create
from gongbao.organisations.services.tree import organisation_create, places_load

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD = "a-long-enough-passphrase-7"


@dataclass
class City:
    city: Organisation
    xicheng: Organisation
    zone: Organisation
    bureau: Organisation
    street: Organisation
    community: Organisation


def small_city() -> City:
    places_load(now=NOW)
    xicheng = Organisation.objects.get(code="110102")
    bureau = organisation_create(
        code="110102-housing", kind="housing_bureau", name="示例房管局", parent=xicheng, now=NOW
    )
    street = organisation_create(code="110102-s1", kind="street", name="示例街道", parent=xicheng, now=NOW)
    community = organisation_create(code="110102-s1-c1", kind="community", name="示例社区", parent=street, now=NOW)
    return City(
        city=Organisation.objects.get(code="110000"),
        xicheng=xicheng,
        zone=Organisation.objects.get(code="bda"),
        bureau=bureau,
        street=street,
        community=community,
    )


def somebody(username: str, *, email: str = "") -> Person:
    return person_create(username=username, name=f"示例 {username}", password=PASSWORD, email=email, now=NOW)
