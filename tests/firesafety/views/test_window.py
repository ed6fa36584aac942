"""The reception desk keys in what was handed in on paper."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings
from tests.firesafety.city import District

from gongbao.firesafety.models import Application

pytestmark = pytest.mark.django_db
FORM = {"uscc": "91110102MA0DEENT0E", "matter": "filing", "handed_in": "2026-03-02"}


@pytest.fixture
def desk(district: District, settings: Settings) -> Client:
    settings.DEMO = True
    builder = district.organisations["builder"]
    builder.uscc = FORM["uscc"]
    builder.save()
    client = Client()
    client.force_login(district.people["window"], backend="gongbao.organisations.login.Backend")
    return client


def test_the_desk_begins_with_applicant_matter_and_day_and_goes_on_in_the_draft(desk: Client) -> None:
    answer = desk.post("/desk/fire/window/", FORM)
    made = Application.objects.get()
    assert answer.headers["Location"] == f"/desk/fire/applications/{made.pk}/"
    assert (made.handed_in, made.matter, made.electronic) == (date(2026, 3, 2), "filing", False)
    assert made.window and made.window.code == "desk"
    assert desk.get(answer.headers["Location"]).status_code == 200
    assert "未提交" in desk.get("/desk/fire/window/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"), [({"uscc": "91110102MA0DEENT0X"}, "没有这个单位"), ({"handed_in": "2999-01-01"}, "不晚于今天")]
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_begun(desk: Client, wrong: dict[str, str], says: str) -> None:
    assert says in desk.post("/desk/fire/window/", FORM | wrong).content.decode()
    assert not Application.objects.exists()
