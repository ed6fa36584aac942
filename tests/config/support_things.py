"""Rows of support that the addresses in the tables of permissions point to."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongbao.organisations.models import Person
from gongbao.organisations.permissions import actor_of
from gongbao.support.rows import Population
from gongbao.support.services.programmes import programme_draft
from gongbao.support.tables.catalogue import packaged_texts


def support_things(now: datetime) -> dict[str, Any]:
    """`programme`: a programme file that `administrator` handed in; `population`: of `commerce-city`."""
    programme = programme_draft(
        text=packaged_texts()["consumption-2026"].replace("yuan = 2000000", "yuan = 2500000"),
        name="made-up.toml",
        from_day=timezone.localdate(),
        actor=actor_of(Person.objects.get(username="administrator"), timezone.localdate()),
        now=now,
    )
    planner = Person.objects.get(username="commerce-city")
    population = Population.objects.create(name="演示", on=timezone.localdate(), format="csv", by=planner, made_at=now)
    return {"programme": programme.pk, "population": population.pk}
