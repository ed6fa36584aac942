"""Public notice, objections, payment in the order of decision, payments that come back, recovery."""

import pytest
from tests.support.city import MONDAY, City, at

from gongbao.cases.models import Case
from gongbao.cases.refusals import MoveRefused, NotYours
from gongbao.cases.services.clock import tick
from gongbao.cases.services.engine import case_move
from gongbao.documents import storage
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Person
from gongbao.support.models import Application, CreditMark, PublicNotice, Recovery
from gongbao.support.selectors.money import double_funding, money_year, payment_queue
from gongbao.support.services.notices import objection_make, objection_withdraw
from gongbao.support.services.payments import batch_make
from gongbao.support.services.promises import budget_set
from gongbao.support.services.recoveries import recovery_begin
from gongbao.web.errors import NotAllowed

FUND = "consumption-2026"
AFTER = at("08-11")


def noticed(city: City, amount: str = "500000", **more: str) -> Application:
    return city.decided(city.sent("debut_event", **more), amount)


def budget(city: City, amount: str) -> None:
    budget_set(programme=FUND, year=2026, amount=amount, actor=city.act("commerce-city"), now=AFTER)


def pay(city: City) -> object:
    return batch_make(programme=FUND, year=2026, actor=city.act("commerce-city"), now=AFTER)


def objected(made: Application, now: object = MONDAY, token: str = "t1") -> object:
    notice = PublicNotice.objects.get(application=made, replaced=False)
    return objection_make(notice=notice, name="李某", contact="13800000000", grounds="活动未举办", token=token, now=now)


def step(case: Case, who: str, move: str, track: str, now: object = AFTER, **fields: str) -> None:
    case_move(
        case=case, track=track, move=move, version=None, actor=Person.objects.get(username=who), now=now, fields=fields
    )


@pytest.mark.parametrize(("day", "taken"), [("08-10", True), ("08-11", False)])
def test_objections_are_taken_to_the_last_day_of_the_notice(city: City, day: str, taken: bool) -> None:
    made = noticed(city)
    if taken:
        case = objected(made, at(day)).case
        assert case.deadlines.get().due.isoformat() == "2026-08-31"
        assert "李某" not in str(case.fields)  # stands outside the chain
    else:
        with pytest.raises(MoveRefused, match="2026-08-10"):
            objected(made, at(day))
        assert not Case.objects.filter(process="support_objection").exists()


def test_sending_an_objection_twice_objects_once(city: City) -> None:
    made = noticed(city)
    assert objected(made).pk == objected(made).pk


def test_an_objection_without_a_name_is_not_taken(city: City) -> None:
    notice = PublicNotice.objects.get(application=noticed(city))
    with pytest.raises(BadInput, match="姓名"):
        objection_make(notice=notice, name="", contact="1", grounds="x", token="t", now=MONDAY)
    assert not notice.objections.exists()


def test_nothing_is_paid_while_an_objection_is_open_and_it_is_once_it_is_answered(city: City) -> None:
    made = noticed(city)
    objection = objected(made)
    tick(now=AFTER)
    budget(city, "900000")
    assert pay(city) is None
    assert city.state(made) == "payable"
    step(objection.case, "commerce-city", "reject", "objection", answer="已核实,活动如期举办")
    assert pay(city)
    assert city.state(made) == "tracking"


def test_who_objected_can_withdraw_with_nothing_but_the_token(city: City) -> None:
    objection = objected(noticed(city))
    objection_withdraw(objection=objection, now=MONDAY)
    assert Case.objects.get(pk=objection.case_id).ended_at


def test_a_changed_amount_is_published_again(city: City) -> None:
    made = noticed(city)
    city.move(made, "commerce-city", "decide_again", reasons="异议成立")
    assert city.state(made) == "deciding"
    city.move(made, "commerce-city", "decide", amount="400000", reasons="核减")
    city.move(made, "commerce-city", "publish", at("08-05"))
    notices = PublicNotice.objects.filter(application=made).order_by("pk")
    assert [(n.amount, n.replaced) for n in notices] == [(500_000_00, True), (400_000_00, False)]


def test_money_goes_out_in_the_order_of_decision_and_the_others_wait_and_are_told(city: City) -> None:
    first = noticed(city)
    second = noticed(city, project="丙首秀", place="西城区3号")
    third = noticed(city, "100000", project="丁首秀", place="西城区4号")
    tick(now=AFTER)
    budget(city, "700000")
    batch = pay(city)
    assert [p.application_id for p in batch.payments.all()] == [first.pk]
    assert [city.state(m) for m in (first, second, third)] == ["tracking", "waiting", "waiting"]
    text = storage.fetch(batch.file.sha256).decode("utf-8-sig")
    assert "演示商业有限公司" in text and "500000.00" in text
    notice = second.case.notices.filter(person__username="shop").latest("pk")
    assert "待拨付" in notice.title
    budget(city, "1100000")
    assert [p.application_id for p in pay(city).payments.all()] == [second.pk, third.pk]
    year = money_year(FUND, 2026)
    assert (year.paid, year.promised, year.left) == (1_100_000_00, 0, 0)


@pytest.mark.parametrize(("amount", "paid"), [("499999.99", False), ("500000", True), ("500000.01", True)])
def test_the_budget_is_tested_to_the_fen(city: City, amount: str, paid: bool) -> None:
    noticed(city)
    tick(now=AFTER)
    budget(city, amount)
    assert (pay(city) is not None) is paid


def test_a_returned_payment_is_payable_again_in_its_old_place(city: City) -> None:
    made = noticed(city)
    tick(now=AFTER)
    budget(city, "500000")
    pay(city)
    city.move(made, "commerce-city", "returned", AFTER, reasons="账号有误")
    assert city.state(made) == "payable"
    assert [c.application_id for c in payment_queue(FUND, 2026).pay] == [made.pk]
    assert pay(city).payments.get().application_id == made.pk


def test_a_payment_is_made_in_a_batch_only(city: City) -> None:
    made = noticed(city)
    tick(now=AFTER)
    with pytest.raises(MoveRefused, match="批次"):
        city.move(made, "commerce-city", "pay", AFTER)
    assert city.state(made) == "payable"


def test_only_the_deciding_office_sets_a_budget(city: City) -> None:
    with pytest.raises(NotAllowed):
        budget_set(programme=FUND, year=2026, amount="1", actor=city.act("commerce-district"), now=MONDAY)
    assert money_year(FUND, 2026).budget is None


def paid(city: City) -> Application:
    made = noticed(city)
    tick(now=AFTER)
    budget(city, "500000")
    pay(city)
    return made


def begun(city: City, ground: str = "false_papers") -> Recovery:
    made = paid(city)
    actor = city.act("commerce-city")
    return recovery_begin(application=made, ground=ground, found="销售凭证不实", actor=actor, now=AFTER)


def test_false_papers_after_payment_are_heard_decided_repaid_in_parts_and_marked(city: City) -> None:
    recovery = begun(city)
    case = recovery.case
    step(case, "shop", "state", "recovery", statement="财务人员差错")
    with pytest.raises(BadInput, match=r"500,000\.00"):
        step(case, "commerce-city", "decide", "recovery", amount="500000.01", reasons="虚假")
    assert not CreditMark.objects.exists()
    step(case, "commerce-city", "decide", "recovery", amount="500000", reasons="虚假")
    assert CreditMark.objects.get().organisation.code == "demo-shop"
    assert case.deadlines.get(code="repay").due.isoformat() == "2026-09-10"
    step(case, "commerce-city", "agree_parts", "recovery", plan="两期", until="2026-12-31")
    step(case, "commerce-city", "part", "recovery", amount="200000")
    with pytest.raises(BadInput, match=r"300,000\.00"):
        step(case, "commerce-city", "repaid", "recovery", amount="200000")
    step(case, "commerce-city", "repaid", "recovery", amount="300000")
    assert (case.tracks.get().state, Recovery.objects.get().repaid) == ("repaid", 500_000_00)


def test_money_that_is_not_repaid_goes_to_enforcement_though_everybody_is_silent(city: City) -> None:
    case = begun(city).case
    tick(now=at("08-19"))
    assert case.tracks.get().state == "heard"
    step(case, "commerce-city", "decide", "recovery", at("08-19"), amount="500000", reasons="虚假")
    tick(now=at("09-18"))
    assert case.tracks.get().state == "repaying"
    tick(now=at("09-19"))
    assert case.tracks.get().state == "overdue"
    tick(now=at("10-20"))
    assert case.tracks.get().state == "enforcement"


def test_money_counted_twice_is_taken_back_without_a_mark(city: City) -> None:
    case = begun(city, "double").case
    step(case, "shop", "state", "recovery", statement="无")
    step(case, "commerce-city", "decide", "recovery", amount="1000", reasons="发票重复")
    assert not CreditMark.objects.exists()


def test_money_can_be_taken_back_from_a_closed_application(city: City) -> None:
    made = paid(city)
    later = AFTER.replace(year=2027, month=9)
    tick(now=later)
    assert city.state(made) == "closed"
    assert recovery_begin(
        application=made, ground="misuse", found="挪用", actor=city.act("commerce-city"), now=later
    ).case.number


def test_nothing_is_taken_back_before_it_was_paid_nor_twice_at_once_nor_by_a_district(city: City) -> None:
    made = noticed(city)
    actor = city.act("commerce-city")
    with pytest.raises(MoveRefused, match="尚未拨付"):
        recovery_begin(application=made, ground="double", found="x", actor=actor, now=MONDAY)
    tick(now=AFTER)
    budget(city, "500000")
    pay(city)
    with pytest.raises(NotYours):
        recovery_begin(application=made, ground="double", found="x", actor=city.act("commerce-district"), now=AFTER)
    assert not Recovery.objects.exists()
    recovery_begin(application=made, ground="double", found="x", actor=actor, now=AFTER)
    with pytest.raises(MoveRefused, match="已在追回"):
        recovery_begin(application=made, ground="double", found="x", actor=actor, now=AFTER)


def test_a_project_with_two_standing_applications_is_reported(city: City) -> None:
    first = city.sent("energy-8", who="maker", project="甲平台", place="开发区3号")
    assert double_funding() == []
    second = city.sent("energy-1", who="maker", project="甲平台", place="开发区3号")
    assert [one.applications for one in double_funding()] == [(first, second)]
