"""The desk of an applicant: choosing, preparing, papers, the ledger with its preview, and what others may not see."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.support import applying
from tests.support.applying import NOW, begun, complete, us, uscc
from tests.support.services.test_ledgers import xml

from gongbao.organisations.models import Person
from gongbao.support.models import Application
from gongbao.support.selectors.ledgers import rows_of

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
LOGIN = "gongbao.organisations.login.Backend"


@pytest.fixture(autouse=True)
def _people(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEMO = True  # made-up people may log in
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


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def at(application: Application, part: str = "") -> str:
    return f"/desk/applicant/{uscc()}/{application.pk}/{part}"


def workbook(client: Client, application: Application, rows: dict[str, list[list[object]]]) -> SimpleUploadedFile:
    """The template as the page gives it, with rows added."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(at(application, "ledger/template.xlsx")).content))
    for sheet, lines in rows.items():
        for line in lines:
            book[sheet].append(line)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("明细.xlsx", out.getvalue())


def filled(no: str = "F1", amount: str = "2000000.00") -> dict[str, list[list[object]]]:
    return {
        "contracts": [["C1", "fit_out 装修", applying.THEM, amount, "2025-10-09"]],
        "invoices": [[no, "C1", applying.THEM, us(), amount, "2025-11-03"]],
        "payments": [["P1", "C1", no, us(), applying.THEM, amount, "2025-12-01"]],
    }


def test_she_chooses_a_measure_and_begins_with_a_project(clerk: Client) -> None:
    assert "还没有申请" in words(clerk.get(f"/desk/applicant/{uscc()}/"))
    listed = words(clerk.get(f"/desk/applicant/{uscc()}/new/"))
    assert "多元业态融合消费场景" in listed
    assert f"/desk/applicant/{uscc()}/new/mixed_scene/" in listed
    where = f"/desk/applicant/{uscc()}/new/mixed_scene/"
    assert "一个项目只按一个方向" in words(clerk.get(where))
    assert "必填" in words(clerk.post(where, {"project": "", "place": ""}))
    assert not Application.objects.exists()
    begun = clerk.post(where, {"project": "示例广场", "place": "示例路1号"})
    made = Application.objects.get()
    assert begun["Location"] == at(made)
    page = words(clerk.get(at(made)))
    for expected in ("示例广场", "条件", "投资明细", "材料", "还差", "2027年12月31日"):
        assert expected in page
    assert "示例广场" in words(clerk.get(f"/desk/applicant/{uscc()}/"))


def test_answers_of_the_simulator_are_taken_along_and_nonsense_is_refused(clerk: Client) -> None:
    where = f"/desk/applicant/{uscc()}/new/mixed_scene/"
    profile = b'{"entity": {"fiscal_arrears": false}, "projects": [{"id": "p1", "facts": {"in_beijing": true}}]}'
    for content in (b"[]", b"{", b'{"projects": [1]}', b'{"entity": {"moon": true}}'):
        given = {"project": "a", "place": "b", "answers": SimpleUploadedFile("a.json", content)}
        assert clerk.post(where, given).status_code == 200
    assert not Application.objects.exists()
    clerk.post(where, {"project": "a", "place": "b", "answers": SimpleUploadedFile("a.json", profile)})
    facts = Application.objects.get().facts
    assert facts["entity"]["fiscal_arrears"] is False
    assert facts["project"] == {"in_beijing": True}


def test_only_what_is_unknown_is_asked_and_each_condition_shows_its_clause(clerk: Client) -> None:
    application = begun()
    page = words(clerk.get(at(application, "conditions/")))
    assert "项目是否位于北京市" in page or 'name="project.in_beijing"' in page
    clerk.post(at(application, "conditions/"), {"project.in_beijing": "true", "project.started_on": "2024-09-30"})
    page = words(clerk.get(at(application, "conditions/")))
    assert 'name="project.in_beijing"' not in page
    assert "有 1 项条件不符合" in page
    assert "京商消二字〔2026〕3号 二（三）4" in page
    every = words(clerk.get(at(application, "conditions/?all=1")))
    assert 'value="2024-09-30"' in every
    clerk.post(at(application, "conditions/?all=1"), {"project.started_on": "2024-10-01"})
    application.refresh_from_db()
    assert application.facts["project"]["started_on"] == "2024-10-01"


def test_a_number_that_is_none_stands_as_an_error_at_its_question(clerk: Client) -> None:
    application = begun("first_store")
    page = words(clerk.post(at(application, "conditions/"), {"project.revenue_6m": "viel"}))
    assert 'id="id_project.revenue_6m_error"' in page or "is-invalid" in page
    application.refresh_from_db()
    assert application.facts.get("project", {}) == {}


def test_the_project_page_keeps_what_was_filled_in_and_wants_name_and_relation_together(clerk: Client) -> None:
    application = begun()
    given = {
        "project": "示例广场", "place": "示例路2号", "bank": "示例银行", "account": "1101 0000",
        "project_form": "linked", "name_1": "示例分公司", "related": "示例甲\n示例乙\n", "claimed": "1500000.50",
    }  # fmt: skip
    page = words(clerk.post(at(application, "project/"), given))
    assert "名称和关系应同时填写" in page
    assert 'value="示例路2号"' in page
    assert clerk.post(at(application, "project/"), {**given, "relation_1": "branch"}).status_code == 302
    application.refresh_from_db()
    assert application.project and application.project.place == "示例路2号"
    assert application.co_investors == [{"name": "示例分公司", "relation": "branch"}]
    assert application.related_names == ["示例甲", "示例乙"]
    assert (application.project_form, application.claimed) == ("linked", 150000050)
    assert clerk.post(at(application, "project/"), {**given, "relation_1": "branch", "claimed": "0"}).status_code == 200
    assert 'value="示例分公司"' in words(clerk.get(at(application, "project/")))


def test_papers_are_given_taken_out_and_waived_slot_by_slot(clerk: Client) -> None:
    application = begun("first_store")
    change = at(application, "materials/change/")
    given = clerk.post(
        change, {"slot": "trademark", "action": "give", "files": SimpleUploadedFile("证书.txt", b"made up")}
    )
    assert given["Location"].endswith("materials/#trademark")
    page = words(clerk.get(at(application, "materials/")))
    assert "证书.txt" in page
    row = application.materials.get(slot="trademark")
    file = row.files.get()
    assert clerk.get(f"/desk/files/{file.pk}/").status_code == 200
    clerk.post(change, {"slot": "lease", "action": "waive"})
    assert application.materials.get(slot="lease").state == "not_needed"
    clerk.post(change, {"slot": "trademark", "action": "take_out", "file": file.pk})
    row.refresh_from_db()
    assert (row.files.count(), row.state) == (0, "missing")
    assert clerk.post(change, {"slot": "trademark", "action": "dance"}).status_code == 404


def test_a_paper_of_the_wrong_kind_is_refused_in_words(clerk: Client) -> None:
    application = begun("first_store")
    wrong = {"slot": "store_photos", "action": "give", "files": SimpleUploadedFile("a.txt", b"no picture")}
    page = words(clerk.post(at(application, "materials/change/"), wrong, follow=True))
    assert "照片(JPG或PNG)" in page
    assert application.materials.get(slot="store_photos").files.count() == 0


def test_the_catalogue_stands_in_order_on_the_page_and_as_a_pdf(clerk: Client) -> None:
    application = complete("first_store")
    page = words(clerk.get(at(application, "catalogue/")))
    order = [page.index(name) for name in ("资金申请表", "营业执照(副本)复印件", "项目申报情况汇总表", "商标注册证")]
    assert order == sorted(order)
    assert "房屋租赁合同" not in page  # declared not to be due
    for expected in ("胶装", "骑缝章", "一式三份", "京商消二字〔2026〕3号 三（一）1"):
        assert expected in page
    pdf = clerk.get(at(application, "catalogue.pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content == clerk.get(at(application, "catalogue.pdf")).content


def test_a_workbook_is_shown_first_and_taken_then(clerk: Client) -> None:
    application = begun()
    preview = clerk.post(at(application, "ledger/upload/"), {"workbook": workbook(clerk, application, filled())})
    assert "2,000,000.00" in words(preview)
    assert not application.rows.exists()
    file = preview.context["file"].pk
    assert clerk.post(at(application, "ledger/take/"), {"file": file})["Location"] == at(application, "ledger/")
    assert rows_of(application)["contracts"][0]["no"] == "C1"
    page = words(clerk.get(at(application, "ledger/")))
    for expected in ("可计入投资", "1,000,000.00", "100.00%", "计入", "京商消二字〔2026〕3号 二（三）4", "怎样会不同"):
        assert expected in page
    again = openpyxl.load_workbook(io.BytesIO(clerk.get(at(application, "ledger/template.xlsx")).content))
    assert [cell.value for cell in again["invoices"][2]][:2] == ["F1", "C1"]


def test_wrong_cells_are_named_by_cell_and_nothing_is_kept(clerk: Client) -> None:
    application = begun()
    rows = filled()
    rows["invoices"][0][4] = "-1"
    rows["contracts"].insert(0, [None] * 5)  # an empty line: the cells below keep their number
    rows["contracts"][1][1] = "moon"
    answer = clerk.post(at(application, "ledger/upload/"), {"workbook": workbook(clerk, application, rows)})
    assert answer.status_code == 422
    page = words(answer)
    assert "E2 价税合计(元) amount" in page
    assert "B3 支出类别 category" in page
    assert not application.rows.exists()
    broken = {"workbook": SimpleUploadedFile("a.xlsx", b"no zip")}
    assert clerk.post(at(application, "ledger/upload/"), broken).status_code == 422


def test_e_invoices_come_in_by_file(clerk: Client) -> None:
    application = complete()
    given = {"contract": "C1", "xml": [SimpleUploadedFile("a.xml", xml()), SimpleUploadedFile("b.xml", xml("2"))]}
    assert clerk.post(at(application, "ledger/invoices/"), given).status_code == 302
    assert len(rows_of(application)["invoices"]) == 3
    given = {"contract": "C1", "xml": [SimpleUploadedFile("a.xml", b"<bad>")]}
    answer = clerk.post(at(application, "ledger/invoices/"), given)
    assert answer.status_code == 422
    assert "a.xml" in words(answer)
    assert len(rows_of(application)["invoices"]) == 3


def test_a_measure_without_a_ledger_has_no_such_page(clerk: Client) -> None:
    application = begun("first_store")
    for part in ("ledger/", "ledger/template.xlsx"):
        assert clerk.get(at(application, part)).status_code == 404
    assert "ledger/" not in words(clerk.get(at(application)))


@pytest.mark.parametrize("login", ["city", "street", "editor", "manager"])
def test_others_find_nothing(browser: Callable[[str], Client], login: str) -> None:
    application, other = complete(), browser(login)
    expected = 200 if login == "manager" else 404
    for part in ("", "conditions/", "ledger/", "materials/", "catalogue/"):
        assert other.get(at(application, part)).status_code == expected
    assert other.post(at(application, "drop/")).status_code == 404
    assert Application.objects.count() == 1


def test_a_stranger_is_sent_to_log_in() -> None:
    assert Client().get(f"/desk/applicant/{uscc()}/").status_code == 302


def test_a_draft_is_deleted_on_request(clerk: Client) -> None:
    application = begun()
    assert clerk.post(at(application, "drop/"))["Location"] == f"/desk/applicant/{uscc()}/"
    assert not Application.objects.exists()


def test_the_pages_speak_english_too(clerk: Client) -> None:
    application = complete()
    clerk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for part, expected in (
        ("", "Investment ledger"),
        ("conditions/", "met"),
        ("ledger/", "Countable investment"),
        ("materials/", "All papers are there"),
        ("catalogue/", "Three sets"),
    ):
        page = words(clerk.get(at(application, part)))
        assert expected in page, part


def test_her_desk_leads_to_her_applications(clerk: Client) -> None:
    assert f"/desk/applicant/{uscc()}/" in words(clerk.get("/desk/"))
