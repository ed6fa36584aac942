"""Logging in as people do it: with keyboard and mouse, on a phone, with what they typed kept."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect
from tests.browser.looking import violations

from gongbao.organisations.models import Invitation, Membership
from gongbao.organisations.services.demo import demo_password


def test_a_person_logs_in_by_keyboard_alone_and_finds_her_roles(page: Page) -> None:
    page.goto("/desk/")
    expect(page).to_have_url("/account/login/?next=/desk/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("street")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the link for a forgotten password
    page.keyboard.type(demo_password())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    expect(page.get_by_role("main")).to_contain_text("街道(乡镇)经办人")
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url("/")


def test_a_wrong_password_is_read_out_first_and_leads_to_its_field(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/account/login/")
    page.get_by_label("用户名").fill("street")
    page.get_by_role("button", name="登录").click()
    summary = page.locator(".summary-of-errors")
    expect(summary).to_be_focused()
    expect(page.get_by_label("用户名")).to_have_value("street")
    assert violations(page) == []
    summary.get_by_role("link").click()
    expect(page.get_by_label("密码")).to_be_focused()


def test_a_second_click_while_the_server_works_sends_nothing_more(page: Page, log_in: Callable[[str], None]) -> None:
    log_in("manager")
    page.goto("/desk/organisations/demo-enterprise/invite/")
    page.get_by_label("姓名").fill("演示 孙")
    page.get_by_label("电子邮箱").fill("sun@example.cn")
    page.get_by_label("企业经办人").check()
    sent: list[Route] = []
    page.route("**/invite/", lambda route: sent.append(route))
    page.evaluate(
        "() => { const button = document.querySelector('main form button');"
        " for (const delay of [0, 300]) setTimeout(() => button.click(), delay); }"
    )
    page.wait_for_timeout(1000)
    assert len(sent) == 1
    sent[0].continue_()
    expect(page.get_by_role("status")).to_contain_text("sun@example.cn")
    assert Invitation.objects.count() == 1


def test_what_was_typed_comes_back_after_the_session_has_ended(page: Page, log_in: Callable[[str], None]) -> None:
    log_in("manager")
    held = Membership.objects.get(person__username="enterprise")
    address = f"/desk/organisations/demo-enterprise/people/{held.pk}/end/"
    page.goto(address)
    page.get_by_label("最后一天").fill("2030-05-17")
    Session.objects.all().delete()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("页面已过期")
    expect(page.get_by_role("main")).to_contain_text("2030-05-17")
    assert violations(page) == []
    page.get_by_role("link", name="回到刚才的页面").click()
    page.get_by_label("用户名").fill("manager")
    page.get_by_label("密码").fill(demo_password())
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(address)
    held.refresh_from_db()
    assert held.last_day is None


def test_type_grows_with_the_switch_and_stays_large(page: Page) -> None:
    def size() -> str:
        return str(page.evaluate("getComputedStyle(document.body).fontSize"))

    page.goto("/account/login/")
    assert size() == "16px"
    page.get_by_role("link", name="特大字号").click()
    expect(page).to_have_url("/account/login/")
    assert size() == "20px"
    page.goto("/")
    assert size() == "20px"


def test_the_filter_of_a_table_is_applied_when_chosen_and_stands_in_the_address(
    page: Page, log_in: Callable[[str], None]
) -> None:
    log_in("administrator")
    page.goto("/desk/organisations/110000/")
    page.get_by_label("类型").select_option("zone")
    expect(page).to_have_url("/desk/organisations/110000/?name=&kind=zone")
    expect(page.get_by_role("row")).to_have_count(2)
    page.go_back()
    expect(page.get_by_role("row")).not_to_have_count(2)


def test_a_printed_page_leaves_the_frame_out(page: Page) -> None:
    page.goto("/api/")
    page.emulate_media(media="print")
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
