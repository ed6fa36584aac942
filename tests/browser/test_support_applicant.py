"""An applicant at her desk: she chooses, answers, uploads papers and ledger, sends, and sees how it goes on."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, violations
from tests.support.applying import NOW, PICTURE, THEM, actor, answers, us, uscc
from tests.support.applying import described as describe

from gongbao.support.models import Application
from gongbao.support.services.drafts import draft_answer


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a day on which the fund takes applications, before the made-up people are loaded."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    began = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: NOW + (datetime.now(tz=began.tzinfo) - began))


def reads_well(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def workbook(template: bytes, amount: str) -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(template))
    book["contracts"].append(["C1", "fit_out 装修", THEM, amount, "2025-10-09"])
    book["invoices"].append(["F1", "C1", THEM, us(), amount, "2025-11-03"])
    book["payments"].append(["P1", "C1", "F1", us(), THEM, "2000000.00", "2025-12-01"])
    out = io.BytesIO()
    book.save(out)
    return {"name": "明细.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def test_she_prepares_fills_and_sends_an_application(page: Page, log_in: Callable[[str], None]) -> None:
    log_in("enterprise")
    page.goto("/desk/")
    page.get_by_role("link", name="资金申请").first.click()
    page.get_by_role("link", name="新申请").click()
    reads_well(page)
    page.get_by_role("link", name="申请 多元业态融合消费场景").click()
    page.get_by_label("项目名称").fill("示例广场改造")
    page.get_by_label("项目地点").fill("示例路1号")
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例广场改造")
    reads_well(page)
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("还不能提交")
    reads_well(page)

    ways = page.get_by_role("navigation", name="这项申请")
    ways.get_by_role("link", name="条件").click()
    reads_well(page)
    application = Application.objects.get()
    draft_answer(application=application, answers=answers("mixed_scene"), actor=actor(), now=NOW)
    describe(application)
    page.reload()
    expect(page.get_by_role("table")).to_contain_text("符合")

    ways.get_by_role("link", name="投资明细").click()
    with page.expect_download() as template:
        page.get_by_role("link", name="下载模板").click()
    empty = Path(template.value.path()).read_bytes()
    page.get_by_label("填好的工作簿").set_input_files(workbook(empty, "-1"))
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存任何内容")
    expect(page.locator("main")).to_contain_text("D2 合同金额")
    reads_well(page)
    page.get_by_label("填好的工作簿").set_input_files(workbook(empty, "2000000.00"))
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对投资明细")
    reads_well(page)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("1,000,000.00")
    expect(page.locator(".chart canvas").first).to_be_visible()
    reads_well(page)

    ways.get_by_role("link", name="材料").click()
    reads_well(page)
    papers(page)
    expect(page.locator("main")).to_contain_text("材料齐备")
    reads_well(page)
    ways.get_by_role("link", name="目录").click()
    reads_well(page)

    ways.get_by_role("link", name="准备").click()
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提交前请核对")
    reads_well(page)
    page.get_by_label("真实、准确、完整").check()
    page.get_by_role("button", name="提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申请")
    reads_well(page)
    page.get_by_role("link", name="查看进展").click()
    expect(page.locator("main")).to_contain_text("区级初审中")
    reads_well(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("main")).to_contain_text("Who can act")
    reads_well(page)
    assert Application.objects.exclude(case=None).count() == 1
    assert page.url.endswith(f"/desk/applicant/{uscc()}/{application.pk}/")


def papers(page: Page) -> None:
    """A file in each slot; what is only due in some cases is not due here."""
    while (waive := page.get_by_role("button", name="本项目不适用")).count():
        waive.first.click()
        page.wait_for_load_state()
    made_up = {"name": "示例.txt", "mimeType": "text/plain", "buffer": b"made up"}
    photo = {"name": "照片.png", "mimeType": "image/png", "buffer": PICTURE}
    for slot in [one.slot for one in Application.objects.get().materials.filter(state="missing")]:
        line = page.locator(f"li[id='{slot}']")
        line.locator("input[type=file]").set_input_files([photo, photo] if slot == "photos" else [made_up])
        line.get_by_role("button", name="上传").click()
        expect(line).to_contain_text("已上传")
