"""E-Town measures: the first-named office leads, the others consent; silence is asked again once and then counts."""

from datetime import date

import pytest
from tests.support.city import MONDAY, City, at

from gongbao.cases.models import Case
from gongbao.cases.services.clock import tick
from gongbao.cases.services.engine import case_move
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Person
from gongbao.support.models import Application, Consent
from gongbao.support.selectors.consents import outcome
from gongbao.support.selectors.submission import screening
from gongbao.support.services.payments import batch_make
from gongbao.support.services.promises import budget_set


def answer(made: Application, office: str, who: str, move: str, **fields: str) -> None:
    case = Consent.objects.filter(application=made, office__code=office).latest("round").case
    case_move(
        case=case, track="consent", move=move, version=None, actor=Person.objects.get(username=who), now=MONDAY,
        fields=fields,
    )  # fmt: skip


def asked(city: City, measure: str = "energy-7a") -> Application:
    made = city.sent(measure, who="maker", project="甲氢能示范", place="开发区演示街1号")
    assert city.state(made) == "received"
    return city.move(made, "office", "ask", opinion="符合方向")


def test_the_first_named_office_leads_and_each_other_is_asked_once(city: City) -> None:
    made = asked(city)
    assert made.case.parts.get(party="lead").organisation.code == "demo-office"
    assert [c.office.code for c in made.consents.all()] == ["demo-office-economy", "demo-office-tech"]
    assert city.state(made) == "consenting"


def test_silence_is_asked_again_once_and_then_counts_as_consent_and_is_noted(city: City) -> None:
    made = asked(city)
    answer(made, "demo-office-tech", "office-tech", "consent")
    silent = made.consents.get(office__code="demo-office-economy")
    tick(now=at("08-17"))
    assert (silent.case.tracks.get().state, city.state(made)) == ("asked", "consenting")
    tick(now=at("08-18"))
    assert (silent.case.tracks.get().state, city.state(made)) == ("asked_again", "consenting")
    tick(now=at("09-01"))
    assert (outcome(silent), city.state(made)) == ("silent", "deciding")
    assert "视为同意" in Case.objects.get(pk=made.case.pk).fields["opinion"]


def test_an_office_that_does_not_consent_sends_it_back_to_the_leading_office(city: City) -> None:
    made = asked(city)
    answer(made, "demo-office-tech", "office-tech", "object", opinion="平台尚未建成")
    assert city.state(made) == "consenting"
    tick(now=at("08-18"))
    tick(now=at("09-01"))
    assert city.state(made) == "received"
    city.move(made, "office", "ask", at("09-02"), opinion="已补充说明")
    assert [c.round for c in made.consents.all()] == [1, 1, 2, 2]


def test_a_withdrawn_application_asks_nobody_any_more(city: City) -> None:
    made = asked(city)
    city.move(made, "maker", "withdraw")
    assert {outcome(c) for c in made.consents.all()} == {"dropped"}


def test_a_measure_with_one_office_goes_from_review_to_decision_notice_and_payment(city: City) -> None:
    made = city.sent("energy-8", who="maker", project="甲储能实验室", place="开发区演示街2号")
    city.move(made, "office", "pass", opinion="符合")
    assert city.state(made) == "deciding"
    most = made.assessed
    with pytest.raises(BadInput):
        city.move(made, "office", "decide", amount=f"{most // 100 + 1}", reasons="认定")
    city.move(made, "office", "decide", amount=f"{most // 100}", reasons="认定")
    city.move(made, "office", "publish")
    tick(now=at("08-11"))
    budget_set(programme="etown-future-energy", year=2026, amount="9000000", actor=city.act("office"), now=at("08-11"))
    assert batch_make(programme="etown-future-energy", year=2026, actor=city.act("office"), now=at("08-11"))
    assert city.state(made) == "tracking"


def test_measures_of_one_document_stand_beside_each_other_and_another_document_does_not(city: City) -> None:
    first = city.sent("energy-8", who="maker", project="甲平台", place="开发区演示街3号")
    second = city.sent("energy-1", who="maker", project="甲平台", place="开发区演示街3号")
    again = city.sent("energy-1", who="maker", project="甲平台", place="开发区演示街3号")
    other = city.sent("auto-5", who="maker", project="甲平台", place="开发区演示街3号")
    assert [city.state(one) for one in (first, second, again, other)] == ["received", "received", "refused", "refused"]


@pytest.mark.parametrize(("measure", "fourth"), [("auto-3", "taken"), ("energy-8", "clear")])
def test_a_project_may_have_again_in_another_year_what_the_document_gives_for_several(
    city: City, measure: str, fourth: str
) -> None:
    made = []
    for year in ("2026", "2026", "2027", "2028", "2028"):
        day = at("08-03").replace(year=int(year))
        made.append(city.state(city.sent(measure, who="maker", project="甲产线", place="开发区演示街5号", now=day)))
    assert made == ["received", "refused", "received", "received", "refused"]
    last = city.draft(measure, who="maker", project="甲产线", place="开发区演示街5号")
    assert screening(last, date(2026, 1, 1), date(2029, 8, 3)).outcome == fourth


def consented(city: City, project: str, **facts: str) -> Application:
    """A shared platform's project, with every office that is asked in favour."""
    made = city.sent("auto-5", who="maker", project=project, place="开发区演示街4号", **facts)
    if city.state(made) == "received":
        city.move(made, "office", "ask", opinion="符合方向")
    for one in made.consents.all():
        case_move(case=one.case, track="consent", move="consent", version=None, actor=office_of(one), now=MONDAY)
    assert city.state(made) == "deciding"
    return made


def office_of(one: Consent) -> Person:
    return Person.objects.filter(demo=True, memberships__organisation=one.office).first()


@pytest.mark.parametrize(("platform", "left"), [("P1", "2000000"), ("P2", "8000000")])
def test_projects_of_one_platform_share_its_cap_across_applications(city: City, platform: str, left: str) -> None:
    first = consented(city, "甲共性平台一期", platform_id="P1", total_investment="80000000")
    city.move(first, "office", "decide", amount="8000000", reasons="按投入")
    second = consented(city, "甲共性平台二期", platform_id=platform, total_investment="80000000")
    with pytest.raises(BadInput):
        city.move(second, "office", "decide", amount=f"{left}.01", reasons="按投入")
    assert city.state(second) == "deciding"
    city.move(second, "office", "decide", amount=left, reasons="按投入")
    assert city.state(second) == "decided"
