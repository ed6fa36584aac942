"""Live scores are stored once a day while a cycle is open: only what changed, by the same rules as a run."""

from datetime import date, datetime
from itertools import count

import pytest
from django_tasks_db.models import DBTaskResult
from tests.rating.small_cycle import CLOSING, COLLECTING, FOUR, ONE, TWO, SmallCity, at, everything, projects

from gongbao.cases.services.clock import tick
from gongbao.rating.models import Fact, LiveNight, LiveScore, RatingCycle, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.live import live_score
from gongbao.rating.selectors.nights import curve_of, cycles_due, since_yesterday
from gongbao.rating.services import nights
from gongbao.rating.services.nights import live_in_background, live_scores_begin, live_scores_store
from gongbao.rating.services.rows import fact_end, file_import

FIRST, SECOND, THIRD = at("06-21 02:00"), at("06-22 02:00"), at("06-23 02:00")


def mend(small: SmallCity, now: datetime) -> None:
    fact_end(fact=Fact.objects.get(ended=None), because="已撤销", actor=small.actor("officer", now), now=now)


def test_a_night_stores_what_the_page_of_each_enterprise_would_say(small: SmallCity) -> None:
    night = live_scores_store(cycle=small.cycle, now=FIRST)
    assert (night.enterprises, night.changed, night.whole) == (4, 4, True)
    for row in LiveScore.objects.all():
        live = live_score(small.cycle, row.uscc)
        assert (row.score, row.base, row.bonus, row.deduction, row.projects) == (
            live.score, live.base, live.bonus, live.deduction, live.projects,
        )  # fmt: skip
        assert sum(row.points.values()) // 100 == row.score


def test_only_what_changed_is_written_and_the_curve_knows_every_night(small: SmallCity) -> None:
    live_scores_store(cycle=small.cycle, now=FIRST)
    assert live_scores_store(cycle=small.cycle, now=SECOND).changed == 0
    mend(small, SECOND)
    assert live_scores_store(cycle=small.cycle, now=THIRD).changed == 1
    one = [score for _, score in curve_of(small.cycle, ONE)]
    assert one[0] == one[1] and one[2] - one[0] == 20_000
    assert [on for on, _ in curve_of(small.cycle, TWO)] == [date(2026, 6, 21), date(2026, 6, 22), date(2026, 6, 23)]
    assert len({score for _, score in curve_of(small.cycle, TWO)}) == 1


def test_what_changed_since_yesterday_is_named_by_indicator(small: SmallCity) -> None:
    today = date(2026, 6, 22)
    assert since_yesterday(small.cycle, ONE, live_score(small.cycle, ONE), today) is None
    live_scores_store(cycle=small.cycle, now=FIRST)
    same = since_yesterday(small.cycle, ONE, live_score(small.cycle, ONE), today)
    assert same and same.changes == ()
    mend(small, SECOND)
    live_scores_store(cycle=small.cycle, now=SECOND)  # of today: not what yesterday is
    moved = since_yesterday(small.cycle, ONE, live_score(small.cycle, ONE), today)
    assert moved and moved.night.at == FIRST
    assert [(name.zh, change) for name, change in moved.changes] == [("垃圾分类处罚", 2_000_000)]


def test_whoever_takes_no_part_any_more_has_no_score_from_then_on(small: SmallCity) -> None:
    live_scores_store(cycle=small.cycle, now=FIRST)
    rows = [{**row, "managed_until": "2025-12-31"} for row in projects() if row["project_id"] == "P4"]
    file_import(cycle=small.cycle, source=small.file(projects=rows), actor=small.actor("officer"), now=SECOND)
    assert live_scores_store(cycle=small.cycle, now=SECOND).enterprises == 3
    assert [score is None for _, score in curve_of(small.cycle, FOUR)] == [False, True]
    assert live_scores_store(cycle=small.cycle, now=THIRD).changed == 0


@pytest.mark.parametrize("state", [State.OBJECTIONS, State.FINAL, State.PUBLISHED, State.ARCHIVED])
def test_after_the_release_there_are_no_live_scores(small: SmallCity, state: State) -> None:
    RatingCycle.objects.update(state=state)
    seen = everything()
    with pytest.raises(MoveRefused):
        live_scores_store(cycle=small.fresh(), now=FIRST)
    assert everything() == seen
    assert cycles_due(FIRST) == []


def test_a_correction_of_a_published_result_has_no_live_scores(small: SmallCity) -> None:
    RatingCycle.objects.update(state=State.CLOSED, revision=1)
    assert cycles_due(FIRST) == []


@pytest.mark.parametrize(("moment", "due"), [("06-21 01:59:59", False), ("06-21 02:00:00", True)])
def test_a_night_begins_at_its_hour(small: SmallCity, moment: str, due: bool) -> None:
    assert [cycle.code for cycle in cycles_due(at(moment))] == (["2026H1"] if due else [])


def test_the_clock_begins_it_once_a_day_in_the_background(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: FIRST)
    for _ in range(3):
        tick(now=FIRST)
    assert DBTaskResult.objects.count() == 1
    assert not LiveNight.objects.exists(), "the clock waits for nothing"
    assert live_in_background.call("2026H1", FIRST.isoformat()) == {"changed": "4"}
    DBTaskResult.objects.all().delete()
    live_scores_begin(at("06-21 23:59:59"))
    assert not DBTaskResult.objects.exists()
    live_scores_begin(SECOND)
    assert DBTaskResult.objects.count() == 1


def test_in_the_background_it_says_why_there_are_none(small: SmallCity) -> None:
    small.release()
    assert "初步结果发布之后" in live_in_background.call("2026H1", CLOSING.isoformat())["zh"]


def test_a_night_that_broke_off_is_not_read_and_the_next_clears_it_away(
    small: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nights, "BATCH", 1)
    calls = count()

    def breaks(rows: list[LiveScore]) -> None:
        if next(calls):
            raise OSError
        real(rows)

    real = LiveScore.objects.bulk_create
    monkeypatch.setattr(LiveScore.objects, "bulk_create", breaks)
    with pytest.raises(OSError):
        live_scores_store(cycle=small.cycle, now=COLLECTING)
    monkeypatch.undo()
    assert LiveScore.objects.count() == 1 and curve_of(small.cycle, ONE) == []
    live_scores_store(cycle=small.cycle, now=FIRST)
    assert LiveNight.objects.count() == 1 and LiveScore.objects.count() == 4
