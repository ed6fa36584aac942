"""An application from the check to the receipt, in a browser, with every page on the way looked at."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, violations
from tests.config.fire_things import fire_things

from gongbao.cases.models import Case
from gongbao.firesafety.models import Application

FILE = {"name": "演示.txt", "mimeType": "text/plain", "buffer": b"made up"}
CHECK = ("宾馆、旅馆", "其他建设工程(办理消防验收备案)", "普通方式", "不采用", "具备", "选择协同办理")


def reads_well(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], page.url
        assert overflow(page) == 0, page.url


def on(page: Page, button: str) -> None:
    reads_well(page)
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.timeout(180)
def test_an_applicant_checks_fills_in_and_sends_an_application(
    page: Page, site: str, log_in: Callable[[str], None]
) -> None:
    page.goto("/fire/check/")
    for answer in CHECK:
        page.get_by_label(answer, exact=True).check()
        on(page, "继续")
    expect(page.get_by_role("heading", level=1)).to_have_text("可以协同办理")
    log_in("enterprise")
    page.get_by_role("link", name="登录并申请").click()
    on(page, "开始填写")
    draft = page.url
    page.get_by_role("link", name="建设工程", exact=True).click()
    page.get_by_label("建设工程名称").fill("演示酒店改造")
    page.get_by_label("工程地址").fill("演示路2号")
    page.get_by_label("所在区").select_option("110102")
    on(page, "保存并继续")
    page.get_by_role("link", name="场所", exact=True).click()
    reads_well(page)
    page.get_by_role("link", name="第 1 个场所").click()
    page.get_by_label("场所名称").fill("演示酒店")
    page.get_by_label("建筑面积").fill("800")
    page.get_by_label("经营者", exact=True).fill("演示经营者")
    on(page, "保存并继续")
    page.goto(draft)
    page.get_by_role("link", name="送达和代理").click()
    page.get_by_label("送达地址", exact=True).fill("演示路2号")
    page.get_by_label("收件人和电话").fill("演示 010-00000000")
    page.get_by_label("我确认以上送达地址").check()
    on(page, "保存并继续")
    page.get_by_role("link", name="看看还缺什么").click()
    reads_well(page)
    missing = page.locator(".summary-of-errors a")
    expect(missing.first).to_contain_text("场所平面布置图")
    while missing.count():
        missing.first.click()
        page.locator("main input[type=file]").set_input_files(FILE)
        page.get_by_role("button", name="上传").click()
        page.goto(f"{draft}review/")
    page.get_by_label("我确认:场所具备").check()
    reads_well(page)
    page.get_by_role("button", name="确认并提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申请")
    reads_well(page)
    case = Case.objects.get(process="fire_joint")
    expect(page.locator(".receipt")).to_contain_text(str(case.number))
    page.get_by_role("link", name="查看进度:演示酒店").click()
    expect(page.locator("main")).to_contain_text("已收件,待受理")
    reads_well(page)
    assert Application.objects.exclude(sent_at=None).count() == 1


def test_a_place_is_found_with_two_taps_on_a_phone(page: Page, site: str) -> None:
    number = fire_things(timezone.now())["fire_place"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/fire/")
    page.get_by_label("场所、地址、工程或编号").fill("演示场所")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="演示场所").first.click()
    expect(page).to_have_url(f"{site}/fire/places/{number}/")
    expect(page.locator(".verdict")).to_contain_text("目前不得投入使用、营业")
    reads_well(page)
