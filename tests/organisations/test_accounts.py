"""One's own account, and what administrators do with logins."""

import re
from typing import Any

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone
from tests.organisations.small_city import NOW, PASSWORD, somebody

from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Change, Client, Membership, Organisation, Person
from gongbao.organisations.selectors import browser_name, lockouts
from gongbao.organisations.services.accounts import email_change, person_block, person_rename, person_unblock

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def logged_in(person: Person) -> Browser:
    """With the password, given once more just now, as the pages ask that touch the login itself."""
    made = Browser()
    for url, fields in ((LOGIN, {"login": person.username}), ("/account/reauthenticate/", {})):
        assert made.post(url, {**fields, "password": PASSWORD}).status_code == 302
    return made


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


@pytest.fixture
def li() -> Person:
    return somebody("li", email="li@example.cn")


@pytest.fixture
def administrator() -> Person:
    place = Organisation.objects.create(code="ops", kind="operations", name="运行", path="ops/")
    person = somebody("admin")
    Membership.objects.create(person=person, organisation=place, role="administrator", first_day="2026-01-01")
    return person


def test_a_person_changes_her_own_name(li: Person) -> None:
    logged_in(li).post("/desk/me/name/", {"name": "李新"})
    li.refresh_from_db()
    assert li.name == "李新"
    assert Change.objects.get(what="person_renamed").detail == {"before": "示例 li", "after": "李新"}


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), (60, True), (61, False)])
def test_a_name_has_one_to_sixty_characters(li: Person, length: int, good: bool) -> None:
    if good:
        person_rename(person=li, name="李" * length, now=NOW)
    else:
        with pytest.raises(BadInput, match="60"):
            person_rename(person=li, name="李" * length, now=NOW)
    assert (Person.objects.get().name == "李" * length) == good


def test_a_new_address_counts_when_its_link_was_opened_and_the_old_one_is_told(li: Person) -> None:
    browser = logged_in(li)
    browser.post("/desk/me/email/", {"email": "new@example.cn"})
    (letter,) = mail.outbox
    assert letter.to == ["new@example.cn"]
    link = re.search(r"http://testserver(\S+)", letter.body).group(1)  # type: ignore[union-attr]
    assert browser.get(link).status_code == 200
    assert Person.objects.get().email == "li@example.cn", "looking at the link does not change it"
    browser.post(link)
    assert Person.objects.get().email == "new@example.cn"
    assert mail.outbox[1].to == ["li@example.cn"]
    assert browser.post(link).status_code == 404, "it works once"


def test_the_link_is_nobody_elses(li: Person) -> None:
    browser = logged_in(li)
    browser.post("/desk/me/email/", {"email": "new@example.cn"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)  # type: ignore[union-attr]
    other = logged_in(somebody("wang"))
    assert other.post(link).status_code == 404
    assert set(Person.objects.values_list("email", flat=True)) == {"li@example.cn", ""}


@pytest.mark.parametrize(("seconds", "status"), [(24 * 3600, 200), (24 * 3600 + 1, 404)])
def test_the_link_works_for_a_day(li: Person, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int) -> None:
    browser = logged_in(li)
    browser.post("/desk/me/email/", {"email": "new@example.cn"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)  # type: ignore[union-attr]
    token = link.rstrip("/").rsplit("/", 1)[1]
    made = signing.b62_decode(token.split(":")[1])
    monkeypatch.setattr("django.core.signing.time.time", lambda: float(made + seconds))
    assert browser.get(link).status_code == status


def test_an_address_of_another_login_is_refused_and_nothing_is_sent(li: Person) -> None:
    somebody("wang", email="wang@example.cn")
    page = logged_in(li).post("/desk/me/email/", {"email": "WANG@example.cn"})
    assert page.status_code == 200 and "没有其他账号使用" in page.content.decode()
    assert mail.outbox == []
    with pytest.raises(BadInput):
        email_change(person=li, email="wang@example.cn", now=NOW)
    assert Person.objects.get(username="li").email == "li@example.cn"


def test_the_address_is_not_changed_without_the_password(li: Person) -> None:
    browser = Browser()
    browser.force_login(li, backend="gongbao.organisations.login.Backend")
    answer = browser.post("/desk/me/email/", {"email": "new@example.cn"})
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert mail.outbox == []


def test_a_person_sees_where_she_is_logged_in_and_logs_the_others_out(li: Person) -> None:
    here, there = logged_in(li), logged_in(li)
    assert here.get("/desk/me/").content.decode().count("127.0.0.1") >= 2
    here.post("/desk/me/sessions/end/")
    assert there.get("/desk/me/").status_code == 302
    assert here.get("/desk/me/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari · iOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_a_session_of_somebody_else_is_not_ended(li: Person) -> None:
    from allauth.usersessions.models import UserSession

    here, other = logged_in(li), logged_in(somebody("wang"))
    here.post("/desk/me/sessions/end/", {"session": UserSession.objects.get(user__username="wang").pk})
    assert other.get("/desk/me/").status_code == 200


def test_a_person_makes_a_token_sees_it_once_and_revokes_it(administrator: Person) -> None:
    browser = logged_in(administrator)
    fields = {"name": "脚本", "organisation": "ops", "scope": "cases.read", "days": "30"}
    page = browser.post("/desk/me/tokens/new/", fields).content.decode()
    token = re.search(r"gb_[\w-]{43}", page).group(0)  # type: ignore[union-attr]
    call = {"Authorization": f"Bearer {token}"}
    assert Browser().get("/api/v1/cases", headers=call).status_code == 200
    assert token not in browser.get("/desk/me/").content.decode()
    assert "脚本" not in browser.get("/desk/clients/").content.decode(), "that list is of systems"
    browser.post(f"/desk/me/tokens/{Client.objects.get().pk}/revoke/")
    assert Browser().get("/api/v1/cases", headers=call).status_code == 401


@pytest.mark.parametrize(("days", "made"), [(0, 0), (1, 1), (180, 1), (181, 0)])
def test_a_token_lives_for_half_a_year_at_most(administrator: Person, days: int, made: int) -> None:
    fields = {"name": "脚本", "organisation": "ops", "scope": "cases.read", "days": str(days)}
    logged_in(administrator).post("/desk/me/tokens/new/", fields)
    assert Client.objects.count() == made


def test_blocking_a_login_ends_its_sessions_at_once_and_unblocking_lets_it_in_again(
    administrator: Person, li: Person
) -> None:
    hers, browser = logged_in(li), logged_in(administrator)
    url = f"/desk/logins/{li.pk}/"
    browser.post(url, {"because": "离职交接"})
    assert hers.get("/desk/").status_code == 302
    assert Browser().post(LOGIN, {"login": "li", "password": PASSWORD})["Location"] == "/account/inactive/"
    assert "离职交接" in browser.get(url).content.decode()
    browser.post(url, {"because": "返岗"})
    assert logged_in(li).get("/desk/").status_code == 200
    assert [c.what for c in li.changes.order_by("pk")][-2:] == ["person_blocked", "person_unblocked"]


def test_a_login_is_not_blocked_without_a_reason_nor_by_its_owner(administrator: Person, li: Person) -> None:
    logged_in(administrator).post(f"/desk/logins/{li.pk}/", {"because": " "})
    for change in (person_block, person_unblock):
        with pytest.raises(BadInput, match="另一人"):
            change(person=administrator, now=NOW, by=administrator, because="x")
    assert Person.objects.filter(is_active=True).count() == 2
    assert not Change.objects.filter(what__in=["person_blocked", "person_unblocked"]).exists()


@pytest.mark.parametrize(("failures", "locked"), [(4, 0), (5, 1)])
def test_an_administrator_sees_who_is_locked_out_and_lifts_it(
    administrator: Person, li: Person, failures: int, locked: int
) -> None:
    for _ in range(failures):
        Browser().post(LOGIN, {"login": "li", "password": "wrong"})
    assert len(lockouts(timezone.now())) == locked
    if locked:
        browser = logged_in(administrator)
        assert "127.0.0.1" in browser.get("/desk/logins/").content.decode()
        browser.post("/desk/logins/lift/", {"username": "li"})
        assert lockouts(timezone.now()) == [] and Change.objects.filter(what="lockout_lifted", person=li).exists()
    assert logged_in(li).get("/desk/").status_code == 200


def test_a_desk_of_an_administrator_leads_to_the_logins(administrator: Person) -> None:
    page: Any = logged_in(administrator).get("/desk/").content.decode()
    assert 'href="/desk/logins/"' in page and 'href="/desk/clients/"' in page
