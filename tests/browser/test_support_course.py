"""Applications for support in the browser: a reward to its payment, an audit that cuts, conflicts, objections."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, violations
from tests.support.city import City

from gongbao.cases.services.clock import tick
from gongbao.support.models import Application, PublicNotice

LogIn = Callable[[str], None]


def reads_well(page: Page) -> None:
    """At both widths: nothing for axe to find, nothing wider than the window."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def office(page: Page, made: Application, look: bool = False) -> None:
    page.goto(f"/desk/support/application/{made.case.number}/")
    if look:
        reads_well(page)


def do(page: Page, made: Application, move: str, **fields: str) -> None:
    """Make a move from the page of the application, as the one who is logged in."""
    office(page, made)
    page.get_by_role("link", name=move, exact=True).click()
    for label, value in fields.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("status")).to_contain_text("已办理")


def test_a_reward_is_reviewed_decided_published_objected_to_and_paid(page: Page, log_in: LogIn, site: str) -> None:
    city = City()
    made = city.sent("debut_event", now=timezone.now())
    log_in("commerce-district")
    page.goto("/desk/support/")
    reads_well(page)
    page.get_by_role("link", name=str(made.case.number)).click()
    expect(page.get_by_text("按申报内容全部符合")).to_be_visible()
    reads_well(page)
    do(page, made, "初审通过,报送市商务局", 意见="材料齐全")
    log_in("commerce-city")
    do(page, made, "综合评定通过", 意见="符合方向")
    do(page, made, "验收通过", 意见="验收合格")
    office(page, made)
    page.get_by_role("link", name="决定支持金额", exact=True).click()
    page.get_by_label("支持金额").fill("500000.01")
    page.get_by_label("理由").fill("按规定标准")
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("alert")).to_contain_text("至多 500,000.00 元")
    page.get_by_label("支持金额").fill("500000")
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("status")).to_contain_text("已办理")
    do(page, made, "公示")
    page.context.clear_cookies()
    page.goto("/support/notices/")
    reads_well(page)
    page.get_by_role("link", name="演示商业有限公司").click()
    reads_well(page)
    page.get_by_role("link", name="提出异议").click()
    reads_well(page)
    page.get_by_label("姓名或单位名称").fill("李某")
    page.get_by_label("联系方式").fill("13800000000")
    page.get_by_label("异议内容和理由").fill("活动没有举办")
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_text("核实中")).to_be_visible()
    reads_well(page)
    answered_at = page.url
    later = timezone.now() + timedelta(days=9)
    tick(now=later)
    log_in("commerce-city")
    year = timezone.localdate().year
    page.goto(f"/desk/support/money/consumption-2026/{year}/")
    page.get_by_label("本年度预算(元)").fill("600000")
    page.get_by_role("button", name="保存预算").click()
    expect(page.get_by_text("有异议未答复,不拨付")).to_be_visible()
    reads_well(page)
    office(page, made)
    case = PublicNotice.objects.get(application=made).objections.get().case
    page.get_by_role("link", name=str(case.number)).click()
    page.get_by_role("link", name="异议不成立", exact=True).click()
    page.get_by_label("答复").fill("经核实,活动如期举办")
    page.get_by_role("button", name="确定办理").click()
    page.goto(f"/desk/support/money/consumption-2026/{year}/")
    page.get_by_role("button", name="生成拨付批次").click()
    expect(page.get_by_role("status")).to_contain_text("已拨付 1 项,共 500,000.00 元")
    reads_well(page)
    page.goto("/desk/support/money/")
    reads_well(page)
    office(page, made)
    expect(page.get_by_text("已拨付,跟踪监管中").first).to_be_visible()
    page.context.clear_cookies()
    page.goto(answered_at)
    expect(page.get_by_text("经核实,活动如期举办")).to_be_visible()


def test_an_audit_cuts_a_subsidy_and_both_ledgers_are_seen(page: Page, log_in: LogIn, site: str) -> None:
    city = City()
    contracts = ({"no": "1", "amount": "6000000.00"}, {"no": "2", "amount": "4000000.00"})
    made = city.sent("mixed_scene", now=timezone.now(), contracts=contracts)
    city.move(made, "commerce-district", "pass", timezone.now(), opinion="材料齐全")
    log_in("commerce-city")
    do(page, made, "委托第三方审计", 审计机构="demo-auditors")
    log_in("auditor")
    do(page, made, "声明无利益冲突并接受委托")
    row = made.rows.get(table="contract", no="2")
    page.goto(f"/desk/support/application/{made.case.number}/ledger/{row.pk}/")
    reads_well(page)
    page.get_by_label("支出类别").select_option("operation")
    page.get_by_label("理由").fill("实为日常运营支出")
    page.get_by_role("button", name="保存更正").click()
    do(page, made, "提交审计结果", 意见="核减一份合同")
    log_in("shop")
    page.goto(f"/desk/cases/{made.case.number}/")
    page.get_by_role("link", name="对审计结果没有意见", exact=True).click()
    page.get_by_role("button", name="确定办理").click()
    log_in("commerce-city")
    do(page, made, "确认审计结果")
    office(page, made, look=True)
    for step in ("10,000,000.00", "5,000,000.00", "6,000,000.00", "3,000,000.00"):
        expect(page.locator("dd", has_text=step).first).to_be_visible()


def test_a_second_applicant_and_a_second_direction_are_told_why(page: Page, log_in: LogIn, site: str) -> None:
    city, now = City(), timezone.now()
    city.sent("debut_event", now=now)
    rival = city.sent("debut_event", who="enterprise", now=now)
    second = city.sent("ip_product", now=now)
    log_in("commerce-district")
    office(page, rival, look=True)
    expect(page.get_by_text("暂存,等待申报单位协商").first).to_be_visible()
    expect(page.get_by_text("一个项目只能由一家单位申报").first).to_be_visible()
    office(page, second, look=True)
    expect(page.get_by_text("一个项目只能申报一个方向").first).to_be_visible()
    log_in("commerce-city")
    page.goto("/desk/support/double/")
    reads_well(page)
