"""The checklist of a visit on the server: what the phone sends is kept once, also when it comes twice or late."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.firesafety.city import District, at

from gongbao.archive.models import Entry
from gongbao.firesafety.models import FIRE, HOUSING, Answer, Photo, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.checklists import checklist_of, findings_of
from gongbao.firesafety.services import draws
from gongbao.firesafety.services.checklists import AHEAD, answer_keep
from gongbao.kernel.problem import BadInput

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
ON_THE_SPOT = at("2026-03-06 09:40")
ITEM = "management.plan"


@pytest.fixture(autouse=True)
def made_up_people_may_log_in(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def place(district: District) -> Place:
    made = district.send()
    district.admit(made)
    district.fix(made)
    return made


def keep(district: District, place: Place, party: str = FIRE, **changes: Any) -> Answer | None:
    given = {
        "round_": 1, "item": ITEM, "verdict": "fit", "note": "", "key": "k1",
        "answered_at": ON_THE_SPOT, "now": ON_THE_SPOT,
    }  # fmt: skip
    return answer_keep(place=place, party=party, actor=district.actor(party), **{**given, **changes})


def written(place: Place) -> int:
    return Entry.objects.filter(dossier__subject=f"fire/{place.pk}", kind__startswith="visit.").count()


def test_the_same_key_again_changes_nothing(district: District, place: Place) -> None:
    first = keep(district, place)
    assert keep(district, place, verdict="unfit", note="x") == first
    assert (Answer.objects.get().verdict, written(place)) == ("fit", 1)


@pytest.mark.parametrize(("seconds", "stands"), [(-1, "fit"), (0, "unfit"), (1, "unfit")])
def test_of_two_phones_the_later_answer_stands(district: District, place: Place, seconds: int, stands: str) -> None:
    keep(district, place)
    later = ON_THE_SPOT + timedelta(seconds=seconds)
    keep(district, place, key="k2", verdict="unfit", note="没有预案", answered_at=later)
    assert Answer.objects.get().verdict == stands


def test_the_two_authorities_answer_apart(district: District, place: Place) -> None:
    keep(district, place, verdict="unfit", note="没有预案")
    keep(district, place, HOUSING, item="drawings.water", key="k1", verdict="unfit", note="少一个消火栓")
    assert [answer.note for _, answer in findings_of(place, FIRE)] == ["没有预案"]
    assert [answer.note for _, answer in findings_of(place, HOUSING)] == ["少一个消火栓"]
    with pytest.raises(BadInput):
        keep(district, place, item="drawings.water", key="k9")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"item": "management.nothing"}, "item"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"key": ""}, "key"),
        ({"key": "k" * 65}, "key"),
        ({"answered_at": ON_THE_SPOT + AHEAD + timedelta(seconds=1)}, "at"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    district: District, place: Place, changes: dict[str, Any], column: str
) -> None:
    with pytest.raises(BadInput) as found:
        keep(district, place, **changes)
    assert [problem.column for problem in found.value.problems] == [column]
    assert (Answer.objects.count(), written(place)) == (0, 0)


@pytest.mark.parametrize("changes", [{"key": "k" * 64}, {"answered_at": ON_THE_SPOT + AHEAD}])
def test_on_the_limit_it_is_taken(district: District, place: Place, changes: dict[str, Any]) -> None:
    assert keep(district, place, **changes)


def test_after_the_visit_is_recorded_nothing_more_is_taken(district: District, place: Place) -> None:
    keep(district, place)
    district.visit(place, FIRE, at("2026-03-06 11:00"))
    with pytest.raises(NotNow):
        keep(district, place, key="k2", verdict="unfit", note="x")
    assert Answer.objects.get().verdict == "fit"
    assert checklist_of(place, FIRE).closed


def test_a_re_check_looks_at_what_was_unfit_and_marks_what_was_remedied(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draws, "is_drawn", lambda *_: True)
    place = district.send(matter="filing")
    district.admit(place)
    district.fix(place)
    keep(district, place, HOUSING, item="drawings.water", verdict="unfit", note="少一个消火栓")
    keep(district, place, HOUSING, item="drawings.alarm", key="k2")
    district.visit(place, HOUSING, at("2026-03-06 11:00"))
    words = {"reasons": "演示", "remedies": "补装消火栓", "appeal": "演示"}
    district.move(place, HOUSING, "housing.stop", at("2026-03-06 12:00"), **words)
    district.move(place, "clerk", "housing.remedied", at("2026-03-07 12:00"), supplied="已补装")
    shown = checklist_of(place, HOUSING)
    assert (shown.round, [line.key for _, lines in shown.sections for line in lines]) == (2, ["drawings.water"])
    later = at("2026-03-09 09:00")
    keep(district, place, HOUSING, item="drawings.water", round_=2, key="k3", answered_at=later, now=later)
    assert Answer.objects.get(inspection__round=1, item="drawings.water").mended_on == later.date()
    assert checklist_of(place, HOUSING).tally.done


def send(client: Client, place: Place, **changes: Any) -> Any:
    assert place.case
    told = {
        "key": "k1", "round": 1, "item": ITEM, "verdict": "unfit", "note": "没有预案", "at": timezone.now().isoformat(),
    } | changes  # fmt: skip
    url = f"/desk/fire/visits/{place.case.number}/answers/"
    return client.post(url, json.dumps(told), content_type="application/json")


def test_the_page_takes_answers_and_shows_them_to_both_authorities(
    client: Client, district: District, place: Place
) -> None:
    assert place.case
    url = f"/desk/fire/visits/{place.case.number}/"
    client.force_login(district.people["fire"])
    assert send(client, place).json() == {"taken": True}
    assert send(client, place).json() == {"taken": True}
    assert Answer.objects.count() == 1
    assert "不符合 1 项" in client.get(url).content.decode()
    refused = send(client, place, key="k2", round=7)
    assert (refused.status_code, refused.json()["taken"]) == (422, False)
    assert send(client, place, at="yesterday").status_code == 422
    client.force_login(district.people["housing"])
    assert "没有预案" in client.get(url).content.decode().split('id="theirs"')[1]


def test_a_photo_is_kept_once_and_read_by_both(client: Client, district: District, place: Place) -> None:
    assert place.case
    url = f"/desk/fire/visits/{place.case.number}/photos/"
    client.force_login(district.people["fire"])

    def post(content: bytes, name: str, key: str) -> Any:
        given = {"key": key, "round": 1, "item": ITEM, "at": timezone.now().isoformat()}
        return client.post(url, {**given, "file": SimpleUploadedFile(name, content)})

    for _ in range(2):
        assert post(PNG, "出口.png", "p1").json() == {"taken": True}
    photo = Photo.objects.get()
    assert post(b"text", "记录.txt", "p2").status_code == 422
    assert client.post(url, {"key": "p3"}).status_code == 422
    assert Photo.objects.count() == 1
    client.force_login(district.people["housing"])
    assert client.get(f"/desk/files/{photo.file.pk}/").status_code == 200
    client.force_login(district.people["stranger"])
    assert client.get(f"/desk/files/{photo.file.pk}/").status_code == 404


def test_without_scripts_the_whole_list_is_sent_as_a_form(client: Client, district: District, place: Place) -> None:
    assert place.case
    url = f"/desk/fire/visits/{place.case.number}/"
    client.force_login(district.people["fire"])
    given = {"form": "f1", ITEM: "unfit", f"note-{ITEM}": "没有预案", "management.staff": "fit"}
    assert client.post(url, given).status_code == 302
    assert {answer.item: answer.verdict for answer in Answer.objects.all()} == {
        ITEM: "unfit", "management.staff": "fit",
    }  # fmt: skip
    assert client.post(url, {**given, ITEM: "perhaps"}).status_code == 422
    assert Answer.objects.count() == 2


def test_the_worker_has_no_say_beyond_the_pages_of_visits(client: Client) -> None:
    answer = client.get("/desk/fire/visits/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
