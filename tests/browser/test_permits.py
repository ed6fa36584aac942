"""The permit list in a browser: every page on desk and phone in both languages, and the ways between them."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import look, own_words, violations
from tests.browser.test_pages import CHINESE

from gongbao.organisations.models import Person
from gongbao.organisations.permissions import actor_of
from gongbao.permits.models import EditionRevision
from gongbao.permits.services.editions import edition_draft, edition_publish
from gongbao.permits.tables.packaged import packaged_editions

PAGES = [
    "/",
    "/search/?q=消防验收",
    "/gazette/京技管发〔2025〕31号/清单 59/",
    "/permits/",
    "/permits/?q=消防&body=行政审批局",
    "/permits/?q=没有这些字",
    "/permits/check/?name=外国人来华工作许可",
    "/permits/check/?name=没有这种许可",
    "/permits/laws/",
    "/permits/laws/?law=消防法",
    "/permits/laws/?law=没有这部法",
    "/permits/editions/",
    "/permits/editions/2025/",
    "/permits/editions/2025/1/",
    "/permits/editions/2025/59/",
    "/permits/editions/2025/5/",
    "/permits/diff/",
    "/permits/guides/",
]


def looked_at(page: Page, site: str, address: str) -> None:
    """In English all that is Chinese says so itself, but for names of people."""
    look(page, site, address)
    words = own_words(page)
    for person in sorted(map(str, Person.objects.all()), key=len, reverse=True):
        words = words.replace(person, "")
    assert CHINESE.findall(words) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_well_on_desk_and_phone_in_both_languages(page: Page, site: str, address: str) -> None:
    looked_at(page, site, address)


def drafted() -> EditionRevision:
    """The list of 2025 without its first item, as an edition to come."""
    edition = packaged_editions()["2025"]
    shorter = replace(edition, edition="2031", items=edition.items[1:], in_force=edition.in_force)
    writer = actor_of(Person.objects.get(username="editor"), timezone.localdate())
    return edition_draft(edition=shorter, actor=writer, now=timezone.now())


def test_the_pages_of_the_editors_and_a_comparison_read_well(
    page: Page, log_in: Callable[[str], None], site: str
) -> None:
    draft = drafted()
    for who in ("editor", "editor-2"):
        log_in(who)
        looked_at(page, site, f"/desk/permits/{draft.pk}/")
    looked_at(page, site, "/desk/permits/")
    looked_at(page, site, "/desk/permits/new/")
    looked_at(page, site, "/desk/permits/read/")
    looked_at(page, site, "/desk/permits/guides/2025/59/")
    decider = actor_of(Person.objects.get(username="editor-2"), timezone.localdate())
    edition_publish(revision=draft, actor=decider, now=timezone.now())
    looked_at(page, site, "/permits/diff/?old=2025&new=2031")
    looked_at(page, site, "/permits/editions/2031/")


def test_choosing_a_department_narrows_at_once_and_an_item_leads_to_its_row_and_back(page: Page) -> None:
    page.goto("/permits/?q=消防验收")
    page.get_by_label("经开区实施部门").first.select_option("行政审批局")
    page.wait_for_url("**body=*")
    page.get_by_role("link", name="建设工程消防验收", exact=True).click()
    expect(page.locator("h1")).to_contain_text("59")
    page.get_by_role("link", name="京技管发〔2025〕31号 清单 59").click()
    page.get_by_role("link", name="第59项").click()
    expect(page).to_have_url(re.compile(r"/permits/editions/2025/59/$"))


def test_a_list_is_checked_and_its_answers_are_downloaded(page: Page, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("事项名称\n外国人来华工作许可\n灯塔设立许可\n", encoding="utf-8")
    page.goto("/permits/check/")
    page.get_by_role("button", name="核对名单").click()
    expect(page.locator(".summary-of-errors")).to_be_focused()
    page.locator("input[type=file]").set_input_files(names)
    page.get_by_role("button", name="核对名单").click()
    expect(page.locator(".verdict")).to_have_count(2)
    assert violations(page) == []
    with page.expect_download() as begun:
        page.get_by_role("button", name="下载结果 CSV").click()
    saved = tmp_path / "answers.csv"
    begun.value.save_as(saved)
    assert saved.read_text(encoding="utf-8").splitlines()[1].startswith("2,外国人来华工作许可,listed")
