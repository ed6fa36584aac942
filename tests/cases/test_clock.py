"""What the clock does: moves once due, warnings once each, dates anew once a calendar is loaded; and never twice."""

from datetime import date, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from pytest_django import Settings
from tests.cases.city import City, at

from gongbao.archive.models import DailyRoot
from gongbao.archive.selectors import dossier_entries
from gongbao.calendar.days import published
from gongbao.cases import channels
from gongbao.cases.models import CalendarYear, CaseDeadline, Notice
from gongbao.cases.selectors import notices_of
from gongbao.cases.services import clock as services_clock
from gongbao.cases.services.clock import Ticked, calendar_load, tick
from gongbao.cases.services.notices import notice_read, notices_deliver
from gongbao.config.cli import gongbao
from gongbao.kernel.problem import BadInput, CheckFailed

pytestmark = pytest.mark.django_db

YEAR_2027: dict[str, Any] = {
    "names": {},
    "years": {
        "2027": {"元旦": {"from": "2027-01-01", "to": "2027-01-03"}},
    },
}


def test_a_tick_makes_the_moves_that_are_due_and_a_second_tick_none(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "reject", answer="x")  # the time to appeal ends on Thursday 9 July
    assert tick(now=at("07-09 23:59")).moves == 0
    assert tick(now=at("07-10 00:00")).moves == 1
    assert case.tracks.get().state == "closed"
    assert tick(now=at("07-10 00:00")) == Ticked(0, 0, 0)


def test_a_case_that_fails_is_named_and_does_not_hold_up_the_others(city: City) -> None:
    filing = city.place("filing")  # nobody supplies its draw
    objection = city.objection()
    city.move(objection, "officer", "reject", answer="x")
    ticked = tick(now=at("07-13 09:00"))
    assert (ticked.moves, ticked.failed) == (1, (filing.number,))
    assert [track.state for track in filing.tracks.all()] == ["received", "received", "waiting"]
    assert objection.tracks.get().state == "closed"
    failed = CliRunner().invoke(gongbao, ["cases", "tick", "--now", "2026-07-13T09:00:00+08:00"]).exception
    assert isinstance(failed, CheckFailed) and failed.failures[0].startswith(str(filing.number))


def test_the_clock_ticks_on_and_makes_the_root_of_the_day(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[datetime] = []

    def fails_once(*, now: datetime) -> None:
        turns.append(now)
        if len(turns) == 1:
            raise ConnectionError

    city.objection()
    monkeypatch.setattr(services_clock, "tick", fails_once)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)  # the test is inside a transaction
    assert CliRunner().invoke(gongbao, ["cases", "clock", "--every", "1", "--times", "2"]).exit_code == 0
    assert len(turns) == 2
    assert DailyRoot.objects.get().dossiers == 1


def warned(city: City, who: str = "officer") -> list[str]:
    return [notice.title for notice in reversed(notices_of(city.people[who])) if notice.urgent]


def test_warnings_come_two_days_before_one_day_before_and_once_when_it_is_over(city: City) -> None:
    city.objection()  # due on Friday 10 July
    for day in ("07-02", "07-07"):
        assert tick(now=at(f"{day} 09:00")).warnings == 0
    for day in ("07-08", "07-09", "07-10", "07-11", "07-13"):
        tick(now=at(f"{day} 09:00"))
        tick(now=at(f"{day} 18:00"))
    assert warned(city) == [
        "还有 2 个工作日:核实并答复(甲物业 2026H1)",
        "还有 1 个工作日:核实并答复(甲物业 2026H1)",
        "已逾期:核实并答复(甲物业 2026H1)",
    ]
    assert warned(city, "clerk") == []


def test_a_warning_says_what_to_do_until_when_and_under_which_clause(city: City) -> None:
    case = city.objection()
    tick(now=at("07-09 09:00"))
    notice = notices_of(city.people["officer"])[0]
    assert notice.todo == "请在 2026-07-10 (含)前核实并答复;依据 京建法〔2025〕2号 第十二条"
    assert notice.todo_en == "please verify and answer by 2026-07-10; under 京建法〔2025〕2号 第十二条"
    assert (notice.due, notice.case) == (date(2026, 7, 10), case)


def test_days_that_no_clock_saw_are_warned_of_once(city: City) -> None:
    city.objection()
    tick(now=at("07-10 09:00"))  # the last day; both warnings were missed
    assert warned(city) == ["还有 0 个工作日:核实并答复(甲物业 2026H1)"]


def test_a_period_as_short_as_its_warning_is_not_warned_of_when_it_starts(city: City) -> None:
    case = city.place()
    city.move(case, "builder", "housing.find_ready")
    city.move(case, "fireman", "fire.find_ready")
    city.move(
        case, "builder", "visit.propose", visit_dates="2026-07-10 09:30"
    )  # 2 working days to answer: until 6 July
    tick(now=at("07-02 18:00"))
    assert warned(city, "clerk") == []
    tick(now=at("07-03 09:00"))
    assert warned(city, "clerk") == ["还有 1 个工作日:答复检查时间(某商场)"]


def test_an_unpublished_year_gives_a_provisional_date_that_the_calendar_puts_right(city: City) -> None:
    case = city.objection(now=at("12-30 10:00"))
    deadline = case.deadlines.get()
    assert (deadline.due, deadline.provisional) == (date(2027, 1, 8), True)
    assert calendar_load(document=YEAR_2027, actor=city.people["officer"], now=at("12-31 10:00")) == 1
    deadline.refresh_from_db()
    assert deadline.due == date(2027, 1, 11)
    assert ["2027-01-01", "holiday", False] in [day[:3] for day in deadline.counted]
    entry = dossier_entries(case.subject).last()
    assert entry is not None
    assert entry.content["data"] == {
        "case": case.number, "deadline": "verify", "before": "2027-01-08", "due": "2027-01-11",
    }  # fmt: skip
    assert case.parts.get(party="commission").due == date(2027, 1, 11)


def test_a_certain_date_is_left_alone_when_a_calendar_is_loaded(city: City) -> None:
    case = city.objection()
    assert calendar_load(document=YEAR_2027, actor=None, now=at("07-02 10:00")) == 0
    assert case.deadlines.get().due == date(2026, 7, 10)
    assert CalendarYear.objects.get().year == 2027


@pytest.mark.parametrize(
    "document",
    [
        {"names": {}, "years": {}},
        {"names": {}, "years": {"2027": {"元旦": {"from": "soon"}}}},
        {"names": {}, "years": {"2027": {"新节": {"from": "2027-01-01", "to": "2027-01-03"}}}},
        {"years": []},
    ],
)
def test_an_unsound_calendar_is_refused_and_nothing_is_loaded(city: City, document: dict[str, Any]) -> None:
    case = city.objection(now=at("12-30 10:00"))
    with pytest.raises(BadInput):
        calendar_load(document=document, actor=None, now=at("12-31 10:00"))
    assert not CalendarYear.objects.exists() and case.deadlines.get().due == date(2027, 1, 8)
    assert 2027 not in published().years


def test_people_are_told_by_mail_in_their_language_and_once(city: City) -> None:
    city.people["second"].language = "en"
    city.people["second"].save()
    case = city.objection()
    assert mail.outbox == []  # nobody waits for a mail server while a case moves
    assert tick(now=at("07-01 10:01")).sent == 2
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["officer@example.cn"], "甲物业 2026H1:提出异议"),
        (["second@example.cn"], "甲物业 2026H1: Object"),
    ]
    assert mail.outbox[0].body.splitlines()[1:] == [
        "期限:2026-07-10(含当日)", f"编号:{case.number}", f"http://127.0.0.1:8000/desk/cases/{case.number}/"
    ]  # fmt: skip
    assert "Uphold" in mail.outbox[1].body and "2026-07-10" in mail.outbox[1].body
    assert tick(now=at("07-01 10:02")).sent == 0


def test_the_one_who_moved_is_not_told_of_it(city: City) -> None:
    case = city.objection()
    Notice.objects.all().delete()
    city.move(case, "officer", "uphold", answer="x")
    assert [notice.person.username for notice in Notice.objects.all()] == ["clerk"]
    assert Notice.objects.get().todo == "可办理:提出申诉"


def test_a_mail_that_fails_is_kept_and_sent_later(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ConnectionRefusedError

    city.objection()
    with monkeypatch.context() as patch:
        patch.setattr(channels, "send_mail", broken)
        assert notices_deliver(now=at("07-01 10:00")) == 0
    assert Notice.objects.filter(sent_at=None).count() == 2
    assert notices_deliver(now=at("07-01 10:05")) == 2 and len(mail.outbox) == 2


MESSAGES: list[tuple[str, str]] = []


def gateway(phone: str, text: str) -> None:
    MESSAGES.append((phone, text))


def test_urgent_notices_go_out_as_short_messages_where_there_is_a_gateway(city: City, settings: Settings) -> None:
    city.people["officer"].phone = "13800000000"
    city.people["officer"].save()
    city.objection()
    tick(now=at("07-09 09:00"))
    assert MESSAGES == []
    settings.SHORT_MESSAGES = f"{__name__}.gateway"
    tick(now=at("07-13 09:00"))
    assert MESSAGES == [("13800000000", "已逾期:核实并答复(甲物业 2026H1)")]


def test_people_read_their_own_notices_and_nobody_elses(city: City) -> None:
    city.objection()
    every = [notice.pk for notice in Notice.objects.all()]
    assert notice_read(person=city.people["clerk"], notices=every, now=at("07-01 11:00")) == 0
    assert notice_read(person=city.people["officer"], notices=every, now=at("07-01 11:00")) == 1
    assert notice_read(person=city.people["officer"], notices=every, now=at("07-01 12:00")) == 0
    assert notices_of(city.people["officer"], unread=True).count() == 0
    assert notices_of(city.people["second"], unread=True).count() == 1


def test_the_command_ticks_at_the_moment_it_is_given(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "reject", answer="x")
    done = CliRunner().invoke(gongbao, ["cases", "tick", "--now", "2026-07-10T00:00:00+08:00"])
    assert done.exit_code == 0 and "1" in done.output, done.output
    assert CaseDeadline.objects.filter(ended_at=None).count() == 0
    assert CliRunner().invoke(gongbao, ["cases", "tick", "--now", "2026-07-10T00:00:00"]).exit_code == 2
