"""Delivery: electronic at once, else by hand, leaving or post, public notice; each with proof and day of effect."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from tests.firesafety.city import WHEN, District, at

from gongbao.documents.models import Paper
from gongbao.firesafety.models import Attempt, Delivery, Publication
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.deliveries import delivery_try
from gongbao.firesafety.services.turns import fire_turn
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
PROOF = ("证明.txt", "演示".encode())
DAY = date(2026, 3, 3)


def offline(district: District) -> Delivery:
    """The voucher of the fire authority for an application at the desk, made on Monday 2 March."""
    place = district.send(offline=True)
    district.admit(place)
    return Delivery.objects.get(place=place, party="fire", paper__name="受理凭证")


def attempt(district: District, row: Delivery, way: str, on: date = DAY, **more: Any) -> Attempt:
    now = at(f"{on} 15:00")
    return delivery_try(delivery=row, way=way, day=on, actor=district.actor("fire", now), now=now, **more)


def everything() -> list[Any]:
    return [list(m.objects.order_by("pk").values()) for m in (Delivery, Attempt, Paper, Publication)]


def test_with_consent_a_paper_is_delivered_by_standing_in_the_account(district: District) -> None:
    place = district.send()
    district.admit(place)
    row = Delivery.objects.filter(place=place).first()
    assert row is not None and (row.way, row.effective_on, row.due) == ("electronic", WHEN.date(), None)


def test_without_consent_it_is_due_by_hand_within_three_working_days(district: District) -> None:
    row = offline(district)
    assert (row.due, row.effective_on) == (date(2026, 3, 5), None)


def test_by_hand_with_its_proof_it_counts_from_that_day_and_has_a_receipt(district: District) -> None:
    row = offline(district)
    attempt(district, row, "hand", proof=PROOF, note="前台签收")
    row.refresh_from_db()
    assert (row.way, row.effective_on) == ("hand", DAY)
    assert row.receipt is not None and row.receipt.name == "送达回证"
    assert ["送达日期", "2026-03-03"] in row.receipt.content["rows"]


@pytest.mark.parametrize("way", ["leaving", "post", "notice"])
def test_other_ways_have_no_turn_before_the_first_has_failed(district: District, way: str) -> None:
    row = offline(district)
    before = everything()
    with pytest.raises(NotNow):
        attempt(district, row, way, proof=PROOF)
    assert everything() == before


def test_a_supervisor_only_looks(district: District) -> None:
    row = offline(district)
    before, now = everything(), at("2026-03-03 15:00")
    with pytest.raises(Http404):
        delivery_try(delivery=row, way="hand", day=DAY, actor=district.actor("supervisor"), now=now, proof=PROOF)
    assert everything() == before


def test_a_success_or_a_notice_without_proof_is_refused(district: District) -> None:
    row = offline(district)
    before = everything()
    for way in ("hand", "notice", "electronic"):
        with pytest.raises(BadInput):
            attempt(district, row, way)
    with pytest.raises(BadInput):
        attempt(district, row, "hand", date(2026, 3, 1), proof=PROOF)  # before it was made
    assert everything() == before


def test_a_public_notice_counts_after_thirty_days_and_stands_on_the_public_page(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = offline(district)
    attempt(district, row, "hand", failed_because="无人")
    attempt(district, row, "post", failed_because="退回")
    tried = attempt(district, row, "notice", proof=PROOF)
    assert tried.until == date(2026, 4, 2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-03-20 10:00"))
    page = client.get("/fire/notices/").content.decode()
    assert row.paper.name in page and "2026年4月2日" in page
    with pytest.raises(NotNow):
        attempt(district, row, "leaving", proof=PROOF)
    fire_turn(at("2026-04-02 23:59"))
    row.refresh_from_db()
    assert row.effective_on is None
    fire_turn(at("2026-04-03 00:01"))
    row.refresh_from_db()
    assert (row.way, row.effective_on) == ("notice", date(2026, 4, 2))
    assert row.receipt is not None
    rows = dict(row.receipt.content["rows"])
    assert rows["经过"] == "2026-03-03 直接送达未成:无人;2026-03-03 邮寄送达未成:退回;2026-03-03 公告送达"
    with pytest.raises(NotNow):
        attempt(district, row, "hand", proof=PROOF)


def test_a_decision_is_published_with_its_delivery_and_at_the_latest_on_the_seventh_working_day(
    district: District,
) -> None:
    place = district.send(offline=True)
    district.admit(place)
    district.move(place, "fire", "visit.propose", visit_dates="2026-03-06 09:30")
    district.move(place, "window", "visit.agree", visit_at="2026-03-06 09:30")
    then = at("2026-03-06 11:00")
    for party in ("housing", "fire"):
        district.visit(place, party, then)
        district.move(place, party, f"{party}.approve", then, opinion="同意")
    fire, housing = (Publication.objects.get(place=place, party=party) for party in ("fire", "housing"))
    assert fire.published_on is None and fire.due == date(2026, 3, 17)
    attempt(district, fire.paper.delivery, "hand", date(2026, 3, 9), proof=PROOF)
    fire.refresh_from_db()
    assert fire.published_on == date(2026, 3, 9)
    fire_turn(at("2026-03-16 12:00"))
    housing.refresh_from_db()
    assert housing.published_on is None
    fire_turn(at("2026-03-17 00:01"))
    housing.refresh_from_db()
    assert housing.published_on == date(2026, 3, 17)
