"""An enterprise at its desk: it declares with proof, goes back, clicks twice, comes too late, loses its session."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import reads_well
from tests.rating.published import clock, release
from tests.rating.small_cycle import COLLECTING, ONE, TWO, SmallCity, at, collecting_city

from gongbao.rating.models import Declaration, Objection

OWN = f"/desk/enterprise/{ONE}/2026H1"


@pytest.fixture
def city(site: str, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    """It is the moment of collecting."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    clock(monkeypatch, COLLECTING)
    return collecting_city(tmp_path / "files")


def proof(name: str = "证明.txt", content: bytes = b"made up") -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def fill(page: Page) -> None:
    page.get_by_label("项目").select_option("P1")
    page.get_by_label("大专及以上学历的自有参保人员数").fill("9")
    page.get_by_label("自有参保人员总数").fill("20")
    page.get_by_label("日期").fill("2026-05-20")


def test_an_item_is_declared_with_its_proof(page: Page, log_in: Callable[[str], None], city: SmallCity) -> None:
    log_in("clerk")
    page.goto("/desk/")
    page.get_by_role("link", name="本企业评价").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("实时得分")
    page.locator(".points summary").first.click()
    reads_well(page)
    page.get_by_role("navigation", name="本企业评价").get_by_role("link", name="申报").click()
    reads_well(page)
    page.get_by_role("link", name="申报 项目人员素质").click()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("证明材料")  # each field that is missing
    reads_well(page)
    fill(page)
    files = page.get_by_label("证明材料")
    files.set_input_files(proof("证明.exe", b"MZ"))
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("以下格式之一")
    files.set_input_files(proof("大.txt", b"a" * (20 * 1024 * 1024 + 1)))
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("超过 20 MB")
    expect(page.get_by_label("自有参保人员总数")).to_have_value("20")  # what was typed is kept
    files.set_input_files(proof())
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提交前请核对")
    reads_well(page)
    page.get_by_role("button", name="确认并提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申报")
    reads_well(page)
    page.go_back()
    if page.get_by_role("button", name="确认并提交").count():
        page.get_by_role("button", name="确认并提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申报")
    page.get_by_role("link", name="查看这项申报").click()
    expect(page.locator("main")).to_contain_text("区级初审中")
    reads_well(page)
    assert Declaration.objects.count() == 1


def test_a_session_that_ended_shows_what_was_typed(page: Page, log_in: Callable[[str], None], city: SmallCity) -> None:
    log_in("clerk")
    page.goto(f"{OWN}/declare/staff/")
    fill(page)
    page.get_by_label("证明材料").set_input_files(proof())
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="继续").click()
    expect(page.locator("main")).to_contain_text("2026-05-20")
    reads_well(page)
    assert Declaration.objects.count() == 0


def test_the_pages_of_another_enterprise_are_not_there(
    page: Page, log_in: Callable[[str], None], city: SmallCity
) -> None:
    log_in("rival")
    answer = page.goto(f"{OWN}/declarations/")
    assert answer is not None
    assert answer.status == 404
    reads_well(page)
    page.goto(f"/desk/enterprise/{TWO}/2026H1/")
    expect(page.get_by_role("heading", level=1)).to_have_text("实时得分")


def test_an_objection_goes_in_on_the_last_second_and_not_after_it(
    page: Page, log_in: Callable[[str], None], city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(city)
    clock(monkeypatch, at("07-24 23:59:59"))
    log_in("clerk")
    page.goto(f"{OWN}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("初步结果")
    reads_well(page)
    page.get_by_role("link", name="提出异议").click()
    page.get_by_label("有异议的内容").fill("扣分不对")
    page.get_by_label("理由").fill("不是本企业")
    reads_well(page)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("对哪些指标有异议")
    page.get_by_label("垃圾分类处罚").check()
    page.get_by_role("button", name="继续").click()
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="确认并提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到异议")
    reads_well(page)
    other.get_by_role("button", name="确认并提交").click()  # the same form in another window
    expect(other.get_by_role("heading", level=1)).to_have_text("已收到异议")
    assert Objection.objects.count() == 1


def test_one_second_later_the_page_names_the_date_that_passed(
    page: Page, log_in: Callable[[str], None], city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(city)
    clock(monkeypatch, at("07-24 23:59:59"))
    log_in("clerk")
    page.goto(f"{OWN}/objections/objection/")
    page.get_by_label("垃圾分类处罚").check()
    page.get_by_label("有异议的内容").fill("扣分不对")
    page.get_by_label("理由").fill("不是本企业")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提交前请核对")
    reads_well(page)
    clock(monkeypatch, at("07-25 00:00:00"))
    page.get_by_role("button", name="确认并提交").click()
    expect(page.get_by_role("alert")).to_contain_text("异议期已于 2026-07-24 24:00 届满")
    expect(page.locator("main")).to_contain_text("不是本企业")
    reads_well(page)
    assert Objection.objects.count() == 0
