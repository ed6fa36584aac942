"""The rating's desks in the browser: a whole cycle as each role, and what goes wrong on the way."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.looking import reads_well
from tests.rating.small_cycle import CLOSING, ONE, SmallCity, collecting_city, enterprises

from gongbao.kernel.archive_file import verify_file_lines
from gongbao.rating.models import Declaration, Fact, InspectionPlan, RatingCycle, State
from gongbao.rating.services.declarations import declaration_make
from gongbao.rating.services.objections import objection_lodge
from gongbao.rating.services.runs import run_make
from gongbao.rating.tables.standards import standard_text

DESK = "/desk/rating/2026H1/"
LogIn = Callable[[str], None]


@pytest.fixture
def site(live_server: LiveServer, settings: object, tmp_path: Path) -> str:
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    return live_server.url


@pytest.fixture
def city(site: str, tmp_path: Path) -> SmallCity:
    (tmp_path / "files").mkdir()
    return collecting_city(tmp_path / "files")


def work() -> None:
    """What waits in the background is done."""
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


def declared(city: SmallCity, **more: str) -> Declaration:
    now = timezone.now()
    return declaration_make(
        cycle=city.fresh(), uscc=ONE, indicator="media", project_id="P1", occurred_on=city.cycle.cycle.last_day,
        proofs=[("报道.txt", "虚构的证明".encode())], actor=city.actor("clerk", now), now=now, **more,
    )  # fmt: skip


def step(page: Page, name: str) -> None:
    """Take a step from the board, deciding away what may be."""
    page.goto(DESK)
    page.get_by_role("link", name=name, exact=True).click()
    reads_well(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("理由").fill("其余来源本期未提供")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("status")).to_contain_text("已办理")


def test_a_cycle_goes_through_all_hands_to_a_dossier_that_verifies(
    page: Page, log_in: LogIn, city: SmallCity, capfd: pytest.CaptureFixture[str]
) -> None:
    # the community drafts, the street signs
    log_in("drafter")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{DESK}sheets/")
    reads_well(page)
    page.get_by_role("link", name="P1家园").click()
    page.get_by_label("8", exact=True).check()
    page.get_by_role("checkbox", name="未定期听取业主意见").check()
    page.get_by_label("扣分理由:未定期听取业主意见").fill("上半年没有听取过")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("status")).to_contain_text("草稿已保存")
    log_in("signer")
    page.goto(f"{DESK}sheets/P1/")
    reads_well(page)
    page.get_by_role("button", name="保存并核对签署").click()
    expect(page.get_by_role("main")).to_contain_text("上半年没有听取过")
    reads_well(page)
    page.get_by_role("button", name="签署").click()
    expect(page.get_by_role("status")).to_contain_text("已签署")
    assert Fact.objects.filter(indicator="community_fault", ended=None).count() == 1
    # the district reviews and verifies, the city confirms
    made = declared(city)
    log_in("reviewer")
    page.goto(f"{DESK}reviews/")
    reads_well(page)
    page.get_by_role("link", name=str(made.pk), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("报道.txt")
    reads_well(page)
    page.get_by_label("通过", exact=True).check()
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_role("status")).to_contain_text("还有 0 项")
    page.goto(f"{DESK}verifications/P1/{ONE}/")
    reads_well(page)
    page.get_by_role("link", name="信息公示", exact=True).click()
    reads_well(page)
    page.get_by_label("符合要求,加分", exact=True).check()
    page.get_by_label("核验日期").fill("2026-06-30")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("status")).to_contain_text("已登记")
    log_in("officer")
    page.goto(f"{DESK}reviews/{made.pk}/")
    page.get_by_label("通过", exact=True).check()
    page.get_by_role("button", name="提交审核意见").click()
    made.refresh_from_db()
    assert made.state == Declaration.State.CONFIRMED
    # closing, the run, release
    step(page, "截止归集")
    page.goto(f"{DESK}runs/")
    page.get_by_role("button", name="开始计算").click()
    expect(page.get_by_text("正在计算")).to_be_visible()
    work()  # and the page finds out by itself
    page.get_by_role("link", name=str(city.fresh().draft_id), exact=True).click()
    page.go_back()
    reads_well(page)
    page.go_forward()
    expect(page.locator(".chart-drawing canvas")).to_have_count(1)
    reads_well(page)
    step(page, "确认初步结果")
    step(page, "发布初步结果")
    expect(page.get_by_role("main")).to_contain_text("异议期到")
    reads_well(page)
    # an objection is answered by the commission
    now = timezone.now()
    objection = objection_lodge(
        cycle=city.fresh(), uscc=ONE, indicators=["waste"], contested="处罚", grounds="不是本企业",
        actor=city.actor("clerk", now), now=now,
    )  # fmt: skip
    page.goto(f"{DESK}objections/")
    reads_well(page)
    page.get_by_role("link", name=str(objection.case.number)).click()
    page.get_by_role("link", name="异议不成立", exact=True).click()
    page.get_by_label("答复").fill("经核实,决定的当事人是该企业")
    page.get_by_role("button", name="确定办理").click()
    expect(page.get_by_role("status")).to_contain_text("已办理")
    page.goto(f"{DESK}")
    expect(page.get_by_role("link", name="确定最终结果")).to_have_count(0)
    window = city.fresh().windows.get()  # the days of the window pass
    window.last_day = timezone.localdate() - timedelta(days=1)
    window.save()
    for name in ("确定最终结果", "公布", "归档"):
        step(page, name)
    assert city.fresh().state == State.ARCHIVED
    with page.expect_download() as got:
        page.get_by_role("link", name="下载本周期档案").click()
    assert verify_file_lines(Path(got.value.path()).read_text(encoding="utf-8").splitlines()) == []


def test_a_file_with_errors_shows_each_by_row_and_changes_nothing_and_a_mended_one_is_looked_at_first(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("officer")
    wrong = city.file(enterprises=enterprises(district="无此区", credit_score="101"))
    before = city.fresh().deliveries.count()
    page.goto(f"{DESK}files/")
    page.get_by_label("文件").set_input_files(wrong / "enterprises.csv")
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("alert")).to_contain_text("没有导入任何内容")
    expect(page.get_by_role("region", name="问题").get_by_role("row")).not_to_have_count(1)
    reads_well(page)
    page.get_by_label("文件").set_input_files({"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("region", name="问题")).to_contain_text("a.exe")
    assert city.fresh().deliveries.count() == before
    mended = city.file(enterprises=enterprises(credit_score="88"))
    page.get_by_label("文件").set_input_files(mended / "enterprises.csv")
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对导入内容")
    reads_well(page)
    assert city.fresh().deliveries.count() == before
    page.get_by_role("button", name="导入").dblclick()  # a double click imports once
    expect(page.get_by_role("status")).to_contain_text("4 行")
    assert city.fresh().deliveries.count() == before + 1
    reads_well(page)


def test_of_two_clerks_who_step_the_second_is_told_and_nothing_more_happens(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("officer")
    page.goto(f"{DESK}step/closed/")
    city.step(State.CLOSED, CLOSING, waive=["sources"], because="另一位经办人已截止")
    steps = city.fresh().steps.count()
    page.get_by_label("理由").fill("截止")
    page.get_by_role("button", name="截止归集").click()
    expect(page.get_by_role("alert")).to_contain_text("已被他人改动")
    reads_well(page)
    assert city.fresh().steps.count() == steps


def test_of_two_who_fill_a_sheet_in_the_second_is_told_and_keeps_what_she_typed(
    page: Page, log_in: LogIn, city: SmallCity, chromium: Browser, site: str
) -> None:
    log_in("drafter")
    page.goto(f"{DESK}sheets/P2/")
    page.get_by_label("评分说明").fill("第一位写的")
    other = page.context.new_page()
    other.goto(f"{DESK}sheets/P2/")
    other.get_by_label("9", exact=True).check()
    other.get_by_role("button", name="保存草稿").click()
    expect(other.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("alert")).to_contain_text("已被他人改动")
    expect(page.get_by_label("评分说明")).to_have_value("第一位写的")
    assert city.fresh().sheets.get(project_id="P2").bonus == 9


def test_a_deduction_needs_its_reason_and_a_signature_its_score(page: Page, log_in: LogIn, city: SmallCity) -> None:
    log_in("signer")
    page.goto(f"{DESK}sheets/P3/")
    page.get_by_role("checkbox", name="停供水电热气催费").check()
    page.get_by_role("button", name="保存并核对签署").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("请给出 1 至 10 分")
    summary.get_by_role("link", name="请写明扣分理由").click()
    expect(page.get_by_label("扣分理由:停供水电热气催费")).to_be_focused()
    reads_well(page)
    assert city.fresh().sheets.count() == 0


def test_a_claim_is_returned_with_a_reason_and_many_pass_together(page: Page, log_in: LogIn, city: SmallCity) -> None:
    first, second = declared(city), declared(city, note="另一篇")
    log_in("reviewer")
    page.goto(f"{DESK}reviews/{first.pk}/")
    page.get_by_label("退回补正").check()
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明理由")
    reads_well(page)
    first.refresh_from_db()
    assert first.state == Declaration.State.DECLARED
    page.get_by_label("理由").fill("缺少报道原文")
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_role("status")).to_contain_text("还有 1 项")
    third = declared(city)
    page.goto(f"{DESK}reviews/")
    page.get_by_role("button", name="通过所选").click()
    expect(page.get_by_role("alert")).to_contain_text("请先勾选")
    for each in (second, third):
        page.get_by_label(f"选择 {each.pk}").check()
    page.get_by_role("button", name="通过所选").click()
    expect(page.get_by_role("status")).to_contain_text("已通过 2 项")
    reads_well(page)
    states = dict(Declaration.objects.values_list("pk", "state"))
    assert states == {first.pk: "returned", second.pk: "district", third.pk: "district"}


def published(city: SmallCity) -> RatingCycle:
    """Straight to a public result, by the services."""
    city.step(State.CLOSED, CLOSING, waive=["sources"], because="其余来源本期未提供")
    run = run_make(cycle=city.fresh(), actor=city.actor("officer", CLOSING), now=CLOSING)
    RatingCycle.objects.filter(pk=city.cycle.pk).update(public=run, state=State.PUBLISHED)
    return city.fresh()


def test_a_plan_is_fixed_drawn_drawn_again_and_its_results_entered(page: Page, log_in: LogIn, city: SmallCity) -> None:
    published(city)
    log_in("reviewer")
    page.goto(f"{DESK}plans/")
    reads_well(page)
    page.get_by_label("D 级:抽查比例").fill("1%")
    page.get_by_label("检查人员名录").fill("甲\n乙\n丙")
    page.get_by_role("button", name="固定名单和比例").click()
    expect(page.get_by_role("alert")).to_contain_text("不低于较好等级")
    reads_well(page)
    for grade in "ABCD":
        page.get_by_label(f"{grade} 级:抽查比例").fill("100%")
    page.get_by_role("button", name="固定名单和比例").click()
    expect(page.get_by_role("status")).to_contain_text("已固定")
    reads_well(page)
    plan = InspectionPlan.objects.get()
    assert plan.secret not in page.content(), "the seed is published with the draw, not before"
    page.get_by_label("他人在名单公布后确定的内容").fill("2026-11-23 开奖 01 02 03")
    page.get_by_role("button", name="抽取").click()
    expect(page.get_by_role("main")).to_contain_text("与登记一致")
    expect(page.get_by_role("main")).to_contain_text(plan.secret)
    reads_well(page)
    page.get_by_role("link", name="登记结果").first.click()
    page.get_by_label("责令改正").check()
    page.get_by_label("检查日期").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明发现的问题")
    reads_well(page)
    page.get_by_label("发现的问题").fill("公示栏缺收支情况")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("region", name="检查")).to_contain_text("公示栏缺收支情况")
    assert plan.inspections.exclude(done_on=None).count() == 1


def test_what_if_shows_who_would_move_and_keeps_nothing(page: Page, log_in: LogIn, city: SmallCity) -> None:
    cycle = published(city)
    log_in("officer")
    text = standard_text().replace('share = "0.50"', 'share = "0.10"')
    edited = {"name": "a.toml", "mimeType": "application/toml", "buffer": text.encode()}
    page.goto(f"{DESK}what-if/")
    reads_well(page)
    page.get_by_label("标准文件").set_input_files(edited)
    page.get_by_role("button", name="试算").click()
    expect(page.locator(".flow svg")).to_be_visible()
    reads_well(page)
    broken = {**edited, "buffer": text.replace("up_to", "upto").encode()}
    page.get_by_label("标准文件").set_input_files(broken)
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("alert")).to_contain_text("不成立")
    reads_well(page)
    assert cycle.runs.count() == 1
    page.goto(f"{DESK}standard/")
    page.get_by_label("标准文件").set_input_files(edited)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("与本周期标准的不同")
    reads_well(page)
    page.goto(f"{DESK}settings/")
    page.get_by_label("异议期").fill("3")
    page.get_by_label("理由").fill("试试")
    page.get_by_role("button", name="保存设置").click()
    expect(page.get_by_role("alert")).to_contain_text("7 至 30")
    reads_well(page)


def test_a_fact_is_mended_and_ended_with_a_reason_and_its_versions_stay(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    log_in("officer")
    page.goto(f"{DESK}facts/")
    reads_well(page)
    page.get_by_role("link", name="F1", exact=True).click()
    reads_well(page)
    page.get_by_label("日期").fill("2026-04-01")
    page.get_by_role("button", name="更正").click()
    expect(page.get_by_label("理由")).to_have_class("form-control is-invalid")
    reads_well(page)
    assert Fact.objects.filter(fact_id="F1").count() == 1
    page.get_by_label("理由").fill("决定书日期有误")
    page.get_by_role("button", name="更正").click()
    expect(page.get_by_role("status")).to_contain_text("已更正")
    expect(page.locator(".timeline > li")).to_have_count(2)
    page.get_by_label("理由").fill("当事人是另一家企业")
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_role("main")).to_contain_text("这一版已不再计入")
    reads_well(page)
    assert not Fact.objects.filter(fact_id="F1", ended=None).exists()


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("stranger", "sheets/P1/", 404),
        ("stranger", f"verifications/P1/{ONE}/", 404),
        ("stranger", "reviews/{declaration}/", 404),
        ("clerk", "", 403),
        ("clerk", "facts/", 403),
        ("reviewer", "facts/{fact}/", 403),
        ("officer", "facts/{fact}/", 200),
        ("drafter", "sheets/P1/sign/", 403),
        ("reviewer", "step/closed/", 403),
        ("signer", "files/", 403),
        ("officer", "reviews/999999/", 404),
        ("officer", "step/no-such-step/", 404),
    ],
)
def test_what_belongs_to_others_is_hidden_or_refused(
    context: BrowserContext, log_in: LogIn, city: SmallCity, who: str, address: str, status: int
) -> None:
    made, held = declared(city), Fact.objects.get(fact_id="F1")
    log_in(who)
    got = context.request.get(f"{DESK}{address.format(declaration=made.pk, fact=held.pk)}")
    assert got.status == status
