"""Pages about organisations and people: what the tables of permissions do not say."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone
from tests.organisations.small_city import NOW, PASSWORD

from gongbao.organisations.models import Change, Client, Deputy, Invitation, Membership, Person
from gongbao.organisations.services.clients import call_log
from gongbao.organisations.services.demo import demo_people_load
from gongbao.organisations.services.people import membership_grant

ENTERPRISE = "/desk/organisations/demo-enterprise/"


@pytest.fixture
def demo(db: None, settings: Any) -> None:
    settings.DEMO = True
    demo_people_load(now=timezone.now(), today=timezone.localdate())


def browser(username: str) -> Browser:
    made = Browser()
    made.force_login(Person.objects.get(username=username), backend="gongbao.organisations.login.Backend")
    return made


def membership(username: str) -> Membership:
    return Membership.objects.get(person__username=username)


def test_the_demo_has_a_login_for_every_role_and_loading_it_again_adds_nothing(demo: None) -> None:
    from gongbao.organisations.tables.catalogue import roles

    assert set(Membership.objects.values_list("role", flat=True)) == set(roles())
    before = Person.objects.count(), Membership.objects.count(), Change.objects.count()
    demo_people_load(now=timezone.now(), today=timezone.localdate())
    assert (Person.objects.count(), Membership.objects.count(), Change.objects.count()) == before


def test_an_invitation_goes_by_letter_and_makes_a_colleague(
    demo: None, django_capture_on_commit_callbacks: Any
) -> None:
    fields = {"name": "示例 孙", "email": "sun@example.cn", "role": "enterprise"}
    with django_capture_on_commit_callbacks(execute=True):
        browser("manager").post(f"{ENTERPRISE}invite/", fields)
    letter = mail.outbox[0]
    assert letter.to == ["sun@example.cn"]
    link = re.search(r"http://testserver(/join/\S+/)", letter.body)
    assert link is not None
    stranger = Browser()
    assert "演示物业有限公司" in stranger.get(link[1]).content.decode()
    weak = stranger.post(link[1], {"username": "sun", "password": "12345678"}).content.decode()
    assert 'id="id_password_error"' in weak
    assert 'value="sun"' in weak, "what was right is kept"
    joined = stranger.post(link[1], {"username": "sun", "password": PASSWORD}, follow=True)
    assert "企业经办人" in joined.content.decode()
    assert membership("sun").organisation.code == "demo-enterprise"
    assert Browser().get(link[1]).status_code == 404


def test_a_faulty_invitation_says_where_and_invites_nobody(demo: None) -> None:
    page = browser("manager").post(f"{ENTERPRISE}invite/", {"name": "", "email": "x", "role": "editor"})
    words = page.content.decode()
    assert [f'href="#id_{name}' in words for name in ("name", "email", "role")] == [True] * 3
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_ending_a_role_takes_it_away_the_day_after(demo: None) -> None:
    held = membership("enterprise")
    today = timezone.localdate()
    browser("manager").post(f"{ENTERPRISE}people/{held.pk}/end/", {"last_day": today.isoformat()})
    held.refresh_from_db()
    assert held.last_day == today


def test_who_leaves_loses_every_role_in_the_organisation(demo: None) -> None:
    held, today = membership("enterprise"), timezone.localdate()
    second = membership_grant(
        person=held.person, organisation=held.organisation, role="manager", first_day=today, now=NOW
    )
    url = f"{ENTERPRISE}people/{held.pk}/end/"
    browser("manager").post(url, {"last_day": today.isoformat(), "leaves": "on"})
    for one in (held, second):
        one.refresh_from_db()
        assert one.last_day == today


def test_a_person_names_her_own_deputy(demo: None) -> None:
    held, today = membership("enterprise"), timezone.localdate().isoformat()
    fields = {"person": membership("manager").person_id, "first_day": today, "last_day": today}
    browser("enterprise").post(f"{ENTERPRISE}people/{held.pk}/deputy/", fields)
    assert Deputy.objects.get().person.username == "manager"
    desk = browser("manager").get("/desk/").content.decode()
    assert "代理 演示·企业经办人" in desk


def test_a_stranger_to_the_organisation_is_not_offered_as_deputy(demo: None) -> None:
    held, today = membership("enterprise"), timezone.localdate().isoformat()
    fields = {"person": membership("street").person_id, "first_day": today, "last_day": today}
    page = browser("enterprise").post(f"{ENTERPRISE}people/{held.pk}/deputy/", fields)
    assert page.status_code == 200
    assert not Deputy.objects.exists()


def test_organisations_below_are_filtered_sorted_and_downloaded_by_the_address(demo: None) -> None:
    city = "/desk/organisations/110000/"
    admin = browser("administrator")
    shown = admin.get(f"{city}?kind=zone").content.decode()
    assert "北京经济技术开发区" in shown
    assert "东城区" not in shown
    lines = admin.get(f"{city}?kind=district&sort=-code&format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[1] == "110119,延庆区,区"
    assert len(lines) == 17


def test_a_token_is_shown_once_and_its_calls_are_listed(demo: None) -> None:
    admin = browser("administrator")
    fields = {"name": "热线平台", "organisation": "demo-line", "scope": ["client.read"]}
    token = re.search(r"gb_[\w-]{43}", admin.post("/desk/clients/new/", fields).content.decode())
    assert token is not None
    client = Client.objects.get()
    call_log(client=client, method="GET", path="/api/v1/client", status=200, now=NOW)
    page = admin.get(f"/desk/clients/{client.pk}/").content.decode()
    assert token[0] not in page
    assert "/api/v1/client" in page
    admin.post(f"/desk/clients/{client.pk}/revoke/")
    client.refresh_from_db()
    assert client.revoked_at is not None


def test_a_token_for_an_organisation_that_does_not_exist_is_not_issued(demo: None) -> None:
    fields = {"name": "热线平台", "organisation": "nowhere", "scope": ["client.read"]}
    page = browser("administrator").post("/desk/clients/new/", fields).content.decode()
    assert 'id="id_organisation_error"' in page
    assert not Client.objects.exists()
