"""What anybody sees: the check, a place and whether it may open, decisions, figures, files, the API."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.firesafety.city import District, at

from gongbao.firesafety.frame import runs
from gongbao.firesafety.models import FIRE, HOUSING, Application, Place, Publication
from gongbao.firesafety.services.applications import application_again, application_send

DAY = at("2026-03-06 10:00")
DONE = at("2026-03-09 10:00")
ANSWERS = {
    "kind": "hotel",
    "project": "special",
    "way": "ordinary",
    "inspection": "no",
    "ready": "yes",
    "choose": "yes",
}


def visited(district: District, **more: object) -> Place:
    """A place that both authorities have visited."""
    place = district.send(**more)
    district.admit(place)
    district.fix(place)
    for party in (HOUSING, FIRE):
        district.visit(place, party, DAY)
    return place


def approved(district: District, **more: object) -> Place:
    place = visited(district, **more)
    for party in (HOUSING, FIRE):
        district.move(place, party, f"{party}.approve", DONE, opinion="符合(演示)")
    return place


def page(client: Client, place: Place) -> str:
    assert place.case
    answer = client.get(f"/fire/places/{place.case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_check_asks_one_question_after_the_other_and_ends_at_the_application(client: Client) -> None:
    given: dict[str, str] = {}
    for code, option in ANSWERS.items():
        shown = client.get("/fire/check/", given).content.decode()
        assert f'name="{code}"' in shown
        given[code] = option
    shown = client.get("/fire/check/", given).content.decode()
    assert "可以协同办理" in shown
    assert "/desk/fire/applications/new/?kind=hotel&amp;project=special" in shown


def test_a_question_left_open_is_asked_again_with_an_error(client: Client) -> None:
    shown = client.get("/fire/check/", {"kind": "hotel", "asked": "project"}).content.decode()
    assert "请选择一项" in shown and 'name="project"' in shown
    assert "请选择一项" not in client.get("/fire/check/", {"kind": "hotel", "asked": "kind"}).content.decode()


def test_a_failed_condition_ends_the_check_with_its_clause_and_the_ordinary_way(client: Client) -> None:
    shown = client.get("/fire/check/", {**ANSWERS, "way": "commitment"}).content.decode()
    assert "不能协同办理" in shown and "备案按告知承诺" in shown and "二（一）" in shown
    assert "/desk/fire/applications/new/" not in shown


def test_a_place_may_not_open_while_its_case_runs(client: Client, district: District) -> None:
    shown = page(client, visited(district))
    assert "目前不得投入使用、营业" in shown and "还没有公示的决定" in shown


def test_a_place_may_open_with_both_decisions_and_shows_them(client: Client, district: District) -> None:
    place = approved(district)
    shown = page(client, place)
    assert "可以投入使用、营业" in shown
    for one in Publication.objects.filter(place=place):
        assert one.paper.code in shown


def test_one_decision_alone_is_not_enough(client: Client, district: District) -> None:
    place = visited(district)
    district.move(place, FIRE, "fire.approve", DONE, opinion="符合(演示)")
    assert "目前不得投入使用、营业" in page(client, place)


def test_a_decision_that_is_not_published_yet_is_not_told(client: Client, district: District) -> None:
    place = approved(district, electronic=False)
    shown = page(client, place)
    assert "目前不得投入使用、营业" in shown
    assert all(one.paper.code not in shown for one in Publication.objects.filter(place=place))


def test_a_failed_spot_check_means_stop(client: Client, district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongbao.firesafety.services import draws

    monkeypatch.setattr(draws, "is_drawn", lambda *_: True)
    place = visited(district, matter="filing")
    assert "目前不得投入使用、营业" in page(client, place)
    words = {"reasons": "演示", "remedies": "演示", "appeal": "演示"}
    district.move(place, HOUSING, "housing.stop", DONE, **words)
    district.move(place, FIRE, "fire.approve", DONE, opinion="符合(演示)")
    assert "必须停止使用" in page(client, place)


def test_a_draft_has_no_public_page_and_is_in_no_list(client: Client, district: District) -> None:
    district.draft()
    assert "演示场所1" not in client.get("/fire/").content.decode()
    assert client.get("/fire/places/2026-000001/").status_code == 404


@pytest.mark.parametrize(("words", "there"), [("演示场所", True), ("商业楼", True), ("演示场所 没有", False)])
def test_places_are_found_by_all_words(client: Client, district: District, words: str, there: bool) -> None:
    district.send()
    assert ("演示场所1" in client.get("/fire/", {"q": words}).content.decode()) is there
    assert ("演示场所1" in client.get("/search/", {"q": words}).content.decode()) is there


def refused_and_again(district: District) -> tuple[Place, Place]:
    """A place whose inspection was refused, and the same in the application that follows for that matter alone."""
    old = visited(district)
    district.move(old, HOUSING, "housing.approve", DONE, opinion="符合(演示)")
    words = {"reasons": "演示", "remedies": "演示", "appeal": "演示"}
    district.move(old, FIRE, "fire.refuse", DONE, **words)
    clerk = district.actor("clerk", DONE)
    draft = application_again(place=old, scope=Application.Scope.FIRE, actor=clerk, now=DONE)
    draft.address_confirmed = True
    draft.save()
    application_send(application=draft, actor=clerk, now=DONE)
    return old, draft.places.get()


def test_an_application_that_follows_and_the_one_before_it_tell_the_same_of_a_place(
    client: Client, district: District
) -> None:
    old, new = refused_and_again(district)
    district.draft(kinds=("hotel",))
    rows = client.get("/fire/data/places.json").json()
    assert [row["states"] for row in rows] == [{"housing": "approved", "fire": "received"}] * 2
    assert {row["number"] for row in rows} == {one.case.number for one in (old, new) if one.case}
    for one in (old, new):
        assert "消防验收合格。" in page(client, one) and "还没有公布同意的决定" in page(client, one)


@pytest.mark.parametrize("address", ["/fire/", "/fire/?format=csv", "/fire/data/places.csv", "/api/v1/fire/places"])
def test_more_places_do_not_ask_the_database_more(client: Client, district: District, address: str) -> None:
    approved(district)
    asked = []
    for _ in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert "演示场所1" in client.get(address).content.decode()
        asked.append(len(queries))
        refused_and_again(district)
    assert asked[1] <= asked[0] + 1, asked  # one more: there is an application that follows another


def test_published_decisions_are_listed_and_lead_to_their_paper(client: Client, district: District) -> None:
    approved(district)
    shown = client.get("/fire/decisions/").content.decode()
    assert shown.count("/papers/?code=") == 2
    assert client.get("/fire/decisions/", {"party": "fire"}).content.decode().count("/papers/?code=") == 1


def test_figures_count_courses_days_and_decisions_within_time(client: Client, district: District) -> None:
    approved(district)
    shown = client.get("/fire/figures/").content.decode()
    assert "2 / 2" in shown
    rows = client.get("/fire/data/figures.json").json()
    assert [(row["district"], row["cases"], row["course_acceptance"]) for row in rows] == [
        ("", 1, 1), ("district", 1, 1),
    ]  # fmt: skip
    assert (rows[0]["decision_count"], rows[0]["decision_median"]) == (2, 5)  # 3, 4, 5, 6, 9 March
    assert client.get("/fire/figures/", {"year": "1999"}).status_code == 200


@pytest.mark.parametrize("name", ["places", "decisions", "figures"])
def test_files_of_data_hold_the_same_rows_in_both_forms(client: Client, district: District, name: str) -> None:
    approved(district)
    rows = client.get(f"/fire/data/{name}.json").json()
    text = client.get(f"/fire/data/{name}.csv").content.decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(read) > 0
    assert client.get(f"/fire/data/{name}.xml").status_code == 404


def test_the_api_tells_what_the_pages_tell(client: Client, district: District) -> None:
    place = approved(district)
    assert place.case
    told = client.get(f"/api/v1/fire/places/{place.case.number}").json()
    assert (told["may_open"], told["states"]) == ("yes", {"housing": "approved", "fire": "approved"})
    assert client.get("/api/v1/fire/places", {"q": "演示"}).json()["count"] == 1
    assert client.get("/api/v1/fire/decisions").json()["count"] == 2
    assert client.get("/api/v1/fire/figures").json()[0]["within_time_permille"] == 1000
    assert client.get("/api/v1/fire/places/1-1").status_code == 404


def test_the_api_checks_conditions_and_names_what_it_needs(client: Client) -> None:
    assert client.get("/api/v1/fire/check", ANSWERS).json()["joint"] is True
    told = client.get("/api/v1/fire/check", {**ANSWERS, "ready": "no"}).json()
    assert told["joint"] is False and [c["state"] for c in told["conditions"]].count("failed") == 1
    told = client.get("/api/v1/fire/check", {"kind": "hotel"}).json()
    assert told["joint"] is None and told["needs"][0] == "project"


def test_the_checklists_are_public(client: Client) -> None:
    assert 'id="fire-management"' in client.get("/fire/checklists/").content.decode()


def test_what_runs_on_a_provision_is_named_with_its_page() -> None:
    found = {run.url for run in runs() if run.cite == "京建法〔2025〕3号 二（三）"}
    assert {"/fire/checklists/#fire-management", "/fire/checklists/#housing-drawings"} <= found
