"""Rows of support that the addresses in the tables of permissions point to."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from tests.support.city import City

from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.support.models import PublicNotice
from gongbao.support.rows import Population
from gongbao.support.services.drafts import draft_begin
from gongbao.support.services.notices import objection_make
from gongbao.support.services.programmes import programme_draft
from gongbao.support.tables.catalogue import packaged_texts


def support_things(now: datetime) -> dict[str, Any]:
    """`own_draft`: a draft of an application of the demo enterprise; `application`: one of `shop` on public notice,
    with its `notice` and an `objection` to it; `programme`: a programme file that `administrator` handed in;
    `population`: of `commerce-city`."""
    own_draft = draft_begin(
        uscc=Organisation.objects.get(code="demo-enterprise").uscc or "",
        measure="mixed_scene",
        actor=_actor("enterprise"),
        now=now,
        project="演示广场",
        place="演示路1号",
    )
    made = City().decided(City().sent("debut_event", now=now), "500000", now)
    notice = PublicNotice.objects.get(application=made)
    objection = objection_make(notice=notice, name="演示", contact="演示", grounds="演示", token="secret", now=now)
    programme = programme_draft(
        text=packaged_texts()["consumption-2026"].replace("yuan = 2000000", "yuan = 2500000"),
        name="made-up.toml",
        from_day=timezone.localdate(),
        actor=_actor("administrator"),
        now=now,
    )
    planner = Person.objects.get(username="commerce-city")
    population = Population.objects.create(name="演示", on=timezone.localdate(), format="csv", by=planner, made_at=now)
    return {
        "own_draft": own_draft.pk,
        "application": made.case.number,
        "notice": notice.pk,
        "objection": objection.token,
        "programme": programme.pk,
        "population": population.pk,
    }


def _actor(username: str) -> Actor:
    return actor_of(Person.objects.get(username=username), timezone.localdate())
