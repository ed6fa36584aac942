"""Published results in the browser: an estate's company in two taps; every page at both widths, in both languages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, own_words, violations
from tests.rating.published import publish
from tests.rating.small_cycle import ONE, SmallCity, at, collecting_city

from gongbao.organisations.models import Organisation
from gongbao.rating.models import InspectionPlan
from gongbao.rating.selectors.standards import edition_current
from gongbao.rating.services.inspections import plan_draw, plan_make

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def published(site: str, tmp_path: Path, settings: object) -> SmallCity:
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    city = collecting_city(tmp_path / "files")
    publish(city)
    return city


@pytest.fixture
def plan(published: SmallCity) -> InspectionPlan:
    now = at("07-28 10:00")
    actor, place = published.actor("reviewer", now), Organisation.objects.get(code="110102")
    made = plan_make(
        cycle=published.fresh(), place=place, rates=dict.fromkeys("ABCD", "1/2"), times=dict.fromkeys("ABCD", 1),
        inspectors=["甲", "乙"], actor=actor, now=now,
    )  # fmt: skip
    return plan_draw(plan=made, parts=["体彩 26073"], actor=actor, now=now)


def test_the_company_of_an_estate_is_two_taps_away(page: Page, published: SmallCity) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/rating/")
    page.get_by_label("小区、企业、街道").fill("P5家园")
    page.get_by_label("小区、企业、街道").press("Enter")
    page.locator(".found").get_by_role("link", name="乙物业").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("乙物业")
    expect(page.locator(".result .grade")).to_be_visible()
    expect(page.get_by_role("link", name="京建法〔2025〕2号 附件 公共信用评价")).to_be_visible()


def test_by_keyboard_alone_the_search_is_reached_and_sent(page: Page, published: SmallCity) -> None:
    page.goto("/rating/")
    field = page.get_by_label("小区、企业、街道")
    for _ in range(40):
        page.keyboard.press("Tab")
        if field.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.type("甲物业")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="参评企业")).to_contain_text("甲物业")


def test_an_enterprise_is_put_beside_another(page: Page, published: SmallCity) -> None:
    page.goto(f"/rating/enterprises/{ONE}/")
    page.get_by_role("link", name="与其他企业比较").click()
    page.get_by_label("添加一家企业").fill("丙")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="添加 丙物业").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("link", name="移除 甲物业").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)


def test_the_pages_of_results_read_well(page: Page, published: SmallCity, plan: InspectionPlan, site: str) -> None:
    edition = f"/rating/editions/{edition_current().key}/"
    addresses = {
        "/rating/": False, "/rating/?q=家园": False, f"/rating/enterprises/{ONE}/": False, "/rating/estates/": False,
        "/rating/estates/P5/": True, f"/rating/compare/?uscc={ONE}&q=丙": False, "/rating/districts/": False,
        "/rating/how/": True, edition: True, "/rating/data/": True, "/rating/draws/": False,
        f"/rating/draws/{plan.pk}/": False,
    }  # fmt: skip
    wrong = []
    for language in ("zh-hans", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        for address, plain in addresses.items():
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                wrong += [f"{address} {language} {width}: {found}" for found in violations(page)]
                wrong += [f"{address} {language} {width}: too wide"] if overflow(page) else []
            if plain and language == "en":
                wrong += [f"{address}: {CHINESE.findall(own_words(page))}"] if CHINESE.search(own_words(page)) else []
    assert wrong == []
