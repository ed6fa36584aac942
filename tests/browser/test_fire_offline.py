"""The checklist of a visit without a network: kept in the browser, sent once it is back, opened offline."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.browser.looking import overflow, violations
from tests.config.fire_things import fire_things

from gongbao.firesafety.models import Answer, Photo

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
POINT = '[data-item="management.plan"]'
OTHER = '[data-item="management.staff"]'


@pytest.fixture
def address(page: Page, site: str, log_in: Callable[[str], None]) -> str:
    """The checklist of the fire authority, opened on a phone with a network."""
    number = fire_things(timezone.now())["fire_place"]
    log_in("fire")
    page.set_viewport_size({"width": 390, "height": 844})
    address = f"/desk/fire/visits/{number}/"
    page.goto(address)
    expect(page.locator("#kept")).to_contain_text("全部内容已送到服务器")
    page.wait_for_function(
        "async (path) => navigator.serviceWorker.controller && await (await caches.open('gongbao-visits')).match(path)",
        arg=address,
    )
    return address


def test_what_is_entered_offline_outlives_a_reload_and_is_sent_once(
    page: Page, context: BrowserContext, address: str
) -> None:
    assert violations(page) == []
    assert overflow(page) == 0
    context.set_offline(True)
    page.locator(POINT).get_by_label("不符合", exact=True).check()
    page.locator(POINT).get_by_label("情况说明").fill("没有疏散预案")
    page.locator(POINT).get_by_label("照片").set_input_files({"name": "墙.png", "mimeType": "image/png", "buffer": PNG})
    page.locator(OTHER).get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("还有 3 条存在本机")
    expect(page.locator("#kept")).to_contain_text("没有网络")
    assert violations(page) == []

    page.reload()  # opened by the worker, without a network
    expect(page.locator(POINT).get_by_label("情况说明")).to_have_value("没有疏散预案")
    expect(page.locator(POINT).get_by_label("不符合", exact=True)).to_be_checked()
    expect(page.locator("#kept")).to_contain_text("还有 3 条存在本机")
    page.locator(OTHER).get_by_label("不涉及", exact=True).check()  # changed before it was sent
    expect(page.locator("#kept")).to_contain_text("还有 3 条存在本机")
    assert (Answer.objects.count(), Photo.objects.count()) == (0, 0)

    context.set_offline(False)
    expect(page.locator("#kept")).to_contain_text("全部内容已送到服务器")
    page.reload()
    expect(page.locator(POINT).get_by_label("不符合", exact=True)).to_be_checked()
    expect(page.locator(POINT)).to_contain_text("墙.png")
    kept = {one.item: (one.verdict, one.note) for one in Answer.objects.all()}
    assert kept == {"management.plan": ("unfit", "没有疏散预案"), "management.staff": ("not_here", "")}
    assert Photo.objects.count() == 1


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_kept_once(page: Page, address: str) -> None:
    """The server takes it, the phone hears nothing: it sends again, and nothing is there twice."""
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    page.route("**/answers/", lose_the_first)
    page.locator(POINT).get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("还有 1 条存在本机。 没有网络")
    assert Answer.objects.count() == 1
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#kept")).to_contain_text("全部内容已送到服务器")
    answer = Answer.objects.get()
    assert answer.verdict == "fit" and answer.key in lost[0]


def test_when_the_login_has_ended_nothing_is_lost_and_the_page_says_what_to_do(
    page: Page, address: str, log_in: Callable[[str], None]
) -> None:
    Session.objects.all().delete()
    page.locator(POINT).get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("登录已过期")
    assert Answer.objects.count() == 0
    log_in("fire")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#kept")).to_contain_text("全部内容已送到服务器")
    assert Answer.objects.get().answered_at < timezone.now() + timedelta(seconds=1)


def test_what_the_server_never_takes_stays_on_the_phone_with_the_reason(page: Page, address: str) -> None:
    page.evaluate("document.getElementById('checklist').dataset.round = '9'")
    page.locator(POINT).get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("这次检查已经记录")
    assert Answer.objects.count() == 0
