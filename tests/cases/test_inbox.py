"""Whose turn it is: each person sees what waits for her, the most urgent first, and nothing else."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cases.city import City, at

from gongbao.cases.refusals import NotYours
from gongbao.cases.selectors import (
    cases_of,
    day_table,
    days_left,
    deadlines_overdue,
    history,
    inbox,
    inbox_counts,
    moves_for,
    next_parties,
)  # fmt: skip
from gongbao.cases.services.remarks import comment_add
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 2)


def seen(city: City, who: str, on: date = DAY, **filters: object) -> list[str]:
    return [part.case.title for part in inbox(city.people[who], on, **filters)]  # type: ignore[arg-type]


def test_each_sees_what_waits_for_her_and_nothing_else(city: City) -> None:
    city.objection()
    city.place()
    assert seen(city, "officer") == ["甲物业 2026H1"]
    assert seen(city, "builder") == seen(city, "fireman") == ["某商场"]
    assert seen(city, "clerk") == ["甲物业 2026H1", "某商场"]  # may withdraw either
    assert seen(city, "stranger") == seen(city, "manager") == seen(city, "streetman") == []


def test_the_most_urgent_comes_first_and_filters_narrow_it_down(city: City) -> None:
    city.objection(now=at("07-06 10:00"))  # due on 15 July
    city.objection()  # due on 10 July
    dues = [part.due for part in inbox(city.people["officer"], DAY)]
    assert dues == [date(2026, 7, 10), date(2026, 7, 15)]
    for on, overdue, soon in [
        (date(2026, 7, 7), 0, 0), (date(2026, 7, 8), 0, 1), (date(2026, 7, 10), 0, 1), (date(2026, 7, 11), 1, 0),
        (date(2026, 7, 13), 1, 1), (date(2026, 7, 16), 2, 0),
    ]:  # fmt: skip
        counts = inbox_counts(city.people["officer"], on)
        assert (counts.waiting, counts.overdue, counts.soon) == (2, overdue, soon), on
        assert len(seen(city, "officer", on, overdue=True)) == overdue
        assert len(seen(city, "officer", on, soon=True)) == soon
    assert len(seen(city, "officer", process="objection")) == 2 and seen(city, "officer", process="fire_joint") == []
    assert len(seen(city, "officer", words="甲物业")) == 2 and seen(city, "officer", words="乙物业") == []


def test_an_ended_case_leaves_the_inbox_and_stays_among_the_cases(city: City) -> None:
    case = city.objection()
    city.move(case, "clerk", "withdraw")
    assert seen(city, "officer") == []
    assert list(cases_of(city.people["officer"], DAY)) == [case]
    assert not cases_of(city.people["stranger"], DAY).exists()


def test_supervisors_list_what_is_overdue_below_an_organisation(city: City) -> None:
    case = city.place()
    for on, expected in [(date(2026, 7, 8), 0), (date(2026, 7, 9), 2)]:
        assert deadlines_overdue(on).count() == expected
    housing = deadlines_overdue(date(2026, 7, 9), city.organisations["housing"])
    assert [(d.code, d.case) for d in housing] == [("housing_admission", case)]
    assert not deadlines_overdue(date(2026, 7, 9), city.organisations["street"]).exists()


def test_days_left_are_working_days_and_go_below_zero(city: City) -> None:
    deadline = city.objection().deadlines.get()
    left = [days_left(deadline, date(2026, 7, day), day_table()) for day in (9, 10, 11, 13, 14)]
    assert left == [1, 0, 0, -1, -2]


def test_a_person_is_offered_her_own_moves_with_why_one_does_not_go_yet(city: City) -> None:
    case = city.place()
    offered = {choice.move.code: choice.why_not for choice in moves_for(case, city.people["builder"], DAY)}
    assert offered.keys() == {"ask", "mend", "not_admit", "find_ready", "propose", "terminate"}
    assert offered["ask"] is None
    assert offered["propose"] is not None and "已受理" in offered["propose"].zh
    assert moves_for(case, city.people["stranger"], DAY) == []
    assert next_parties(case) == ["applicant", "window", "housing", "fire"]


def test_what_a_person_holds_is_read_once_for_all_moves_of_a_case(
    city: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = city.place()
    with django_assert_max_num_queries(6):  # tracks, deadlines twice, parts, own posts, lent posts
        assert len(moves_for(case, city.people["builder"], DAY)) == 6


def test_comments_are_read_by_the_parties_stand_in_the_history_and_outside_the_chain(city: City) -> None:
    case = city.objection()
    comment_add(case=case, text="请看附件,联系人李四", actor=city.people["officer"], now=at("07-02 10:00"))
    with pytest.raises(NotYours):
        comment_add(case=case, text="–", actor=city.people["stranger"], now=at("07-02 10:00"))
    with pytest.raises(BadInput):
        comment_add(case=case, text=" ", actor=city.people["officer"], now=at("07-02 10:00"))
    last, first = history(case)
    assert (last.title.zh, last.said, last.step.person) == (
        "留言",
        {"text": "请看附件,联系人李四"},
        city.people["officer"],
    )
    assert (first.title.zh, first.step.state_after) == ("提出异议", "")
    assert "李四" not in last.step.entry.payload
