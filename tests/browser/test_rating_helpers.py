"""Those who help a rating along, in the browser: associations, the complaint line, authorities; whoever checks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.looking import reads_well
from tests.browser.test_rating_desks import DESK
from tests.rating.published import clock
from tests.rating.small_cycle import COLLECTING, ONE, SmallCity, at, collecting_city

from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.services.tree import competence_set, organisation_create
from gongbao.rating.models import ComplaintItem, Fact, HelpTask, State
from gongbao.rating.services.declarations import declaration_make
from gongbao.rating.services.nights import live_scores_store

LogIn = Callable[[str], None]
OWN = f"/desk/enterprise/{ONE}/2026H1"


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Without the made-up people of the demonstration, whose offices are competent for the same."""
    return live_server.url


@pytest.fixture
def city(site: str, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    """The small city with an association and a complaint line; the police may order what urban management may."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    clock(monkeypatch, COLLECTING)
    made, top = collecting_city(tmp_path / "files"), Organisation.objects.get(code="110000")
    for code, kind, role in (("guild", "association", "helper"), ("line", "complaint_line", "complaints")):
        office = organisation_create(code=code, kind=kind, name=f"示例{code}", parent=top, now=COLLECTING)
        person, first_day = Person.objects.create(username=f"{code}-person", name=code), at("01-01 00:00").date()
        Membership.objects.create(person=person, organisation=office, role=role, first_day=first_day)
    police = made.organisations["police"]
    competence_set(
        authority=police, matter="enforcement.urban_management", place=police.parent,
        first_day=COLLECTING.date(), now=COLLECTING,
    )  # fmt: skip
    return made


def test_an_association_is_asked_about_a_claim_and_its_report_stands_beside_the_proof(
    page: Page, log_in: LogIn, city: SmallCity
) -> None:
    made = declaration_make(
        cycle=city.fresh(), uscc=ONE, indicator="media", project_id="P1", occurred_on=at("03-01 10:00").date(),
        proofs=[("报道.txt", "虚构".encode())], actor=city.actor("clerk"), now=COLLECTING,
    )  # fmt: skip
    log_in("reviewer")
    page.goto(f"{DESK}reviews/{made.pk}/")
    page.get_by_role("link", name="请协会协助核对").click()
    page.get_by_label("需要协助的内容").fill("请核对报道原文")
    page.get_by_label("请在这一天").fill("2026-06-19")
    page.get_by_role("button", name="提出请求").click()
    expect(page.get_by_role("alert")).to_contain_text("不早于 2026-06-20")
    reads_well(page)
    page.get_by_label("请在这一天").fill("2026-06-25")
    page.get_by_role("button", name="提出请求").click()
    expect(page.get_by_role("status")).to_contain_text("已请协会协助")
    reads_well(page)
    log_in("guild-person")
    page.goto("/desk/")
    page.get_by_role("link", name="协助任务").click()
    reads_well(page)
    page.get_by_role("link", name=str(HelpTask.objects.get().pk), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("报道.txt")
    page.get_by_label("协助结果").fill("原文属实")
    reads_well(page)
    page.get_by_role("button", name="提交反馈").dblclick()
    expect(page.get_by_role("main")).to_contain_text("原文属实")
    log_in("reviewer")
    page.goto(f"{DESK}reviews/{made.pk}/")
    expect(page.get_by_role("region", name="证明材料")).to_contain_text("原文属实")
    reads_well(page)


def test_a_single_complaint_is_supplied_contested_and_struck(
    page: Page, log_in: LogIn, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in("line-person")
    page.goto(f"{DESK}complaints/")
    head = "诉求编号,项目编号,日期,是否涉及企业\n"

    def send(text: str) -> None:
        given = {"name": "诉求.csv", "mimeType": "text/csv", "buffer": (head + text).encode()}
        page.get_by_label("诉求明细(CSV)").set_input_files(given)
        page.get_by_role("button", name="导入").click()

    send("N1,P9,2026-02-03,是\n")
    expect(page.get_by_role("region", name="问题")).to_contain_text("本周期登记在册的项目")
    reads_well(page)
    send("N1,P1,2026-02-03,是\n")
    expect(page.get_by_role("status")).to_contain_text("1 件")
    reads_well(page)
    city.release()
    clock(monkeypatch, at("07-16 10:00"))
    log_in("clerk")
    page.goto(f"{OWN}/complaints/")
    reads_well(page)
    page.get_by_role("link", name="对这一件有异议 N1").click()
    expect(page.get_by_label("有异议的内容")).to_have_value("诉求 N1(2026-02-03)")
    expect(page.get_by_label("12345诉求量排名")).to_be_checked()
    reads_well(page)
    log_in("line-person")
    page.goto(f"{DESK}complaints/")
    page.get_by_role("link", name="N1", exact=True).click()
    reads_well(page)
    page.get_by_label("理由").fill("属于供暖问题")
    page.get_by_role("button", name="标记为不涉及企业").click()
    expect(page.get_by_role("main")).to_contain_text("否,不计入")
    reads_well(page)
    assert not ComplaintItem.objects.get(ended=None).concerns


def test_an_authority_enters_a_penalty_once(page: Page, log_in: LogIn, city: SmallCity) -> None:
    log_in("enforcer")
    page.goto("/desk/")
    page.get_by_role("link", name="责令和处罚").click()
    reads_well(page)
    page.get_by_label("行为和决定").select_option("waste:")
    page.get_by_label("企业统一社会信用代码").fill(ONE)
    page.get_by_label("文书日期").fill("2026-03-05")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("alert")).to_contain_text("文书编号")
    reads_well(page)
    page.get_by_label("文书编号").fill("示例城管罚〔2026〕7号")
    page.get_by_role("button", name="登记").dblclick()
    expect(page.get_by_role("region", name="本单位提供的责令和处罚")).to_contain_text("7号")
    reads_well(page)
    assert Fact.objects.filter(document_no="示例城管罚〔2026〕7号").count() == 1


def test_an_enterprise_sees_its_curve_and_anybody_how_to_check_a_result(
    page: Page, log_in: LogIn, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_scores_store(cycle=city.fresh(), now=at("06-18 02:00"))
    log_in("clerk")
    page.goto(f"{OWN}/")
    expect(page.locator(".chart-drawing canvas")).to_have_count(1)
    reads_well(page)
    city.release()
    for state in (State.FINAL, State.PUBLISHED):
        city.step(state, at("07-25 10:00"))
    clock(monkeypatch, at("07-26 10:00"))
    page.goto("/rating/data/")
    expect(page.locator("pre.command")).to_contain_text("gongbao rating check run-2026H1.json")
    reads_well(page)
