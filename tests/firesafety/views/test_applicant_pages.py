"""The applicant's pages: a draft over two devices, everything missing at once, one sending, matters side by side."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.firesafety.city import WHEN, District, at

from gongbao.cases.models import Case
from gongbao.cases.services.lengths import period_set
from gongbao.cases.tables import process_on
from gongbao.firesafety.models import FIRE, Application, Place
from gongbao.firesafety.selectors.materials import share_of, slots_of
from gongbao.firesafety.services.applications import application_send, material_add

NEW = {
    "kind": "hotel",
    "project": "other",
    "way": "ordinary",
    "inspection": "no",
    "ready": "yes",
    "choose": "yes",
}


@pytest.fixture(autouse=True)
def made_up_people_may_log_in(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def clerk(client: Client, district: District) -> Client:
    client.force_login(district.people["clerk"])
    return client


def begin(clerk: Client) -> Application:
    assert clerk.post("/desk/fire/applications/new/", {**NEW, "applicant": "builder"}).status_code == 302
    return Application.objects.get()


def fill(clerk: Client, application: Application) -> str:
    """Fill everything in but for one material; its key."""
    base = f"/desk/fire/applications/{application.pk}/"
    project = {"project": "演示酒店改造", "address": "演示路2号", "district": "district", "way": "ordinary"}
    delivery = {"delivery_address": "演示路2号", "delivery_to": "演示 1", "address_confirmed": "on", "electronic": "on"}
    place = {
        "name": "演示酒店", "kind": "hotel", "address": "演示路2号1层", "area": "800", "operator": "演示", "uscc": "",
    }  # fmt: skip
    for path, data in (
        ("part/project/", project),
        ("part/delivery/", delivery),
        ("part/draw/", {"draw_part": "我的数"}),
        (f"places/{application.places.get().pk}/", place),
    ):
        assert clerk.post(base + path, data).status_code == 302, path
    application.refresh_from_db()
    needed = [slot.key for slot in slots_of(application) if slot.kind.needed]
    for key in needed[1:]:
        answer = clerk.post(f"{base}materials/{key}/", {"files": SimpleUploadedFile("演示.txt", b"made up")})
        assert answer.status_code == 302
    return needed[0]


def test_a_draft_begins_with_what_the_check_found_and_no_other(clerk: Client, district: District) -> None:
    failed = {**NEW, "ready": "no", "applicant": "builder"}
    assert clerk.post("/desk/fire/applications/new/", failed).headers["Location"].startswith("/fire/check/")
    assert Application.objects.count() == 0
    made = begin(clerk)
    assert (made.matter, made.places.get().kind) == ("filing", "hotel")


def test_everything_missing_is_named_at_once_and_nothing_is_sent(clerk: Client, district: District) -> None:
    made = begin(clerk)
    answer = clerk.post(f"/desk/fire/applications/{made.pk}/review/", {"declared": "on", "token": "t"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("工程名称", "场所名称", "送达地址", "场所平面布置图", "法律后果"):
        assert words in shown
    assert Case.objects.count() == 0


def test_a_half_filled_part_is_kept_and_found_again_on_another_device(clerk: Client, district: District) -> None:
    made = begin(clerk)
    url = f"/desk/fire/applications/{made.pk}/part/project/"
    assert clerk.post(url, {"project": "只写了名称"}).status_code == 200  # says what is missing
    assert clerk.post(url, {"project": "只写了名称", "later": "1"}).status_code == 302
    other = Client()
    other.force_login(district.people["clerk"])
    assert "只写了名称" in other.get(url).content.decode()
    assert "只写了名称" in other.get("/desk/fire/applications/").content.decode()


def test_it_is_sent_when_the_last_material_is_there_and_only_once(clerk: Client, district: District) -> None:
    made = begin(clerk)
    last = fill(clerk, made)
    base = f"/desk/fire/applications/{made.pk}/"
    sending = {"declared": "on", "token": "t"}
    assert clerk.post(f"{base}review/", sending).status_code == 422
    clerk.post(f"{base}materials/{last}/", {"files": SimpleUploadedFile("图.txt", b"made up")})
    assert clerk.post(f"{base}review/", {"token": "t"}).status_code == 422  # nothing declared
    assert Case.objects.count() == 0
    for _ in range(2):
        assert clerk.post(f"{base}review/", sending).headers["Location"] == f"{base}received/"
    case = Case.objects.get()
    assert str(case.number) in clerk.get(f"{base}received/").content.decode()
    assert clerk.post(f"{base}part/draw/", {"draw_part": "9"}).status_code == 404
    made.refresh_from_db()
    assert made.draw_part == "我的数"


def test_a_file_of_the_wrong_kind_is_refused_at_its_field(clerk: Client, district: District) -> None:
    made = begin(clerk)
    fill(clerk, made)
    url = f"/desk/fire/applications/{made.pk}/materials/as_built-0/"
    before = made.materials.count()
    shown = clerk.post(url, {"files": SimpleUploadedFile("图.exe", b"MZ")}).content.decode()
    assert "图.exe" in shown and made.materials.count() == before
    one = made.materials.filter(code="as_built").get()
    clerk.post(f"/desk/fire/applications/{made.pk}/materials/{one.pk}/remove/")
    assert made.materials.count() == before - 1


def test_an_agent_brings_a_power_of_attorney(clerk: Client, district: District) -> None:
    made = begin(clerk)
    keys = [slot.key for slot in slots_of(made)]
    made.agent = "演示代理人"
    assert [slot.key for slot in slots_of(made) if slot.key not in keys] == ["power_of_attorney-0"]


def test_another_place_is_added_and_taken_out(clerk: Client, district: District) -> None:
    made = begin(clerk)
    base = f"/desk/fire/applications/{made.pk}/places/"
    clerk.post(f"{base}new/", {"name": "第二家", "kind": "mall", "later": "1"})
    assert [one.kind for one in made.places.all()] == ["hotel", "mall"]
    assert clerk.post(f"{base}new/", {"name": "错", "kind": "mall", "uscc": "9", "later": "1"}).status_code == 200
    clerk.post(f"{base}{made.places.last().pk}/remove/")  # type: ignore[union-attr]
    assert [one.kind for one in made.places.all()] == ["hotel"]


def standing(clerk: Client, place: Place, more: str = "") -> Any:
    return clerk.get(f"/desk/fire/applications/{place.application_id}/standing/{place.pk}/{more}")


def test_both_matters_stand_side_by_side_with_their_deadlines(clerk: Client, district: District) -> None:
    place = district.send()
    district.move(place, FIRE, "fire.ask", missing="平面图缺比例尺")
    shown = standing(clerk, place).content.decode()
    housing, fire = shown.split('id="side-fire"')[0], shown.split('id="side-fire"')[1].split('id="side-visit"')[0]
    assert "待受理" in housing and "2026年3月9日" in housing  # 5 working days after 2 March
    assert "待补正" in fire and "平面图缺比例尺" in fire and "2026年3月23日" in fire


def test_a_request_to_complete_is_answered_with_files_on_the_page(clerk: Client, district: District) -> None:
    place = district.send()
    url = f"/desk/fire/applications/{place.application_id}/standing/{place.pk}/supply/fire/"
    assert clerk.get(url).status_code == 302  # nothing was asked for
    district.move(place, FIRE, "fire.ask", missing="平面图缺比例尺")
    assert place.case
    version = place.case.tracks.get(code=FIRE).version
    given = {"supplied": "已补比例尺", "version": version}
    bad = clerk.post(url, {**given, "files": SimpleUploadedFile("图.exe", b"MZ")})
    assert bad.status_code == 200 and place.case.tracks.get(code=FIRE).state == "supplement"
    assert clerk.post(url, {**given, "files": SimpleUploadedFile("图.txt", b"made up")}).status_code in (200, 302)


def test_an_applicant_chooses_among_the_proposed_dates_and_takes_it_into_a_calendar(
    clerk: Client, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongbao.firesafety.views import standing as views

    monkeypatch.setattr(views.timezone, "now", lambda: WHEN)
    place = district.send()
    district.admit(place)
    district.move(place, FIRE, "visit.propose", visit_dates="2026-03-06 09:30\n2026-03-09 14:00")
    url = f"/desk/fire/applications/{place.application_id}/standing/{place.pk}/visit/"
    shown = clerk.get(url).content.decode()
    assert "2026年3月6日 09:30" in shown and "2026年3月9日 14:00" in shown
    assert place.case
    version = place.case.tracks.get(code="visit").version
    assert clerk.post(url, {"at": "2026-03-07 10:00", "version": version}).status_code == 200
    assert clerk.post(url, {"at": "2026-03-09 14:00", "version": version}).status_code == 302
    file = standing(clerk, place, "visit.ics").content.decode()
    assert "DTSTART:20260309T060000Z" in file
    version = place.case.tracks.get(code="visit").version
    moved = {"at": "2026-03-10T10:00", "reasons": "演示", "version": version}
    assert clerk.post(url, {**moved, "at": "2026-03-14T10:00"}).status_code == 200  # a Saturday
    assert clerk.post(url, moved).status_code == 302
    assert "DTSTART:20260310T020000Z" in standing(clerk, place, "visit.ics").content.decode()


def test_after_a_refusal_a_new_application_takes_the_papers_over(clerk: Client, district: District) -> None:
    draft = district.draft()
    for slot in slots_of(draft):
        material_add(
            application=draft, code=slot.kind.code, share=share_of(slot.kind), place=slot.place, name="演示.txt",
            content=b"made up", actor=district.actor("clerk"), now=WHEN,
        )  # fmt: skip
    application_send(application=draft, actor=district.actor("clerk"), now=WHEN)
    place = draft.places.get()
    again = f"/desk/fire/applications/{place.application_id}/standing/{place.pk}/again/fire/"
    clerk.post(again)
    assert Application.objects.count() == 1  # nothing was refused
    district.move(place, FIRE, "fire.not_admit", reasons="演示")
    clerk.post(again)
    made = Application.objects.exclude(pk=place.application_id).get()
    assert (made.scope, made.follows_id, made.address_confirmed) == ("fire_only", place.application_id, False)
    assert {one.taken_over for one in made.materials.all()} == {True}
    asked = [slot for slot in slots_of(made) if slot.kind.needed]
    assert asked and not [slot.key for slot in asked if not slot.files]


def test_the_receipt_tells_how_long_the_periods_are_as_they_are_set(clerk: Client, district: District) -> None:
    place, today = district.send(), timezone.localdate()
    receipt = f"/desk/fire/applications/{place.application_id}/received/"
    shown = clerk.get(receipt).content.decode()
    assert "在 5 个工作日内决定是否受理" in shown and "2 个工作日内答复" in shown and "7 个工作日内,两个部门" in shown
    table = process_on("fire_joint", today)
    period_set(
        process=table, rule=table.deadline("visit_answer"), length=4, first_day=today, because="演示",
        actor=district.actor("administrator", timezone.now()), now=timezone.now(),
    )  # fmt: skip
    assert "4 个工作日内答复" in clerk.get(receipt).content.decode()


def test_others_do_not_find_an_application(client: Client, district: District) -> None:
    place = district.send()
    client.force_login(district.people["stranger"])
    for address in ("", "received/", f"standing/{place.pk}/"):
        assert client.get(f"/desk/fire/applications/{place.application_id}/{address}").status_code == 404


assert at("2026-03-02 10:00") == WHEN
