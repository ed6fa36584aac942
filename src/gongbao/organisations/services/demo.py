"""A made-up corner of the city, with a login for every role, for demonstrations and tests."""

import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from gongbao.organisations.models import Competence, Membership, Organisation, Person
from gongbao.organisations.services.people import membership_grant, person_create
from gongbao.organisations.services.tree import competence_set, organisation_create, places_load
from gongbao.organisations.tables.catalogue import DATA, roles


def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "demo.toml").read_text(encoding="utf-8"))


def demo_password() -> str:
    """The password of all made-up logins. It is no secret: they open only where GONGBAO_DEMO=1 is set."""
    return str(_data()["password"])


@transaction.atomic
def demo_people_load(*, now: datetime, today: date) -> tuple[str, list[Membership]]:
    """Make what data/demo.toml lists, unless it is there. Returns the password of all logins, and their roles."""
    data = _data()
    places_load(now=now)
    for row in data["organisations"]:
        if not Organisation.objects.filter(code=row["code"]).exists():
            fields = {key: value for key, value in row.items() if key != "below"}
            organisation_create(**fields, parent=Organisation.objects.get(code=row["below"]), now=now)
    for matter, place, authority in data["competence"]:
        where = Organisation.objects.get(code=place)
        if not Competence.objects.filter(matter=matter, place=where).exists():
            office = Organisation.objects.get(code=authority)
            competence_set(matter=matter, place=where, authority=office, first_day=today, now=now)
    return data["password"], [_login(row, data["password"], now, today) for row in data["people"]]


def demo_posts_since(day: date, now: datetime) -> None:
    """Demo people and competences that were made later than a day hold from that day, too."""
    for held in Membership.objects.filter(person__demo=True, first_day__gt=day):
        earlier = Membership.objects.filter(person=held.person, organisation=held.organisation, role=held.role)
        if not earlier.filter(first_day__lte=day).exists():
            membership_grant(
                person=held.person, organisation=held.organisation, role=held.role, first_day=day,
                last_day=held.first_day - timedelta(days=1), now=now,
            )  # fmt: skip
    Competence.objects.filter(authority__code__startswith="demo-", first_day__gt=day).update(first_day=day)


def _login(row: dict[str, str], password: str, now: datetime, today: date) -> Membership:
    where, name = Organisation.objects.get(code=row["at"]), f"演示·{roles()[row['role']].name.zh}{row.get('mark', '')}"
    person = Person.objects.filter(username=row["username"], demo=True).first() or person_create(
        username=row["username"], name=name, password=password, now=now, demo=True
    )
    held = Membership.objects.filter(person=person, organisation=where, role=row["role"], last_day=None).first()
    return held or membership_grant(person=person, organisation=where, role=row["role"], first_day=today, now=now)
