"""The ledger on the offices' desks: the auditor corrects with a reason, both versions stay, the amount follows."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.support.city import MONDAY, City, build

from gongbao.organisations.models import Person
from gongbao.support.models import Application

pytestmark = pytest.mark.django_db
LOGIN = "gongbao.organisations.login.Backend"


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> City:
    settings.DEMO = True
    made = build()
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    return made


@pytest.fixture
def browser(city: City) -> Callable[[str], Client]:
    def open_as(login: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=login), backend=LOGIN)
        return client

    return open_as


@pytest.fixture
def audited(city: City) -> Application:
    return city.audited(city.sent("mixed_scene", contracts=({"no": "C1", "amount": "3000000.00"},)))


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def at(application: Application, part: str = "ledger/") -> str:
    assert application.case
    return f"/desk/support/application/{application.case.number}/{part}"


def fields(application: Application, **change: str) -> dict[str, str]:
    """The form of the invoice as it stands, with some of it changed."""
    content = application.rows.get(table="invoice").versions.get().content
    return {**{k: v for k, v in content.items() if k != "no"}, "version": "1", "reason": "发票含日常办公支出", **change}


def row(application: Application, table: str = "invoice") -> str:
    return at(application, f"ledger/{application.rows.get(table=table).pk}/")


def test_a_correction_cuts_the_amount_and_stands_beside_what_was_handed_in(
    browser: Callable[[str], Client], audited: Application
) -> None:
    auditor = browser("auditor")
    assert "1,500,000.00" in words(auditor.get(at(audited)))
    assert auditor.post(row(audited), fields(audited, amount="2000000.00")).status_code == 302
    for client in (auditor, browser("commerce-city")):
        page = words(client.get(at(audited)))
        for expected in ("审计前", "审计后", "3,000,000.00", "1,000,000.00", "发票含日常办公支出", "2,000,000.00"):
            assert expected in page
    versions = audited.rows.get(table="invoice").versions
    assert [one.content["amount"] for one in versions.all()] == ["3000000.00", "2000000.00"]


def test_a_row_that_is_taken_out_takes_along_what_hangs_on_it_and_all_stay_on_the_page(
    browser: Callable[[str], Client], audited: Application
) -> None:
    auditor = browser("auditor")
    auditor.post(row(audited), fields(audited, struck="on"))
    page = words(auditor.get(at(audited)))
    assert page.count("审计剔除") == 2  # the invoice, and the payment that names it
    assert "按现在的情况不能获得补助" in page


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reason": ""}, "必填"),
        ({}, "没有改动"),
        ({"amount": "0"}, "大于零"),
        ({"contract": "C9"}, "没有这个编号"),
        ({"version": "2", "amount": "1.00"}, "已被更正"),
    ],
)
def test_a_correction_that_cannot_stand_is_refused_at_the_form(
    browser: Callable[[str], Client], audited: Application, change: dict[str, str], expected: str
) -> None:
    answer = browser("auditor").post(row(audited), fields(audited, **change))
    assert answer.status_code == 200
    assert expected in words(answer)
    assert audited.rows.get(table="invoice").versions.count() == 1


def test_only_the_auditor_of_the_case_corrects_and_only_while_it_audits(
    browser: Callable[[str], Client], audited: Application, city: City
) -> None:
    assert "更正" in words(browser("auditor").get(at(audited)))
    for login in ("commerce-city", "commerce-district", "finance"):
        assert "support_row" not in words(browser(login).get(at(audited)))
        assert browser(login).post(row(audited), fields(audited, amount="1.00")).status_code == 404
    city.move(audited, "auditor", "report", opinion="已核对")
    late = browser("auditor").post(row(audited), fields(audited, amount="1.00"))
    assert "现在不在审计中" in words(late)
    assert audited.rows.get(table="invoice").versions.count() == 1


def test_an_invoice_that_another_named_before_is_shown_to_the_office_with_number_and_name(
    browser: Callable[[str], Client], city: City
) -> None:
    first = city.sent("mixed_scene", contracts=({"no": "C1", "amount": "3000000.00", "invoice": "F1"},))
    ledger = {"no": "C1", "amount": "3000000.00", "invoice": "F1"}
    second = city.sent("ai_scene", who="enterprise", project="乙商场智能导览", contracts=(ledger,))
    page = words(browser("commerce-city").get(at(second)))
    assert first.case.number in page
    assert first.applicant.name in page


def test_a_measure_without_a_ledger_has_no_such_page(browser: Callable[[str], Client], city: City) -> None:
    assert browser("commerce-city").get(at(city.sent("debut_event"))).status_code == 404


def test_both_summary_tables_list_what_the_office_sees(browser: Callable[[str], Client], city: City) -> None:
    waiting = city.sent("debut_event")
    ledger = {"no": "C1", "amount": "3000000.00", "paid": "2100000.00"}
    passed = city.sent("mixed_scene", project="丙街区", contracts=(ledger,))
    city.move(passed, "commerce-district", "pass", opinion="材料齐全")

    def table(kind: str, login: str = "commerce-district") -> list[tuple[object, ...]]:
        answer = browser(login).get(f"/desk/support/summary/{kind}.xlsx")
        assert answer.status_code == 200
        return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)

    title, hint, head, *lines = table("applications")
    assert title[0] == "项目申报情况汇总表 Summary of applications"
    assert "表式未随通知印发" in str(hint[0])
    numbers = [line[1] for line in lines]
    assert numbers == [waiting.case.number, passed.case.number]
    cells = dict(zip(head, lines[1], strict=True))
    assert cells["可计入投资(元) Countable investment (yuan)"] == 2_100_000
    assert cells["合同支付率 Paid share"] == "0.7000"
    assert cells["支持方式 Way"] == "财政补助"
    _, _, head, *lines = table("first-review")
    assert [line[2] for line in lines] == [passed.case.number]
    cells = dict(zip(head, lines[0], strict=True))
    assert cells["初审意见 Verdict"] == "初审通过,报送市商务局:材料齐全"
    assert cells["初审测算资金(元) By the rules (yuan)"] == 1_050_000
    assert browser("commerce-district").get("/desk/support/summary/unknown.xlsx").status_code == 404
    assert table("first-review", "auditor")[3:] == []
