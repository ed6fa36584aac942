"""Sending: what is missing is named, what is complete is received, what was returned is mended; progress afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.support import applying
from tests.support.applying import NOW, actor, begun, complete, uscc
from tests.support.city import City
from tests.support.views.test_applicant_pages import LOGIN, at, words

from gongbao.organisations.models import Person
from gongbao.support.models import Application, LedgerRow, LedgerVersion
from gongbao.support.selectors.applications import state_of
from gongbao.support.services.drafts import draft_answer, draft_describe
from gongbao.support.tables.catalogue import catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEMO = True
    applying.people()
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def browser() -> Callable[[str], Client]:
    def open_as(login: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=login), backend=LOGIN)
        return client

    return open_as


@pytest.fixture
def clerk(browser: Callable[[str], Client]) -> Client:
    return browser("enterprise")


@pytest.fixture
def city() -> City:
    return City()


def send(client: Client, application: Application, **more: str) -> HttpResponse:
    return client.post(at(application, "send/"), {"true": "on", **more})


def sent(client: Client, code: str = "mixed_scene") -> Application:
    application = complete(code)
    assert send(client, application)["Location"] == at(application, "received/")
    application.refresh_from_db()
    return application


def test_what_is_incomplete_is_not_sent_and_every_lack_is_named(clerk: Client) -> None:
    application = begun()
    answer = send(clerk, application)
    assert answer.status_code == 409
    page = words(answer)
    for expected in (
        "请填写开户银行",
        "请回答:",
        "请上传投资明细",
        "请提交:项目申报书",
        "京商消二字〔2026〕3号 三（二）1",
    ):
        assert expected in page
    application.refresh_from_db()
    assert application.case is None


def test_what_is_complete_is_received_with_a_number_and_the_date_of_the_first_review(clerk: Client) -> None:
    application = complete()
    check = words(clerk.get(at(application, "send/")))
    for expected in ("2,000,000.00", "最高 1,000,000.00", "示例广场改造", "真实、准确、完整"):
        assert expected in check
    assert clerk.post(at(application, "send/"), {}).status_code == 200  # without the promise nothing is sent
    assert Application.objects.get().case is None
    assert send(clerk, application).status_code == 302
    application.refresh_from_db()
    assert application.case
    receipt = words(clerk.get(at(application, "received/")))
    assert application.case.number in receipt
    assert "区级初审" in receipt
    assert "2026年9月2日" in receipt  # thirty days, the day of receipt not counted
    assert (application.assessed, application.countable) == (100_000_000, 200_000_000)


def test_sent_twice_it_is_one_application_and_cannot_be_changed(clerk: Client) -> None:
    application = sent(clerk)
    number = application.case.number if application.case else ""
    assert send(clerk, application)["Location"] == at(application)
    for part, fields in (
        ("project/", {"project": "x", "place": "y", "bank": "b", "account": "123456", "project_form": "offline"}),
        ("conditions/?all=1", {"entity.fiscal_arrears": "true"}),
    ):
        page = words(clerk.post(at(application, part), fields))
        assert "不能修改" in page
    clerk.post(
        at(application, "materials/change/"),
        {"slot": "licence", "action": "give", "files": SimpleUploadedFile("x.txt", b"x")},
    )
    assert application.materials.get(slot="licence").files.count() == 1
    application.refresh_from_db()
    assert application.case and application.case.number == number
    assert application.bank == "示例银行"


def test_progress_says_what_happens_until_when_and_under_which_clause(clerk: Client) -> None:
    application = sent(clerk)
    page = words(clerk.get(at(application)))
    for expected in (
        "区级初审中",
        "区级商务部门",
        "2026年9月2日",
        "京商消二字〔2026〕3号 四（二）",
        "撤回申报",
        "1,000,000.00",
    ):
        assert expected in page


def test_what_was_sent_is_shown_under_its_own_text_when_the_measure_is_gone_from_the_next(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = sent(clerk)
    known = catalogue()
    old = known.programme_of["mixed_scene"]
    new = replace(old, measures=tuple(one for one in old.measures if one.code != "mixed_scene"))
    monkeypatch.setattr("gongbao.support.selectors.editions.catalogue_on", lambda day: known.with_programme(new))
    for part in ("", "project/", "conditions/?all=1", "ledger/", "materials/", "catalogue/", "catalogue.pdf"):
        answer = clerk.get(at(application, part))
        assert answer.status_code == 200, part
        assert part == "catalogue.pdf" or known.by_code["mixed_scene"].name.zh in words(answer), part


def test_a_draft_whose_measure_is_gone_says_so_and_can_only_be_deleted(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = complete("mixed_scene")
    known = catalogue()
    old = known.programme_of["mixed_scene"]
    new = replace(old, measures=tuple(one for one in old.measures if one.code != "mixed_scene"))
    monkeypatch.setattr("gongbao.support.selectors.editions.catalogue_on", lambda day: known.with_programme(new))
    assert clerk.get(f"/desk/applicant/{application.applicant.uscc}/").status_code == 200
    page = clerk.get(at(application))
    assert page.status_code == 200 and "已不在现行政策中" in words(page)
    for part in ("project/", "conditions/", "ledger/", "materials/", "catalogue/", "send/"):
        answer = clerk.get(at(application, part))
        assert answer.status_code == 403 and "已不在现行政策中" in words(answer), part
    assert clerk.post(at(application, "send/")).status_code == 403
    application.refresh_from_db()
    assert application.case is None
    assert clerk.post(at(application, "drop/")).status_code == 302
    assert not Application.objects.filter(pk=application.pk).exists()


def test_too_early_is_told_before_and_refused_with_the_first_day_when_sent_all_the_same(clerk: Client) -> None:
    application = complete("first_store")
    draft_answer(application=application, answers={"project.opened_on": "2026-02-04"}, actor=actor(), now=NOW)
    check = words(clerk.get(at(application, "send/")))
    assert "最早可于 2026-08-04 申报" in check
    send(clerk, application)
    application.refresh_from_db()
    assert state_of(application) == "refused"
    page = words(clerk.get(at(application)))
    assert "不予支持决定书" in page


def test_a_second_direction_for_the_project_is_told_before_and_refused(clerk: Client) -> None:
    first = sent(clerk)
    second = complete("first_store")
    draft_describe(
        application=second,
        actor=actor(),
        now=NOW,
        project="示例广场改造",
        place="示例路1号",
        bank="b",
        account="123456",
    )
    assert first.case
    page = words(clerk.get(at(second, "send/")))
    assert "一个项目只能申报一个方向" in page
    assert first.case.number in page
    send(clerk, second)
    second.refresh_from_db()
    assert state_of(second) == "refused"


def test_what_was_returned_is_mended_and_sent_again(clerk: Client, city: City) -> None:
    application = sent(clerk)
    city.move(application, "commerce-district", "return", NOW + timedelta(days=1), missing="缺少清晰的营业执照")
    application.materials.filter(slot="licence").update(state="returned", remark="请换清晰的扫描件")
    page = words(clerk.get(at(application)))
    assert "待补正" in page
    assert "核对并提交补正" in page
    assert "请换清晰的扫描件" in words(clerk.get(at(application, "materials/")))
    assert send(clerk, application, supplied="已更换").status_code == 409
    clerk.post(
        at(application, "materials/change/"),
        {"slot": "licence", "action": "give", "files": SimpleUploadedFile("y.txt", b"y")},
    )
    version = clerk.get(at(application, "send/")).context["version"]
    assert send(clerk, application, version=str(version)).status_code == 200  # says nothing about what was supplied
    stale = send(clerk, application, version=str(version + 1), supplied="已更换")
    assert stale.status_code == 200
    assert state_of(application) == "correction"
    assert send(clerk, application, version=str(version), supplied="已更换").status_code == 302
    assert state_of(application) == "received"


def test_corrections_of_the_audit_stand_beside_what_was_handed_in(clerk: Client) -> None:
    application = sent(clerk)
    row = LedgerRow.objects.get(table="invoice")
    content = {**row.versions.get().content, "amount": "1500000.00"}
    LedgerVersion.objects.create(row=row, number=2, content=content, reason="含不计入的项目", at=NOW)
    page = words(clerk.get(at(application, "ledger/")))
    for expected in ("审计前", "审计后", "2,000,000.00", "1,500,000.00", "含不计入的项目", "750,000.00"):
        assert expected in page


def test_an_invoice_of_another_is_told_to_the_applicant_without_a_name(clerk: Client, city: City) -> None:
    other = city.sent("mixed_scene", contracts=({"no": "C1", "amount": "3000000.00", "invoice": "F1"},))
    application = complete()
    page = words(clerk.get(at(application, "ledger/")))
    assert "该发票号码已用于另一项申请" in page
    assert other.case.number not in page
    assert other.applicant.name not in page


def test_a_draft_has_no_receipt(clerk: Client) -> None:
    application = begun()
    assert clerk.get(at(application, "received/")).status_code == 404
    assert clerk.get(f"/desk/applicant/{uscc()}/999999/").status_code == 404
