"""Awarded money for everybody: what was decided and is on notice, as table, CSV and JSON."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.city import MONDAY, City

from gongbao.organisations.services.demo import demo_people_load
from gongbao.support.models import Commitment, PublicNotice
from gongbao.support.selectors.awards import awarded, awards

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notice(monkeypatch: pytest.MonkeyPatch) -> PublicNotice:
    """Of a reward that was decided on Monday, seen on its first day."""
    demo_people_load(now=MONDAY, today=MONDAY.date())
    made = City().decided(City().sent("debut_event", now=MONDAY), "500000", MONDAY)
    found = PublicNotice.objects.get(application=made)
    monkeypatch.setattr(timezone, "localdate", lambda *_: found.first_day)
    return found


@pytest.mark.parametrize(("days", "shown"), [(-1, 0), (0, 1), (1, 1)])
def test_an_award_is_shown_from_the_first_day_of_its_notice(notice: PublicNotice, days: int, shown: int) -> None:
    assert awards(notice.first_day + timedelta(days=days)).count() == shown


def test_the_table_sums_up_what_was_decided_and_what_is_paid(notice: PublicNotice) -> None:
    text = Client().get("/support/awards/").content.decode()
    assert "合计 500,000.00 元,其中已拨付 0.00 元" in text
    Commitment.objects.update(state=Commitment.State.PAID)
    assert awarded(awards(notice.first_day)) == (50_000_000, 50_000_000)
    assert "其中已拨付 500,000.00 元" in Client().get("/support/awards/?state=paid").content.decode()
    assert "没有符合条件的内容" in Client().get("/support/awards/?state=open").content.decode()


def test_what_was_taken_back_before_payment_is_no_award(notice: PublicNotice) -> None:
    Commitment.objects.update(state=Commitment.State.RELEASED)
    assert awards(notice.first_day).count() == 0
    assert "还没有已决定的资金" in Client().get("/support/awards/").content.decode()


def test_json_is_exact_and_holds_no_account(notice: PublicNotice) -> None:
    answer = Client().get("/support/awards/?format=json").json()
    application = notice.application
    assert application.case is not None
    assert answer["awards"] == [
        {
            "number": application.case.number,
            "applicant": application.applicant.name,
            "uscc": application.applicant.uscc,
            "project": "甲商场新品首发",
            "programme": "consumption-2026",
            "measure": "debut_event",
            "noticed": notice.first_day.isoformat(),
            "year": date.fromisoformat(answer["on"]).year,
            "amount": "500000.00",
            "state": "open",
        }
    ]
    assert "622200" not in str(answer)


def test_csv_has_the_rows_of_the_table() -> None:
    lines = Client().get("/support/awards/?format=csv").content.decode().splitlines()
    assert len(lines) == 2
    assert "500,000.00" in lines[1]
