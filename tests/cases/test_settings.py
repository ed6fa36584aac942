"""Periods that are settings: changed from a day on, with a reason in a chain; those that run keep theirs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cases.city import FIRST, City, at

from gongbao.archive.models import WrittenOnce
from gongbao.archive.selectors import dossier_entries, dossier_failures
from gongbao.cases.lengths import length_on, settings_all
from gongbao.cases.models import Case, CaseDeadline, PeriodSetting
from gongbao.cases.services.clock import tick
from gongbao.cases.services.lengths import period_set
from gongbao.cases.tables import process_on
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.permissions import actor_of
from gongbao.web.errors import NotAllowed

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)  # of FIRST
TABLE = process_on("objection", DAY)
APPEAL = TABLE.deadline("appeal")  # 5 working days, a setting


@pytest.fixture
def administrator(city: City) -> Person:
    place = Organisation.objects.create(code="ops", kind="operations", name="运行", path="ops/")
    person = Person.objects.create(username="admin", name="Admin")
    Membership.objects.create(person=person, organisation=place, role="administrator", first_day=date(2026, 1, 1))
    return person


def change(who: Person, length: int = 8, first_day: date = DAY, **more: Any) -> PeriodSetting:
    given = {"process": TABLE, "rule": APPEAL, "because": "公众意见", "now": FIRST} | more
    return period_set(length=length, first_day=first_day, actor=actor_of(who, DAY), **given)


def answered(city: City, now: str = "07-01 11:00") -> Case:
    return city.move(city.objection(), "officer", "uphold", now=at(now), answer="补录")


def due(case: Case) -> date | None:
    return case.deadlines.get(code="appeal").due


def test_without_a_change_the_default_holds(city: City) -> None:
    assert due(answered(city)) == date(2026, 7, 8)


def test_a_period_that_begins_on_the_day_or_later_has_the_new_length(city: City, administrator: Person) -> None:
    change(administrator, first_day=DAY + timedelta(days=1))
    assert due(answered(city)) == date(2026, 7, 8), "the day before"
    assert due(answered(city, "07-02 11:00")) == date(2026, 7, 14), "on the day: 8 working days"
    assert due(answered(city, "07-03 11:00")) == date(2026, 7, 15)


def test_a_period_that_runs_keeps_its_length_through_a_recount_and_its_end(city: City, administrator: Person) -> None:
    case = answered(city)
    change(administrator, length=20)
    tick(now=at("07-08 23:59"))
    case.refresh_from_db()
    assert due(case) == date(2026, 7, 8) and case.ended_at is None
    tick(now=at("07-09 00:00"))
    case.refresh_from_db()
    assert case.ended_at is not None
    assert CaseDeadline.objects.get(case=case, code="appeal").length == APPEAL.length


def test_the_change_stays_in_a_chain_and_cannot_be_taken_back(city: City, administrator: Person) -> None:
    made = change(administrator)
    (entry,) = dossier_entries("process/objection")
    assert entry.content["actor"] == f"person/{administrator.pk}"
    assert entry.content["data"] == {
        "edition": "2026-01-01", "deadline": "appeal", "unit": "workdays", "default": 5, "before": 5, "length": 8,
        "from": "2026-07-01", "because": "公众意见",
    }  # fmt: skip
    assert dossier_failures("process/objection") == []
    for attempt in (made.save, made.delete):
        with pytest.raises(WrittenOnce):
            attempt()


def test_of_two_changes_the_later_day_counts_and_of_the_same_day_the_last_made(
    city: City, administrator: Person
) -> None:
    change(administrator, 9, DAY + timedelta(days=10))
    change(administrator, 8, DAY)
    change(administrator, 7, DAY)
    found = [length_on(TABLE, APPEAL, DAY + timedelta(days=days)) for days in (-1, 0, 9, 10)]
    assert found == [5, 7, 7, 9]


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), (366, True), (367, False), (5, False)])
def test_a_length_is_one_to_366_and_another_than_before(
    city: City, administrator: Person, length: int, good: bool
) -> None:
    if good:
        change(administrator, length)
    else:
        with pytest.raises(BadInput):
            change(administrator, length)
    assert PeriodSetting.objects.count() == good
    assert dossier_entries("process/objection").count() == good


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (1, True)])
def test_the_past_is_not_changed(city: City, administrator: Person, days: int, good: bool) -> None:
    if good:
        change(administrator, first_day=DAY + timedelta(days=days))
    else:
        with pytest.raises(BadInput, match="不早于今天"):
            change(administrator, first_day=DAY + timedelta(days=days))
    assert PeriodSetting.objects.count() == good


def test_what_the_law_fixes_is_no_setting_and_everything_wrong_is_told_at_once(
    city: City, administrator: Person
) -> None:
    with pytest.raises(BadInput) as wrong:
        change(administrator, 0, DAY - timedelta(days=1), rule=TABLE.deadline("verify"), because=" ")
    assert {p.column for p in wrong.value.problems} == {"deadline", "length", "first_day", "because"}
    with pytest.raises(NotAllowed):
        change(city.people["officer"])
    assert not PeriodSetting.objects.exists() and not dossier_entries("process/objection").exists()


def test_the_list_of_settings_is_read_at_once(
    city: City, administrator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    change(administrator, 9, DAY + timedelta(days=10))
    change(administrator, 8, DAY)
    with django_assert_num_queries(1):
        found = {(one.process.code, one.rule.code): one for one in settings_all(DAY)}
    appeal = found["objection", "appeal"]
    assert (appeal.now, [c.length for c in appeal.coming], [c.length for c in appeal.changes]) == (8, [9], [9, 8])
    assert all(one.now == one.rule.length and not one.changes for one in found.values() if one != appeal)


def test_an_administrator_sees_every_setting_with_its_basis_and_changes_one(city: City, administrator: Person) -> None:
    browser, today = Client(), timezone.localdate()
    browser.force_login(administrator, backend="gongbao.organisations.login.Backend")
    page = browser.get("/desk/settings/").content.decode()
    for one in settings_all(today):
        assert f'href="/desk/settings/{one.process.code}/{one.rule.code}/"' in page
    assert "I-37" in page and "/objection/verify/" not in page
    url = "/desk/settings/objection/appeal/"
    fields = {"length": "8", "first_day": today.isoformat(), "because": "公众意见"}
    assert browser.post(url, fields).status_code == 302
    assert "公众意见" in browser.get(url).content.decode()
    assert length_on(process_on("objection", today), APPEAL, today) == 8
    again = browser.post(url, {**fields, "because": " "})
    assert again.status_code == 200 and PeriodSetting.objects.count() == 1
    assert 'href="/desk/settings/"' in browser.get("/desk/").content.decode()


def test_the_pages_of_a_move_and_of_the_process_say_the_length_that_holds(city: City, administrator: Person) -> None:
    today = timezone.localdate()
    period_set(
        process=process_on("objection", today), rule=APPEAL, length=11, first_day=today, because="公众意见",
        actor=actor_of(administrator, today), now=timezone.now(),
    )  # fmt: skip
    case, browser = city.objection(now=timezone.now()), Client()
    browser.force_login(city.people["officer"], backend="gongbao.organisations.login.Backend")
    for url in (f"/desk/cases/{case.number}/objection/uphold/", "/processes/objection/"):
        assert "11 个工作日" in browser.get(url).content.decode()
