"""The course of the consumption fund, from sending to the end of follow-up."""

import pytest
from tests.support.city import MONDAY, City, at

from gongbao.cases.refusals import MoveRefused
from gongbao.cases.selectors import next_parties
from gongbao.cases.services.clock import tick
from gongbao.kernel.problem import BadInput
from gongbao.organisations.permissions import Allowed, Hidden, ask
from gongbao.support.models import Application, Commitment, CreditMark, LedgerRow, PublicNotice
from gongbao.support.selectors.invoices import invoices_shared
from gongbao.support.selectors.money import money_year
from gongbao.support.selectors.worth import worth_of
from gongbao.support.services.ledgers import ledger_correct
from gongbao.support.services.payments import batch_make
from gongbao.support.services.promises import budget_set
from gongbao.support.tables.catalogue import catalogue, packaged_texts
from gongbao.support.tables.programme_files import programme_of

FUND = "consumption-2026"
TEN = {"contracts": ({"no": "1", "amount": "6000000.00"}, {"no": "2", "amount": "4000000.00"})}


def strike(city: City, row: LedgerRow) -> None:
    ledger_correct(
        row=row, version=1, changes={}, struck=True, reason="与项目无关", actor=city.act("auditor"), now=MONDAY,
        on=MONDAY.date(),
    )  # fmt: skip


def test_a_reward_goes_its_course_to_payment_and_closes_after_twelve_months(city: City) -> None:
    made = city.sent("debut_event")
    assert (city.state(made), made.assessed) == ("received", 500_000_00)
    assert made.case.parts.get(party="district").organisation.code == "demo-commerce"
    assert made.case.deadlines.get(code="first_review").due.isoformat() == "2026-09-02"
    city.decided(made, "500000", MONDAY)
    notice = PublicNotice.objects.get(application=made)
    assert (notice.amount, notice.last_day.isoformat()) == (500_000_00, "2026-08-10")
    tick(now=at("08-10"))
    assert city.state(made) == "notice"
    tick(now=at("08-11"))
    assert city.state(made) == "payable"
    budget_set(programme=FUND, year=2026, amount="1000000", actor=city.act("commerce-city"), now=at("08-11"))
    batch = batch_make(programme=FUND, year=2026, actor=city.act("commerce-city"), now=at("08-11"))
    assert batch and batch.payments.get().amount == 500_000_00
    assert city.state(made) == "tracking"
    assert money_year(FUND, 2026).paid == 500_000_00
    city.move(made, "commerce-district", "follow", at("09-01"), opinion="运营正常")
    tick(now=at("08-10").replace(year=2027))
    assert city.state(made) == "tracking"
    tick(now=at("08-12").replace(year=2027))
    assert city.state(made) == "closed"
    assert Application.objects.get(pk=made.pk).case.ended_at


def test_a_subsidy_is_cut_by_the_audit_and_both_ledgers_stay(city: City) -> None:
    made = city.sent("mixed_scene", **TEN)
    assert (made.countable, made.assessed) == (10_000_000_00, 5_000_000_00)
    city.audited(made)
    row = made.rows.get(table="contract", no="2")
    ledger_correct(
        row=row, version=1, changes={"category": "operation"}, reason="实为日常运营支出", actor=city.act("auditor"),
        now=MONDAY, on=MONDAY.date(),
    )  # fmt: skip
    city.move(made, "auditor", "report", opinion="核减一份合同")
    made.refresh_from_db()
    assert (made.countable, made.audited_countable, made.audited) == (10_000_000_00, 6_000_000_00, 3_000_000_00)
    assert [version.content["category"] for version in row.versions.all()] == ["fit_out", "operation"]
    city.move(made, "shop", "comment", comment="没有异议")
    city.move(made, "commerce-city", "settle")
    city.move(made, "commerce-city", "accept", opinion="验收合格")
    with pytest.raises(BadInput, match=r"3,000,000\.00"):
        city.move(made, "commerce-city", "decide", amount="3000000.01", reasons="按规定")
    assert city.state(made) == "deciding" and not Commitment.objects.exists()
    city.move(made, "commerce-city", "decide", amount="3000000.00", reasons="按规定")
    assert Commitment.objects.get().amount == 3_000_000_00


def test_an_applicant_who_is_silent_on_the_audit_agrees_after_five_working_days(city: City) -> None:
    made = city.audited(city.sent("mixed_scene", **TEN))
    city.move(made, "auditor", "report", opinion="属实")
    tick(now=at("08-10"))
    assert city.state(made) == "commenting"
    tick(now=at("08-11"))
    assert city.state(made) == "audited"


def test_the_auditor_sees_its_cases_only_and_not_before_it_is_asked(city: City) -> None:
    made = city.sent("mixed_scene", **TEN)
    auditor = city.act("auditor")
    assert isinstance(ask("support.application.see", auditor, made), Hidden)
    assert isinstance(ask("support.ledger.correct", auditor, made), Hidden)
    made = city.audited(made)
    assert isinstance(ask("support.application.see", auditor, made), Allowed)


def test_a_row_is_not_corrected_once_the_audit_is_reported(city: City) -> None:
    made = city.audited(city.sent("mixed_scene", **TEN))
    city.move(made, "auditor", "report", opinion="属实")
    row = made.rows.get(table="contract", no="2")
    with pytest.raises(MoveRefused, match="审计"):
        strike(city, row)
    assert row.versions.count() == 1


def test_a_contract_that_is_struck_takes_its_invoices_and_payments_with_it(city: City) -> None:
    made = city.audited(city.sent("mixed_scene", **TEN))
    row = made.rows.get(table="contract", no="2")
    strike(city, row)
    city.move(made, "auditor", "report", opinion="核减")
    made.refresh_from_db()
    assert made.audited_countable == 6_000_000_00


def test_one_who_is_too_early_is_refused_with_the_first_possible_day_and_may_apply_anew(city: City) -> None:
    made = city.sent("debut_event", held_on="2026-05-04")
    assert city.state(made) == "refused"
    paper = made.case.steps.exclude(paper=None).get().paper
    assert "2026-08-04" in str(paper.content["rows"]) and "行政复议" in str(paper.content["rows"])
    again = city.sent("debut_event", held_on="2026-05-04", now=at("08-04"))
    assert city.state(again) == "received"


def test_a_second_direction_for_a_project_is_refused_with_a_sentence(city: City) -> None:
    city.sent("debut_event")
    second = city.sent("ip_product", place="西城区演示路 1号")  # the same place, written otherwise
    assert city.state(second) == "refused"
    assert "一个项目只能申报一个方向" in str(second.case.steps.exclude(paper=None).get().paper.content["rows"])


def test_a_second_applicant_is_held_and_goes_on_when_the_first_gives_way(city: City) -> None:
    first = city.sent("debut_event")
    second = city.sent("debut_event", who="enterprise")
    assert (city.state(first), city.state(second)) == ("received", "held")
    with pytest.raises(MoveRefused, match="尚未退出"):
        city.move(second, "commerce-district", "release")
    assert city.state(second) == "held"
    city.move(second, "shop", "release", at("08-05"))
    assert (city.state(first), city.state(second)) == ("withdrawn", "received")
    assert second.case.deadlines.get(code="first_review", ended_at=None).start_day.isoformat() == "2026-08-05"


def test_a_second_applicant_goes_on_when_the_first_withdraws(city: City) -> None:
    first, second = city.sent("debut_event"), city.sent("debut_event", who="enterprise")
    city.move(first, "shop", "withdraw")
    assert (city.state(first), city.state(second)) == ("withdrawn", "received")


def test_a_second_applicant_goes_on_when_the_first_is_refused(city: City) -> None:
    first, second = city.sent("debut_event"), city.sent("debut_event", who="enterprise")
    city.move(first, "commerce-district", "refuse", reasons="不符合方向")
    assert (city.state(first), city.state(second)) == ("refused", "received")


def test_two_applicants_who_do_not_choose_in_ten_working_days_lose_the_later_application(city: City) -> None:
    first, second = city.sent("debut_event"), city.sent("debut_event", who="enterprise")
    tick(now=at("08-17"))
    assert city.state(second) == "held"
    tick(now=at("08-18"))
    assert (city.state(first), city.state(second)) == ("received", "refused")


def test_a_third_applicant_waits_while_the_second_goes_on(city: City) -> None:
    first, second = city.sent("debut_event"), city.sent("debut_event", who="enterprise")
    third = city.sent("debut_event", who="maker")
    city.move(first, "shop", "withdraw")
    assert (city.state(second), city.state(third)) == ("received", "held")


def test_the_return_for_correction_stops_the_thirty_days_and_comes_once(city: City) -> None:
    made = city.sent("debut_event")
    city.move(made, "commerce-district", "return", at("08-10"), missing="请补充活动总结报告")
    city.move(made, "shop", "supply", at("08-14"), supplied="已补充")
    assert made.case.deadlines.get(code="first_review").due.isoformat() == "2026-09-07"
    with pytest.raises(MoveRefused, match="退回"):
        city.move(made, "commerce-district", "return", at("08-17"), missing="再补")
    assert city.state(made) == "received"


def test_who_supplies_nothing_in_ten_working_days_is_refused(city: City) -> None:
    made = city.sent("debut_event")
    city.move(made, "commerce-district", "return", missing="请补充活动总结报告")
    tick(now=at("08-17"))
    assert city.state(made) == "correction"
    tick(now=at("08-18"))
    assert city.state(made) == "refused"


def test_silence_of_the_district_is_never_a_pass(city: City) -> None:
    made = city.sent("debut_event")
    tick(now=at("12-01"))
    assert city.state(made) == "received"


def test_a_wrong_office_forwards_and_day_one_is_the_receipt_there(city: City) -> None:
    made = city.sent("debut_event")
    city.move(
        made, "commerce-district", "forward", at("08-06"), district="demo-commerce-zone", reasons="注册地在开发区"
    )
    period = made.case.deadlines.get(code="first_review", ended_at=None)
    assert (period.start_day.isoformat(), period.due.isoformat()) == ("2026-08-06", "2026-09-07")
    city.move(made, "commerce-zone", "pass", at("08-07"), opinion="齐全")
    assert city.state(made) == "city_review"


def test_nothing_is_sent_before_it_is_complete(city: City) -> None:
    made = city.draft("mixed_scene", **TEN)
    made.materials.filter(slot="photos").update(state="missing")
    made.bank = ""
    made.facts["project"].pop("site_kind")
    made.save()
    with pytest.raises(BadInput) as caught:
        city.send(made)
    assert [p.column for p in caught.value.problems] == ["bank", "project.site_kind", "photos"]
    assert city.state(made) == "draft"


def test_false_papers_before_payment_bring_refusal_and_a_credit_mark(city: City) -> None:
    made = city.decided(city.sent("debut_event"), "500000")
    city.move(made, "commerce-city", "refuse_false", reasons="销售凭证系伪造")
    assert city.state(made) == "refused"
    assert CreditMark.objects.get().organisation.code == "demo-shop"
    assert Commitment.objects.get().state == "released"


def test_an_invoice_named_before_by_another_application_does_not_count(city: City) -> None:
    first = city.sent("mixed_scene", **TEN)
    other = city.sent(
        "new_format", who="enterprise", project="乙露营地", place="西城区演示路2号",
        contracts=(
            {"no": "1", "amount": "2000000.00", "invoice": "F1"},
            {"no": "2", "amount": "3000000.00", "invoice": "N2"},
        ),
    )  # fmt: skip
    assert other.countable == 3_000_000_00
    verdict = {v.no: v.reason for v in worth_of(other, other.applied_on).ledger.verdicts if v.table == "invoice"}
    assert verdict == {"F1": "duplicate", "N2": "counted"}
    assert dict(invoices_shared())["F1"] == [first, other]


def test_an_invoice_of_an_application_that_was_withdrawn_counts_elsewhere(city: City) -> None:
    first = city.sent("mixed_scene", **TEN)
    city.move(first, "shop", "withdraw")
    other = city.sent("new_format", who="enterprise", project="乙露营地", place="西城区演示路2号", **TEN)
    assert other.countable == 10_000_000_00


def test_what_can_always_be_done_is_nobodys_turn(city: City) -> None:
    made = city.sent("debut_event")
    assert next_parties(made.case) == ["district"]
    city.decided(made, "500000")
    assert next_parties(made.case) == []
    assert not made.case.parts.filter(can_move=True).exists()


def test_an_application_stays_under_the_text_of_its_day(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    made = city.sent("debut_event")
    halved = packaged_texts()[FUND].replace("yuan = 500000 }, { from = 10000000", "yuan = 250000 }, { from = 10000000")
    later = catalogue().with_programme(programme_of(halved, "later", catalogue()))
    monkeypatch.setattr("gongbao.support.selectors.editions.catalogue_on", lambda day: later)
    assert worth_of(made, made.applied_on).amount == 500_000_00
    draft = city.draft("debut_event", project="乙商场首秀", place="西城区演示路2号")
    assert worth_of(draft, MONDAY.date()).amount == 250_000_00
