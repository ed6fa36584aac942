"""Periods of joint handling: over the Spring Festival, into a year without a calendar, suspended, split, silent."""

from datetime import date

import pytest
from tests.firesafety.city import WHEN, District, at, states

from gongbao.cases.models import CaseDeadline
from gongbao.cases.services.clock import tick
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Place
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db


def running(place: Place) -> dict[str, date | None]:
    assert place.case
    return {row.code: row.due for row in place.case.deadlines.filter(ended_at=None)}


def test_seven_working_days_reach_over_the_spring_festival_and_its_make_up_days(district: District) -> None:
    now = at("2026-02-12 10:00")
    place = district.send(now)
    district.admit(place, now)
    assert running(place) == {"housing_decision": date(2026, 2, 28), "fire_decision": date(2026, 2, 28)}
    row = CaseDeadline.objects.get(case=place.case, code="fire_decision")
    counting = [day for day, _, counts, *_ in row.counted if counts]
    # two make-up days of the festival count: Saturday 14 and Saturday 28 February
    assert counting == [f"2026-02-{n}" for n in (13, 14, 24, 25, 26, 27, 28)]
    assert not row.provisional


def test_a_period_that_reaches_into_2027_is_provisional(district: District) -> None:
    now = at("2026-12-29 10:00")
    place = district.send(now)
    district.admit(place, now)
    rows = CaseDeadline.objects.filter(case=place.case, ended_at=None)
    assert rows and all(row.provisional for row in rows)


def test_what_is_handed_in_at_the_desk_counts_from_that_day(district: District) -> None:
    place = district.send(at("2026-03-04 10:00"), offline=True, handed_in=date(2026, 3, 2))
    assert running(place)["fire_admission"] == date(2026, 3, 9)


@pytest.mark.parametrize(("day", "here"), [("2026-03-09 23:59", "received"), ("2026-03-10 00:01", "admitted")])
def test_silence_admits_when_the_fifth_working_day_is_over(district: District, day: str, here: str) -> None:
    place = district.send()
    tick(now=at(day))
    assert states(place) == f"{here} {here} waiting"


def test_the_late_voucher_bears_the_last_of_the_five_days(district: District) -> None:
    place = district.send()
    tick(now=at("2026-03-12 10:00"))
    papers = Paper.objects.filter(subject=f"fire/{place.pk}", name="受理凭证")
    assert [str(paper.issued_on) for paper in papers] == ["2026-03-09", "2026-03-09"]
    assert all(["内容", "逾期视为受理(由系统到期作出)"] in paper.content["rows"] for paper in papers)
    assert running(place)["housing_decision"] == date(2026, 3, 18)


def test_a_new_five_days_begin_with_what_was_supplied_and_nothing_supplied_ends_the_matter(district: District) -> None:
    place = district.send()
    district.move(place, "housing", "housing.ask", missing="竣工图")
    assert running(place)["housing_supplement"] == date(2026, 3, 23)
    district.move(place, "clerk", "housing.supply", at("2026-03-23 23:00"), supplied="已补")
    assert running(place)["housing_admission"] == date(2026, 3, 30)
    other = district.send()
    district.move(other, "housing", "housing.ask", missing="竣工图")
    tick(now=at("2026-03-24 00:01"))
    assert states(other).startswith("not_admitted ordinary")


def test_a_suspension_moves_the_date_of_that_authority_alone(district: District) -> None:
    place = district.send()
    district.admit(place)
    before = running(place)
    district.move(
        place, "housing", "housing.suspend", at("2026-03-04 10:00"), pause_ground="第三方检测", pause_until="2026-03-10"
    )
    assert running(place)["housing_decision"] is None and running(place)["fire_decision"] == before["fire_decision"]
    tick(now=at("2026-03-11 09:00"))
    # working days 4, 5, 6, 9 and 10 March do not count
    assert running(place)["housing_decision"] == date(2026, 3, 18)
    assert before["housing_decision"] == date(2026, 3, 11)


def test_a_suspension_ends_on_a_day_that_lies_ahead(district: District) -> None:
    place = district.send()
    district.admit(place)
    before = running(place)
    with pytest.raises(BadInput):
        district.move(place, "fire", "fire.suspend", pause_ground="听证", pause_until=WHEN.date().isoformat())
    assert running(place) == before
    district.move(place, "fire", "fire.suspend", pause_ground="听证", pause_until="2026-03-03")


def test_the_ordinary_period_counts_from_the_own_voucher_and_keeps_the_suspension(district: District) -> None:
    place = district.send()
    district.admit(place)
    plain = district.send()
    district.admit(plain)
    district.move(place, "housing", "housing.suspend", pause_ground="检测", pause_until="2026-03-04")
    for one in (place, plain):
        district.move(one, "clerk", "fire.withdraw", at("2026-03-03 10:00"))
    assert states(place).startswith("admitted")  # the split waits for the end of the suspension
    tick(now=at("2026-03-05 09:00"))
    assert running(plain) == {"housing_ordinary": date(2026, 3, 23)}
    # Monday itself is the day of the voucher; 3 and 4 March do not count
    assert running(place) == {"housing_ordinary": date(2026, 3, 25)}


def test_a_late_decision_is_valid_and_marked_late(district: District) -> None:
    place = district.send()
    district.admit(place)
    district.fix(place)
    late = at("2026-03-20 10:00")
    district.visit(place, "fire", late)
    district.move(place, "fire", "fire.approve", late, opinion="同意")
    row = CaseDeadline.objects.get(case=place.case, code="fire_decision")
    assert (row.outcome, states(place).split()[1]) == ("late", "approved")
