"""What pages are told: what would reach the next grade, the days left to object, the course of a score."""

from datetime import date

import pytest
from tests.rating.published import release
from tests.rating.small_cycle import ONE, TWO, SmallCity, at

from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle, Run, Score
from gongbao.rating.selectors.enterprise import closing, objecting, released
from gongbao.rating.selectors.live import Gap, Live
from gongbao.rating.selectors.public import Shown
from gongbao.rating.views.public import course_chart

WORDS = Text("甲", "a")


def live(distance: int | None, *points: int | None) -> Live:
    gaps = tuple(Gap(f"item{number}", WORDS, gain, WORDS, WORDS) for number, gain in enumerate(points))
    grade = None if distance is None else "A"
    return Live(700_000, 0, 0, 0, 1, (), gaps, None, 5, "B", grade, distance)


@pytest.mark.parametrize(("points", "closes"), [(1_999_999, False), (2_000_000, True), (2_000_001, True), (None, True)])
def test_an_item_reaches_the_next_grade_from_the_distance_on(points: int | None, closes: bool) -> None:
    assert [reached for _, reached in closing(live(20_000, points))] == [closes]


def test_nothing_reaches_a_next_grade_where_there_is_none() -> None:
    assert [reached for _, reached in closing(live(None, 5_000_000, None))] == [False, False]


@pytest.mark.parametrize(
    ("moment", "left"), [("07-15 23:59", 7), ("07-16 00:00", 6), ("07-24 23:59", 0), ("07-25 00:00", -1)]
)
def test_the_working_days_left_to_object_end_with_the_last_day(small: SmallCity, moment: str, left: int) -> None:
    release(small)
    found = objecting(small.fresh(), at(moment))
    assert found
    assert (found.left, found.is_over) == (left, left < 0)
    assert (found.period.date, sum(day.counts for day in found.period.counted)) == (date(2026, 7, 24), 7)


def test_before_the_release_there_is_neither_result_nor_window(small: SmallCity) -> None:
    assert released(small.fresh(), ONE) is None
    assert objecting(small.fresh(), at("06-20 10:00")) is None


def test_after_the_release_each_enterprise_has_its_own_result(small: SmallCity) -> None:
    run = release(small)
    for uscc in (ONE, TWO):
        result = released(small.fresh(), uscc)
        assert result
        assert result.score
        assert (result.run, result.score.uscc, result.changed) == (run, uscc, None)


def seen(code: str, breakdown: str = "indicators") -> Shown:
    return Shown(RatingCycle(code=code), Run(), breakdown)


@pytest.mark.parametrize(
    ("before", "after", "says"), [(700_000, 700_001, "上升"), (700_000, 700_000, "持平"), (700_001, 700_000, "下降")]
)
def test_the_course_of_a_score_says_where_it_went(before: int, after: int, says: str) -> None:
    chart = course_chart([(Score(score=after), seen("2026H2")), (Score(score=before), seen("2026H1"))])
    assert chart
    assert says in chart.title.zh
    assert [label.zh for label in chart.labels if isinstance(label, Text)] == ["2026年上半年", "2026年下半年"]


def test_a_course_needs_two_cycles_that_show_scores() -> None:
    assert course_chart([(Score(score=1), seen("2026H1"))]) is None
    assert course_chart([(Score(score=1), seen("2026H2", "grade")), (Score(score=1), seen("2026H1"))]) is None
