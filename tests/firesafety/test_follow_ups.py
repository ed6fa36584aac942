"""After opening: who may report it, what stands on the list, and until when."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings
from tests.firesafety.city import District, at
from tests.firesafety.views.test_public_pages import approved

from gongbao.archive.models import Entry
from gongbao.firesafety.models import FollowUp
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.follow_ups import (
    danger_mend,
    follow_up_close,
    follow_up_note,
    follow_ups_end,
    opening_report,
)
from gongbao.kernel.problem import BadInput

NOW = at("2026-03-10 10:00")
DAY = date(2026, 3, 10)


@pytest.fixture
def opened(district: District) -> FollowUp:
    place = approved(district)
    return opening_report(place=place, on=DAY, actor=district.actor("clerk"), now=NOW)


def test_a_place_with_both_decisions_reports_its_opening_once(district: District, opened: FollowUp) -> None:
    again = opening_report(place=opened.place, on=date(2026, 3, 1), actor=district.actor("clerk"), now=NOW)
    assert again == opened and opened.until == date(2027, 3, 10)
    opened.place.refresh_from_db()
    assert opened.place.opened_on == DAY


@pytest.mark.parametrize(("day", "taken"), [(9, True), (10, True), (11, False)])
def test_an_opening_lies_in_the_past_or_today(district: District, day: int, taken: bool) -> None:
    place = approved(district)
    if taken:
        assert opening_report(place=place, on=date(2026, 3, day), actor=district.actor("clerk"), now=NOW)
    else:
        with pytest.raises(BadInput):
            opening_report(place=place, on=date(2026, 3, day), actor=district.actor("clerk"), now=NOW)
    assert FollowUp.objects.exists() is taken


def test_a_place_that_may_not_open_cannot_report_it_but_the_fire_authority_notes_it(district: District) -> None:
    place = district.send()
    with pytest.raises(NotNow):
        opening_report(place=place, on=DAY, actor=district.actor("clerk"), now=NOW)
    place.refresh_from_db()
    assert (place.opened_on, FollowUp.objects.count()) == (None, 0)
    assert opening_report(place=place, on=DAY, actor=district.actor("fire"), now=NOW)


def test_a_hidden_danger_must_be_removed_before_it_is_closed(district: District, opened: FollowUp) -> None:
    fire = district.actor("fire")
    note = follow_up_note(follow_up=opened, kind="danger", text="通道堆物", day=DAY, actor=fire, now=NOW)
    with pytest.raises(NotNow):
        follow_up_close(follow_up=opened, because="演示", actor=fire, now=NOW)
    with pytest.raises(BadInput):
        follow_up_note(follow_up=opened, kind="party", text=" ", day=date(2026, 3, 9), actor=fire, now=NOW)
    assert opened.notes.count() == 1
    danger_mend(note=note, actor=fire, now=NOW)
    assert follow_up_close(follow_up=opened, because="演示", actor=fire, now=NOW).closed_on == DAY
    kinds = Entry.objects.filter(dossier__subject=f"fire/{opened.place_id}").values_list("kind", flat=True)
    assert {"place.opened", "follow_up.noted", "follow_up.mended", "follow_up.closed"} <= set(kinds)
    with pytest.raises(NotNow):
        follow_up_note(follow_up=opened, kind="guidance", text="x", day=DAY, actor=fire, now=NOW)


@pytest.mark.parametrize(("now", "ended"), [("2027-03-09 12:00", 0), ("2027-03-10 12:00", 0), ("2027-03-11 00:00", 1)])
def test_it_ends_after_twelve_months(district: District, opened: FollowUp, now: str, ended: int) -> None:
    assert follow_ups_end(now=at(now)) == ended
    opened.refresh_from_db()
    assert (opened.closed_on is not None) is bool(ended)


def test_the_pages_of_the_list(client: Client, district: District, opened: FollowUp, settings: Settings) -> None:
    settings.DEMO = True
    assert opened.place.case
    url = f"/desk/fire/follow-ups/{opened.place.case.number}/"
    client.force_login(district.people["fire"])
    assert "演示场所1" in client.get("/desk/fire/follow-ups/").content.decode()
    given = {"day": "2026-03-11", "kind": "danger", "text": "通道堆物"}
    assert client.post(url, given).status_code == 302
    note = opened.notes.get()
    assert client.post(url, {"close": "1", "because": "演示"}).status_code == 200  # refused: the danger
    assert client.post(f"{url}{note.pk}/mended/").status_code == 302
    assert client.post(url, {"close": "1", "because": "演示"}).status_code == 302
    client.force_login(district.people["supervisor"])
    assert "通道堆物" in client.get(url).content.decode()
    client.force_login(district.people["clerk"])
    assert client.get(url).status_code == 403
