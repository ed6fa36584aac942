"""Rows of joint handling that the addresses in the tables of permissions point to."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongbao.cases.services.engine import case_move
from gongbao.firesafety.services.applications import application_send, application_start, place_save
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import actor_of


def fire_things(now: datetime) -> dict[str, Any]:
    """`fire_place`: the number of a filing that was drawn or not, on `fire_day`; `fire_decision`: its certificate, with
    a `fire_delivery`; `fire_application`: what was sent, `fire_own`: its place; `fire_draft`: one that was not sent."""
    enterprise = Organisation.objects.get(code="demo-enterprise")
    who = actor_of(Person.objects.get(username="enterprise"), timezone.localdate(now))
    draft = application_start(
        applicant=enterprise, actor=who, now=now, district=Organisation.objects.get(code="110102"), project="演示工程",
        address="演示路1号", matter="filing", delivery_address="演示路1号", delivery_to="演示", address_confirmed=True,
    )  # fmt: skip
    place_save(application=draft, actor=who, now=now, name="演示场所", kind="mall", operator="演示经营者")
    application_send(application=draft, actor=who, now=now)
    place = draft.places.get()
    case = place.case
    assert case
    for authority in ("housing", "fire"):
        person, row = Person.objects.get(username=authority), case.tracks.get(code=authority)
        case_move(case=case, track=authority, move="find_ready", version=row.version, actor=person, now=now)
    return {
        "fire_place": case.number,
        "fire_application": draft.pk,
        "fire_own": place.pk,
        "fire_draft": application_start(applicant=enterprise, actor=who, now=now, matter="filing").pk,
        "fire_delivery": place.deliveries.get(paper__name="受理凭证", party="fire").pk,
        "fire_decision": place.publications.get().pk,
        "fire_day": timezone.localdate(now).isoformat(),
    }
