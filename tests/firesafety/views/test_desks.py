"""Desks of the authorities: what is wrong stands at its field, what another does is out of reach."""

import pytest
from django.test import Client
from pytest_django import Settings
from tests.firesafety.city import WHEN, District

from gongbao.firesafety.models import Inspector, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(district: District, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An admitted place; the pages take Monday 2 March 2026 for today."""
    settings.DEMO = True
    made = district.send(WHEN)
    district.admit(made)
    monkeypatch.setattr("django.utils.timezone.now", lambda: WHEN)
    return made


def browser(district: District, who: str) -> Client:
    client = Client()
    client.force_login(district.people[who], backend="gongbao.organisations.login.Backend")
    return client


def url(place: Place, rest: str = "") -> str:
    assert place.case
    return f"/desk/fire/places/{place.case.number}/{rest}"


def test_a_date_that_is_no_working_day_is_named_at_its_field(district: District, place: Place) -> None:
    fire = browser(district, "fire")
    assert 'value="2026-03-05T09:30"' in fire.get(url(place, "propose/")).content.decode()
    sent = {"version": "0", "at1": "2026-03-05T09:30", "at2": "2026-03-07T09:30"}
    answer = fire.post(url(place, "propose/"), sent).content.decode()
    assert "2026-03-07 09:30 不是工作日" in answer and not place.offers.exists()
    assert fire.post(url(place, "propose/"), sent | {"at2": ""}).status_code == 302
    assert place.offers.count() == 1


def test_who_comes_second_with_the_dates_is_told(district: District, place: Place) -> None:
    district.move(place, "housing", "visit.propose", visit_dates="2026-03-06 09:30")
    late = browser(district, "fire").post(url(place, "propose/"), {"version": "0", "at1": "2026-03-05T09:30"})
    assert "请刷新" in late.content.decode() and place.offers.count() == 1


def test_an_inspector_is_named_once_and_steps_aside_with_a_reason(district: District, place: Place) -> None:
    fire, form = browser(district, "fire"), {"name": "演示甲", "card": "京A1"}
    assert fire.post(url(place, "inspectors/"), form).status_code == 302
    assert "该证件号已登记" in fire.post(url(place, "inspectors/"), form).content.decode()
    one = Inspector.objects.get()
    away = url(place, f"inspectors/{one.pk}/recuse/")
    assert browser(district, "housing").post(away, {"because": "亲属"}).status_code == 200  # not its own
    one.refresh_from_db()
    assert one.recused_because == ""
    assert fire.post(away, {"because": "亲属"}).status_code == 302
    assert "亲属" in fire.get(url(place)).content.decode()


def test_an_absence_is_noted_only_for_an_agreed_date(district: District, place: Place) -> None:
    housing = browser(district, "housing")
    assert "还没有确定" in housing.post(url(place, "absence/"), {"because": "会议"}).content.decode()
    district.fix(place)
    assert housing.post(url(place, "absence/"), {"because": "会议"}).status_code == 302
    assert "会议" in housing.get(url(place)).content.decode()
    assert place.inspections.get(party="fire").absent_because == ""


def test_an_authority_of_another_place_finds_nothing(district: District, place: Place) -> None:
    for who, status in (("stranger", 403), ("clerk", 403), ("window", 404), ("supervisor", 200), ("fire", 200)):
        assert browser(district, who).get(url(place)).status_code == status, who


def test_ways_to_appeal_stand_in_the_form_of_a_refusal(district: District, place: Place) -> None:
    district.fix(place)
    page = browser(district, "fire").get(url(place)).content.decode()
    link = page.split("fire/barred/?")[1].split('"')[0].replace("&amp;", "&")
    assert place.case
    form = browser(district, "fire").get(f"/desk/cases/{place.case.number}/fire/barred/?{link}").content.decode()
    assert "申请行政复议" in form


@pytest.mark.parametrize("rest", ["", "propose/"])
def test_a_number_that_no_place_has_is_not_found(district: District, place: Place, rest: str) -> None:
    assert browser(district, "fire").get(f"/desk/fire/places/2026-999999/{rest}").status_code == 404
