"""A case in the browser: seen, moved by one, found moved by the other, its paper checked by a stranger."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import reads_well

from gongbao.cases.models import Case
from gongbao.cases.services.engine import case_open
from gongbao.organisations.models import Organisation, Person


@pytest.fixture
def case(site: str) -> Case:
    return case_open(
        process="objection",
        subject="enterprise/demo",
        title="演示异议",
        parties={
            "enterprise": Organisation.objects.get(code="demo-enterprise"),
            "commission": Organisation.objects.get(code="demo-commission"),
        },
        fields={"window": "open", "contested": "标杆项目", "grounds": "文件已提交"},
        actor=Person.objects.get(username="enterprise"),
        now=timezone.now(),
    )


def test_a_case_is_found_moved_and_its_paper_checked(page: Page, log_in: Callable[[str], None], case: Case) -> None:
    log_in("city")
    page.goto("/desk/")
    page.get_by_role("link", name="待办事项").click()
    reads_well(page)
    page.get_by_role("link", name=str(case.number)).click()
    expect(page.get_by_role("img", name="初步评价结果异议")).to_contain_text("现在")
    reads_well(page)
    page.get_by_role("link", name="异议成立", exact=True).click()
    reads_well(page)
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("alert")).to_contain_text("答复")  # the field that is missing
    reads_well(page)
    page.get_by_label("答复").fill("补录文件")
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("status")).to_contain_text("参评企业")
    reads_well(page)
    page.get_by_label("留言").fill("请查收")
    page.get_by_role("button", name="保存留言").click()
    expect(page.locator(".timeline")).to_contain_text("请查收")
    code = case.steps.exclude(paper=None).get().paper
    assert code is not None
    page.context.clear_cookies()
    page.goto("/papers/")
    page.get_by_label("核验码").fill(code.code.lower().replace("-", " "))
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("status")).to_contain_text("真实、有效")
    reads_well(page)


def test_of_two_who_have_the_form_open_the_second_is_told_and_keeps_what_she_typed(
    page: Page, log_in: Callable[[str], None], case: Case
) -> None:
    log_in("city")
    page.goto(f"/desk/cases/{case.number}/objection/reject/")
    page.get_by_label("答复").fill("不成立,理由如下")
    other = page.context.new_page()
    other.goto(f"/desk/cases/{case.number}/objection/uphold/")
    other.get_by_label("答复").fill("成立")
    other.get_by_role("button", name="确定办理").dblclick()  # a double click moves once
    expect(other.get_by_role("heading", level=1)).to_have_text(case.title)
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("alert")).to_contain_text("异议成立")
    expect(page.get_by_label("答复")).to_have_value("不成立,理由如下")
    reads_well(page)
    page.go_back()
    assert case.steps.filter(track="objection").count() == 1


def test_the_notice_is_read_and_leads_to_the_case(page: Page, log_in: Callable[[str], None], case: Case) -> None:
    log_in("city")
    page.goto("/desk/notices/")
    expect(page.locator("main")).to_contain_text("演示异议:提出异议")
    reads_well(page)
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("status")).to_contain_text("1 条")
    page.get_by_role("link", name=str(case.number)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(case.title)
