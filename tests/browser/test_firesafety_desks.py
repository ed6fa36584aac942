"""Joint handling in the browser: the desks of both authorities, from acceptance to decisions and their delivery."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, violations

from gongbao.cases.services.engine import case_move
from gongbao.firesafety.models import Attempt, Delivery, Inspection, Offer, Place
from gongbao.firesafety.services.applications import application_send, application_start, place_save
from gongbao.firesafety.services.draws import drawing_of
from gongbao.firesafety.services.turns import fire_turn
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of


def actor(name: str) -> Actor:
    return actor_of(Person.objects.get(username=name), timezone.localdate())


def sent(matter: str = "acceptance", *, offline: bool = False, drawn: bool | None = None) -> Place:
    """A place that was applied for just now. drawn: how its draw comes out; the applicant's part is tried for it."""
    now, who = timezone.now(), actor("window" if offline else "enterprise")
    draft = application_start(
        applicant=Organisation.objects.get(code="demo-enterprise"), actor=who, now=now, matter=matter,
        window=Organisation.objects.get(code="demo-window") if offline else None,
        district=Organisation.objects.get(code="110102"), project="演示工程", address="演示路1号",
        delivery_address="演示路1号", delivery_to="演示", address_confirmed=True, electronic=not offline,
        handed_in=timezone.localdate(now) if offline else None,
    )  # fmt: skip
    place_save(application=draft, actor=who, now=now, name="演示场所", kind="singing", operator="演示经营者")
    application_send(application=draft, actor=who, now=now)
    place = draft.places.get()
    while drawn is not None and drawing_of(place, timezone.localdate(now)).drawn != drawn:
        place.application.draw_part += "1"
        place.application.save()
    return place


class Desk:
    """The page of a place at the desk, used by one person after the other."""

    def __init__(self, page: Page, log_in: Callable[[str], None], place: Place) -> None:
        self.page, self.log_in, self.place = page, log_in, place
        assert place.case
        self.number = str(place.case.number)

    def as_(self, who: str) -> None:
        self.log_in(who)
        self.page.goto(f"/desk/fire/places/{self.number}/")

    def do(self, who: str, move: str, **fields: str) -> None:
        self.as_(who)
        self.page.get_by_role("link", name=move, exact=True).click()
        for label, value in fields.items():
            self.page.get_by_label(label, exact=False).first.fill(value)
        self.page.get_by_role("button", name="确定办理").click()
        expect(self.page.get_by_role("status")).to_contain_text(f"已办理:{move}")

    def admit(self) -> None:
        for who in ("housing", "fire"):
            self.do(who, "符合受理条件")

    def agree(self) -> None:
        """Dates proposed on the page, agreed by the applicant; then the day comes."""
        self.as_("fire")
        self.page.get_by_role("link", name="提议检查时间").click()
        reads_well(self.page)
        self.page.get_by_role("button", name="提议").click()
        expect(self.page.get_by_role("status")).to_contain_text("等待申请人答复")
        offer = Offer.objects.filter(place=self.place).earliest("at")
        chosen = f"{timezone.localtime(offer.at):%Y-%m-%d %H:%M}"
        self.moved("window" if self.place.application.window else "enterprise", "visit", "agree", visit_at=chosen)
        Inspection.objects.filter(place=self.place).update(at=timezone.now() - timedelta(hours=1))

    def moved(self, who: str, track: str, move: str, **fields: Any) -> None:
        """A step of the applicant, whose pages are tested elsewhere."""
        case, person = self.place.case, Person.objects.get(username=who)
        assert case
        version = case.tracks.get(code=track).version
        case_move(case=case, track=track, move=move, version=version, actor=person, now=timezone.now(), fields=fields)

    def inspect(self, who: str, record: str = "记录检查") -> None:
        self.as_(who)
        for number in "甲乙":
            self.page.get_by_label("姓名").fill(f"演示{number}")
            self.page.get_by_label("执法证件号").fill(f"演示-{who}-{number}")
            self.page.get_by_role("button", name="登记", exact=True).click()
            expect(self.page.get_by_role("status")).to_contain_text("检查人员已登记")
        says = {"housing": "现场评定(检查)意见", "fire": "消防现场检查意见"}[who]
        self.do(who, record, **{says: "符合要求"})

    def states(self, *wanted: str) -> None:
        self.page.goto(f"/desk/fire/places/{self.number}/")
        found = [" ".join(text.split()) for text in self.page.locator(".lead strong").all_inner_texts()]
        assert found == list(wanted)


def reads_well(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def at_desk(page: Page, log_in: Callable[[str], None], site: str) -> Callable[[Place], Desk]:
    return lambda place: Desk(page, log_in, place)


def test_joint_acceptance_from_the_queue_to_both_decisions(at_desk: Callable[[Place], Desk]) -> None:
    desk = at_desk(sent())
    desk.log_in("fire")
    desk.page.goto("/desk/fire/")
    reads_well(desk.page)
    desk.page.get_by_role("link", name=desk.number).click()
    reads_well(desk.page)
    desk.admit()
    desk.states("已受理", "已受理", "待约定时间")
    desk.agree()
    for who in ("housing", "fire"):
        desk.inspect(who)
    desk.do("housing", "合格", 决定意见="消防验收合格")
    desk.do("fire", "同意投入使用、营业", 决定意见="同意")
    desk.states("合格", "同意投入使用、营业", "协同检查结束")
    expect(desk.page.locator("main")).to_contain_text("联合意见")
    reads_well(desk.page)


def test_a_filing_that_is_drawn_fails_its_spot_check_is_remedied_and_checked_again(
    at_desk: Callable[[Place], Desk],
) -> None:
    desk = at_desk(sent("filing", drawn=True))
    desk.admit()
    desk.states("已受理,备案被抽中", "已受理", "待约定时间")
    desk.agree()
    for who in ("housing", "fire"):
        desk.inspect(who)
    desk.do("housing", "抽查不合格,停止使用", 理由="疏散门上锁", 需整改的内容="拆除门锁")
    desk.states("停止使用,整改中", "已检查,待决定", "协同检查结束")
    desk.moved("enterprise", "housing", "remedied", supplied="已拆除")
    desk.inspect("housing", "记录复查")
    desk.do("housing", "合格", 决定意见="复查合格")
    desk.states("合格", "已检查,待决定", "协同检查结束")
    expect(desk.page.locator("main")).to_contain_text("抽中")


def test_a_filing_that_is_not_drawn_is_for_the_fire_authority_alone(at_desk: Callable[[Place], Desk]) -> None:
    desk = at_desk(sent("filing", drawn=False))
    desk.admit()
    desk.states("已备案,未抽中", "已受理", "待约定时间")
    desk.agree()
    desk.inspect("fire")
    desk.do("fire", "同意投入使用、营业", 决定意见="同意")
    desk.states("已备案,未抽中", "同意投入使用、营业", "协同检查结束")
    desk.page.get_by_role("link", name="重抽核对").click()
    expect(desk.page.locator("main")).to_contain_text("密钥在当日结束后公布")
    reads_well(desk.page)
    fire_turn(timezone.now() + timedelta(days=1))
    desk.page.reload()
    expect(desk.page.locator(".notice.success")).to_contain_text("结果与备案凭证一致")
    reads_well(desk.page)


def test_one_authority_does_not_admit_and_the_other_goes_on_the_ordinary_way(
    at_desk: Callable[[Place], Desk],
) -> None:
    desk = at_desk(sent())
    desk.do("housing", "符合受理条件")
    desk.do("fire", "不予受理", 理由="不属于本级", 应向其申请的机关="演示市级消防部门")
    desk.states("按普通方式办理", "不予受理", "协同检查结束")
    desk.inspect("housing", "记录单独检查")
    desk.do("housing", "不合格", 理由="防火分隔缺失", 需整改的内容="补做防火分隔")
    desk.states("不合格", "不予受理", "协同检查结束")
    desk.as_("housing")
    desk.page.get_by_role("link", name="撤销或吊销").click()
    reads_well(desk.page)
    desk.page.get_by_label("撤销").check()
    desk.page.get_by_label("理由和依据").fill("适用依据错误")
    desk.page.get_by_role("button", name="确定终止决定").click()
    expect(desk.page.locator("main")).to_contain_text("已撤销")


def test_an_offline_paper_that_nobody_takes_is_delivered_by_public_notice(
    at_desk: Callable[[Place], Desk],
) -> None:
    desk = at_desk(sent(offline=True))
    desk.admit()
    row = Delivery.objects.filter(place=desk.place, party="fire").first()
    assert row
    desk.log_in("fire")
    desk.page.goto("/desk/fire/deliveries/")
    reads_well(desk.page)
    proof = {"name": "证明.txt", "mimeType": "text/plain", "buffer": "演示".encode()}
    for way, failed in (("直接送达", "无人"), ("邮寄送达", "退回"), ("公告送达", "")):
        desk.page.goto(f"/desk/fire/deliveries/{row.pk}/")
        desk.page.get_by_label(way).check()
        if failed:
            desk.page.get_by_label("未送达的原因").fill(failed)
        else:
            desk.page.get_by_label("送达证明").set_input_files(proof)  # type: ignore[arg-type]
        desk.page.get_by_role("button", name="保存记录").click()
        expect(desk.page.get_by_role("status")).to_contain_text("已记录")
    reads_well(desk.page)
    desk.page.get_by_role("main").get_by_role("link", name="公告", exact=True).click()
    expect(desk.page.locator("main")).to_contain_text("受理凭证")
    reads_well(desk.page)
    until = Attempt.objects.get(way="notice").until
    assert until
    fire_turn(timezone.now() + timedelta(days=31))
    desk.page.goto(f"/desk/fire/deliveries/{row.pk}/")
    expect(desk.page.locator("main")).to_contain_text("送达回证")
    row.refresh_from_db()
    assert row.effective_on == until
