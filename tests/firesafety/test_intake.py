"""The investment-project platform hands applications in, follows them and fetches their papers."""

import base64
import json
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from tests.firesafety.city import District

from gongbao.firesafety.models import Application
from gongbao.organisations.services.clients import client_issue

pytestmark = pytest.mark.django_db
URL = "/api/v1/fire/applications"
USCC = "91110102MA0DEENT0E"
BODY = {
    "clerk": "clerk", "uscc": USCC, "district": "district", "project": "演示工程",
    "address": "演示路1号", "matter": "filing",
    "delivery_address": "演示路1号", "delivery_to": "演示", "address_confirmed": True, "electronic": True,
    "draw_part": "8317", "places": [{"name": "演示商场", "kind": "mall", "operator": "演示经营者"}],
}  # fmt: skip


class Platform:
    def __init__(self, token: str) -> None:
        self.token = token

    def ask(self, method: str, url: str, body: object = None) -> Any:
        head = {"Authorization": f"Bearer {self.token}"}
        return Browser().generic(method, url, json.dumps(body), content_type="application/json", headers=head)


def platform(district: District, *scope: str, name: str = "演示平台") -> Platform:
    where, now = district.organisations["desk"], timezone.now()
    return Platform(client_issue(name=name, organisation=where, scope=list(scope), now=now, by=None)[1])


@pytest.fixture
def ready(district: District) -> District:
    builder = district.organisations["builder"]
    builder.uscc = USCC
    builder.save()
    return district


def test_an_application_is_begun_filled_sent_followed_and_its_paper_fetched(ready: District) -> None:
    system = platform(ready, "fire.read", "fire.write")
    begun = system.ask("POST", URL, BODY)
    assert begun.status_code == 201, begun.content
    pk, missing = begun.json()["application"], begun.json()["missing"]
    assert missing and begun.json()["places"][0]["number"] is None
    early = system.ask("POST", f"{URL}/{pk}/send", {"declared": True})
    assert early.status_code == 422 and len(early.json()["errors"]) == len(missing)
    for one in missing:
        content = base64.b64encode(b"made up").decode()
        file = {"code": one["code"], "place": one["place"], "name": "a.txt", "content": content}
        assert system.ask("POST", f"{URL}/{pk}/materials", file).status_code == 200
    for _ in range(2):  # sent twice, it is sent once
        sent = system.ask("POST", f"{URL}/{pk}/send", {"declared": True})
        assert sent.status_code == 200 and sent.json()["missing"] == []
    (place,) = system.ask("GET", f"{URL}/{pk}").json()["places"]
    assert place["states"] == {"housing": "received", "fire": "received", "visit": "waiting"}
    assert set(place["due"]) == {"housing_admission", "fire_admission"}
    (paper,) = place["papers"]
    assert paper["name"] == "送达地址确认"
    file = system.ask("GET", f"{URL}/{pk}/papers/{paper['code']}")
    assert file.status_code == 200 and file.content.startswith(b"%PDF")
    late = {"code": "floor_plan", "place": 1, "name": "a.txt", "content": "YQ=="}
    assert system.ask("POST", f"{URL}/{pk}/materials", late).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"clerk": "nobody"}, 422),
        ({"uscc": "91110102MA0DEENT0X"}, 422),
        ({"district": "nowhere"}, 422),
        ({"clerk": "stranger"}, 403),  # of another enterprise
        ({"places": []}, 400),
        ({"matter": "other"}, 400),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(ready: District, wrong: dict[str, Any], status: int) -> None:
    answer = platform(ready, "fire.write").ask("POST", URL, BODY | wrong)
    assert answer.status_code == status, answer.content
    assert not Application.objects.exists()


def test_a_system_reads_only_what_came_through_it_and_with_its_scope(ready: District) -> None:
    pk = platform(ready, "fire.write").ask("POST", URL, BODY).json()["application"]
    assert platform(ready, "fire.read", name="演示另一平台").ask("GET", f"{URL}/{pk}").status_code == 404
    assert platform(ready, "fire.read", name="演示只读").ask("POST", URL, BODY).status_code == 403


def test_a_material_that_is_none_is_refused(ready: District) -> None:
    system = platform(ready, "fire.write")
    pk = system.ask("POST", URL, BODY).json()["application"]
    for wrong in ({"content": "***"}, {"place": 2}, {"code": "poem"}, {"name": "a.exe"}):
        body = {"code": "floor_plan", "place": 1, "name": "a.txt", "content": "YQ=="} | wrong
        assert system.ask("POST", f"{URL}/{pk}/materials", body).status_code == 422
    assert not Application.objects.get(pk=pk).materials.exists()
