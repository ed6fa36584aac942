"""Logging in, locking out, the second factor, an ended session."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.organisations.small_city import NOW, PASSWORD, somebody

from gongbao.organisations.models import Person
from gongbao.organisations.services.accounts import person_block
from gongbao.organisations.services.demo import demo_people_load

LOGIN = "/account/login/"


@pytest.fixture
def li(db: None) -> Person:
    return somebody("li", email="li@example.cn")


def enter(client: Client, password: str = PASSWORD, username: str = "li", **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **more})


def logged_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def code_of(secret: str) -> str:
    """What an authenticator shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_a_right_password_leads_to_the_desk_and_a_wrong_one_says_so(li: Person, client: Client) -> None:
    wrong = enter(client, "not-the-password")
    assert wrong.status_code == 200
    assert "summary-of-errors" in wrong.content.decode()
    assert not logged_in(client)
    assert enter(client).headers["Location"] == "/desk/"
    assert logged_in(client)


def test_capitals_of_the_login_name_make_no_difference(li: Person, client: Client) -> None:
    enter(client, username="LI")
    assert logged_in(client)


def test_the_page_that_was_asked_for_comes_after_the_login(li: Person, client: Client) -> None:
    asked = client.get("/desk/me/")
    assert asked.headers["Location"] == f"{LOGIN}?next=/desk/me/"
    assert enter(client, next="/desk/me/").headers["Location"] == "/desk/me/"


def test_a_login_does_not_lead_to_another_site(li: Person, client: Client) -> None:
    assert enter(client, next="https://elsewhere.example/").headers["Location"] == "/desk/"


def test_the_fifth_wrong_password_locks_the_login_out_and_the_fourth_does_not(li: Person, client: Client) -> None:
    for _ in range(4):
        assert enter(client, "not-the-password").status_code == 200
    enter(client)
    assert logged_in(client)
    client.post("/account/logout/")
    for _ in range(4):
        enter(client, "not-the-password")
    fifth = enter(client, "not-the-password", username="Li")  # capitals do not begin a new count
    assert fifth.status_code == 429
    assert "15 分钟" in fifth.content.decode()
    assert enter(client).status_code == 429
    assert not logged_in(client)


def test_a_blocked_login_does_not_open_and_an_open_session_ends(li: Person, client: Client) -> None:
    enter(client)
    person_block(person=li, now=NOW, by=None, because="示例")
    assert not logged_in(client)
    enter(client)
    assert not logged_in(client)


@pytest.mark.parametrize("demo", [True, False])
def test_a_made_up_login_opens_only_in_a_demonstration(db: None, client: Client, settings: Any, demo: bool) -> None:
    settings.DEMO = True
    password, _ = demo_people_load(now=NOW, today=timezone.localdate())
    enter(client, password, "street")
    assert logged_in(client)
    settings.DEMO = demo
    assert logged_in(client) is demo
    client.logout()
    enter(client, password, "street")
    assert logged_in(client) is demo


def test_the_second_factor_is_asked_for_after_the_password(li: Person, client: Client) -> None:
    enter(client)
    activate = "/account/2fa/totp/activate/"
    assert client.get(activate).headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(activate).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    assert client.post(activate, {"code": code_of(secret[1])}).status_code == 302
    stored = Authenticator.objects.get(user=li, type="totp").data["secret"]
    assert secret[1] not in stored, "the secret is stored encrypted"
    codes = re.findall(r"<li>(\w{8})</li>", client.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    client.post("/account/logout/")

    other = Client()
    assert enter(other).headers["Location"] == "/account/2fa/authenticate/"
    assert not logged_in(other)
    assert "summary-of-errors" in other.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert not logged_in(other)
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert logged_in(other)

    again = Client()
    enter(again)
    again.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert not logged_in(again), "a recovery code works once"


def test_a_forgotten_password_is_reset_by_a_letter(li: Person, client: Client) -> None:
    client.post("/account/password/reset/", {"email": "li@example.cn"})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True)
    new = "another-long-passphrase-9"
    url = form.redirect_chain[-1][0]
    assert client.post(url, {"password1": new, "password2": new}).status_code == 302
    enter(client, new)
    assert logged_in(client)


def test_an_unknown_address_gets_the_same_page_and_no_letter(db: None, client: Client) -> None:
    answer = client.post("/account/password/reset/", {"email": "nobody@example.cn"})
    assert answer.headers["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


def test_nobody_signs_up(db: None, client: Client) -> None:
    fields = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post("/account/signup/", fields)
    assert "邀请" in answer.content.decode()
    assert not Person.objects.exists()


def test_what_was_typed_is_shown_when_the_session_has_ended(li: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(li, backend="gongbao.organisations.login.Backend")
    client.get("/desk/me/")
    token = client.cookies["csrftoken"].value
    Session.objects.all().delete()
    typed = {"csrfmiddlewaretoken": token, "name": "孙 <示例>", "password": "secret-thing"}
    answer = client.post("/desk/clients/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "孙 &lt;示例&gt;" in page
    assert "secret-thing" not in page
    assert f"{LOGIN}?next=/desk/clients/new/" in page


def test_a_form_without_a_token_is_not_taken(li: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(li, backend="gongbao.organisations.login.Backend")
    answer = client.post("/account/logout/", {"note": "写了很久"})
    assert answer.status_code == 403
    assert "写了很久" in answer.content.decode()
    assert logged_in(client)
