"""The reader in a browser: every page with a text behind it, the preview, copying, and all of it without scripts."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from tests.browser.looking import look, own_words
from tests.browser.test_pages import CHINESE
from tests.gazette.lighthouse import BETTER, FUNDS, NUMBER, TEXT, bring_in

from gongbao.gazette.services.drafts import draft_upload
from gongbao.organisations.models import Person

PAGES = [
    "/",
    "/search/?q=巡查",
    "/search/?q=没有这些字",
    "/gazette/",
    "/gazette/issues/2030-2/",
    f"/gazette/{NUMBER}/",
    f"/gazette/{FUNDS}/?revision=1",
    f"/gazette/{NUMBER}/第二条/",
    f"/gazette/{NUMBER}/第九条/",
    f"/gazette/revisions/{FUNDS}/",
    "/gazette/search/?q=巡查",
    "/gazette/search/?q=联合",
    "/gazette/search/?q=没有这些字",
    "/gazette/in-force/?on=2030-03-05",
    "/gazette/graph/",
    f"/gazette/graph/?document={NUMBER}",
    "/gazette/京建法〔2025〕2号/",
    "/gazette/京建法〔2025〕2号/附件 物业服务规模/",
]


@pytest.fixture
def texts(site: str) -> None:
    bring_in()
    bring_in(BETTER)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_a_text_reads_well_on_desk_and_phone_in_both_languages(
    page: Page, texts: None, site: str, address: str
) -> None:
    look(page, site, address)
    assert CHINESE.findall(own_words(page)) == []


def test_the_pages_of_the_editors_read_well(page: Page, log_in: Callable[[str], None], texts: None, site: str) -> None:
    writer = Person.objects.get(username="editor")
    torn = TEXT.replace("（二）记录误差。", "（二）记录误差。\n\n\ufffd\ufffd口")
    draft = draft_upload(name="lighthouse.txt", content=torn.encode(), by=writer, at=timezone.now())
    for who in ("editor", "editor-2"):
        log_in(who)
        look(page, site, f"/desk/gazette/{draft.pk}/")
    look(page, site, f"/desk/gazette/{draft.pk}/correct/")
    look(page, site, "/desk/gazette/")


def test_pointing_at_a_citation_shows_what_it_leads_to_until_esc(page: Page, texts: None) -> None:
    page.goto(f"/gazette/{NUMBER}/")
    page.locator("a.cite", has_text="第二条").first.hover()
    expect(page.locator("#preview")).to_contain_text("每月巡查")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    page.locator("a.cite", has_text="第三条").first.focus()
    expect(page.locator("#preview")).to_contain_text("试行")


def test_a_citation_is_copied_with_one_click(page: Page, texts: None, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"/gazette/{NUMBER}/第二条/")
    page.get_by_role("button", name="复制引用").first.click()
    expect(page.get_by_role("button", name="已复制").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{NUMBER} 第二条"


def test_the_reader_works_without_scripts(chromium: Browser, texts: None, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/gazette/")
    page.get_by_label("检索公报").fill("灯器")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name=f"{NUMBER} 第二条（一）").click()
    expect(page.locator("main")).to_contain_text("检查灯器")
    expect(page.get_by_role("button", name="复制引用")).to_have_count(0)
    context.close()


def test_structured_data_stands_in_the_page_under_the_strict_policy(page: Page, texts: None) -> None:
    """The fixture `page` fails on any word of the browser about the policy."""
    answer = page.goto(f"/gazette/{NUMBER}/")
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert NUMBER in (page.locator('script[type="application/ld+json"]').text_content() or "")


def test_a_page_prints_without_what_only_a_screen_needs(page: Page, texts: None) -> None:
    page.goto(f"/gazette/{NUMBER}/")
    page.emulate_media(media="print")
    for hidden in (".outline", ".copy >> nth=0", ".head form"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_text("灯塔管理人应当每月巡查").first).to_be_visible()
