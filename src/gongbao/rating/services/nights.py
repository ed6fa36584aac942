"""Storing the live scores of an open cycle, once a night and on demand, without anybody waiting for it.

They are worked out by the same rules as a run, from what has come in so far. Only what differs from the night before
is written, in short transactions, and read once the night is whole. They are no result, so that no archive holds them.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import polars as pl
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongbao.kernel.text import Text
from gongbao.rating.models import LiveNight, LiveScore, RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import tables_of
from gongbao.rating.selectors.nights import cycles_due, day_begins, is_live, newest_by_code
from gongbao.rating.services.runs import BATCH

HELD = ("score", "base", "bonus", "deduction", "projects", "points")


def live_scores_store(*, cycle: RatingCycle, now: datetime) -> LiveNight:
    """Raises MoveRefused once a result is released. What an earlier call left half done is cleared away."""
    if not is_live(cycle):
        zh, en = "初步结果发布之后不再有实时得分", "there are no live scores once a preliminary result is released"
        raise MoveRefused(Text(zh, en), "京建法〔2025〕2号 第十一条")
    before = newest_by_code(cycle)
    rating = rate(tables_of(cycle), edition_of(cycle), cycle.cycle)
    night = _begin(cycle, rating, now)
    rows = _changed(rating, night, before)
    while batch := list(islice(rows, BATCH)):
        LiveScore.objects.bulk_create(batch)
        night.changed += len(batch)
    night.whole = True
    night.save(update_fields=["changed", "whole"])
    return night


@transaction.atomic
def _begin(cycle: RatingCycle, rating: Rating, now: datetime) -> LiveNight:
    left = cycle.live_nights.filter(whole=False)
    LiveScore.objects.filter(night__in=left).delete()
    left.delete()
    return LiveNight.objects.create(cycle=cycle, at=now, enterprises=rating.scores.height)


def _changed(rating: Rating, night: LiveNight, before: dict[str, LiveScore]) -> Iterator[LiveScore]:
    """A row for whoever's score or points differ, and one without a score for whoever takes no part any more."""
    points = _points(rating)
    left = dict(before)
    for row in rating.scores.iter_rows(named=True):
        code = row["uscc"]
        now = LiveScore(night=night, uscc=code, points=points.get(code, {}), **{name: row[name] for name in HELD[:-1]})
        old = left.pop(code, None)
        if old is None or any(getattr(old, name) != getattr(now, name) for name in HELD):
            yield now
    for code, old in left.items():
        if old.score is not None:
            yield LiveScore(night=night, uscc=code)


def _points(rating: Rating) -> dict[str, dict[str, int]]:
    """uscc -> indicator -> what it adds to the score, 10⁻⁶."""
    sums = rating.ledger.group_by("uscc", "indicator").agg(pl.col("contribution").sum())
    found: dict[str, dict[str, int]] = {}
    for code, indicator, total in sums.sort("uscc", "indicator").iter_rows():
        found.setdefault(code, {})[indicator] = total
    return found


@task()
def live_in_background(code: str, moment: str) -> dict[str, str]:
    """Store the live scores of a cycle as of a moment (ISO). Returns how many changed, or why there are none."""
    cycle = RatingCycle.objects.get(code=code)
    try:
        night = live_scores_store(cycle=cycle, now=datetime.fromisoformat(moment))
    except MoveRefused as refused:
        return {"zh": refused.refused.because.zh, "en": refused.refused.because.en}
    return {"changed": str(night.changed)}


def live_scores_begin(now: datetime) -> None:
    """Put the night's work into the background where it is due, once a day, whatever becomes of it."""
    tried = DBTaskResult.objects.filter(task_path=live_in_background.module_path, enqueued_at__gte=day_begins(now))
    codes = {row.args_kwargs["args"][0] for row in tried}
    for cycle in cycles_due(now):
        if cycle.code not in codes:
            live_in_background.enqueue(cycle.code, now.isoformat())
