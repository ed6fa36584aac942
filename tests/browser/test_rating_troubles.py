"""What goes wrong at the rating's desks has a page that says what happened and how to go on, and changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page, expect
from tests.browser.looking import reads_well
from tests.browser.test_rating_desks import DESK
from tests.rating.published import clock
from tests.rating.small_cycle import CLOSING, COLLECTING, ONE, RELEASE, SmallCity, collecting_city

from gongbao.cases.models import CalendarYear
from gongbao.documents.models import StoredFile
from gongbao.rating.models import State

LogIn = Callable[[str], None]


@pytest.fixture
def city(site: str, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    clock(monkeypatch, COLLECTING)
    return collecting_city(tmp_path / "files")


def test_a_session_that_ends_while_a_sheet_is_filled_in_gives_back_what_was_typed(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("drafter")
    page.goto(f"{DESK}sheets/P1/")
    page.get_by_label("8", exact=True).check()
    page.get_by_label("评分说明").fill("配合社区防汛")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("main")).to_contain_text("配合社区防汛")
    reads_well(page)
    assert city.fresh().sheets.count() == 0
    log_in("drafter")  # logged in again, she is back at the sheet
    page.goto(f"{DESK}sheets/P1/")
    page.get_by_label("8", exact=True).check()
    page.get_by_label("评分说明").fill("配合社区防汛")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("status")).to_contain_text("草稿已保存")


def test_an_import_that_is_too_large_or_no_table_names_the_file_and_keeps_nothing(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("officer")
    before = city.fresh().deliveries.count()
    page.goto(f"{DESK}files/")
    large = b"uscc,name\n" + b"a" * (20 * 1024 * 1024)
    page.get_by_label("文件").set_input_files({"name": "facts.csv", "mimeType": "text/csv", "buffer": large})
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("region", name="问题")).to_contain_text("20 MB")
    reads_well(page)
    book = {"name": "台账.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 no workbook"}
    page.get_by_label("文件").set_input_files(book)
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("region", name="问题")).to_contain_text("台账.xlsx")
    reads_well(page)
    assert city.fresh().deliveries.count() == before
    assert not StoredFile.objects.exists()


def test_going_back_and_taking_a_step_again_takes_it_once(
    page: Page, log_in: LogIn, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, CLOSING)
    log_in("officer")
    page.goto(f"{DESK}step/closed/")
    page.get_by_role("checkbox").check()
    page.get_by_label("理由").fill("其余来源本期未提供")
    page.get_by_role("button", name="截止归集").click()
    expect(page.get_by_role("status")).to_contain_text("已办理")
    steps = city.fresh().steps.count()
    page.go_back()
    button = page.get_by_role("button", name="截止归集")
    if button.count():  # the browser kept the page
        page.get_by_label("理由").fill("再点一次")
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("已被他人改动")
        reads_well(page)
    else:  # or asked for it again
        expect(page.get_by_role("status")).to_contain_text("现在没有这一步")
    assert city.fresh().steps.count() == steps


def test_a_double_click_begins_one_run(
    page: Page, log_in: LogIn, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, CLOSING)
    city.close()
    log_in("officer")
    page.goto(f"{DESK}runs/")
    page.get_by_role("button", name="开始计算").dblclick()
    expect(page.get_by_text("正在计算").first).to_be_visible()
    assert DBTaskResult.objects.count() == 1


def test_a_holiday_in_the_window_is_shown_among_the_days_and_moves_the_last_one(
    page: Page, log_in: LogIn, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    holiday = {
        "names": {"演示节": "Demo day"},
        "years": {"2026": {"演示节": {"from": "2026-07-20", "to": "2026-07-20"}}},
    }
    CalendarYear.objects.create(year=2026, document=holiday, loaded_at=COLLECTING)
    city.release()
    assert city.fresh().windows.get().last_day == date(2026, 7, 27)
    clock(monkeypatch, RELEASE)
    for name, address in (("officer", DESK), ("clerk", f"/desk/enterprise/{ONE}/2026H1/")):
        log_in(name)
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text("2026年7月27日")
        page.locator("details:has-text('演示节') > summary").first.click()
        expect(page.get_by_text("演示节").first).to_be_visible()
        reads_well(page)


def test_a_project_of_another_district_is_not_there_and_the_page_leads_on(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("stranger")
    answer = page.goto(f"{DESK}verifications/P1/{ONE}/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    reads_well(page)
    assert city.fresh().state == State.COLLECTING
