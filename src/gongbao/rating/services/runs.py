"""Rating a cycle: rows to tables, the one implementation, the result written unpublished in small batches."""

import platform
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import metadata
from itertools import islice
from typing import Any

import polars as pl
from django.db import models, transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Line, RatingCycle, Run, Score, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.rules.standard import Standard
from gongbao.rating.selectors.conditions import answered, reviewed, windows_over, without_credit
from gongbao.rating.selectors.downloads import csv_hash, ledger_table, scores_table
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import tables_of
from gongbao.rating.services.keeping import cycle_lock
from gongbao.rating.services.windows import window_for_changes
from gongbao.rating.tables.schema import RatingTables

BATCH = 500  # rows of one short transaction: nobody waits longer than for these
RUNNING = (State.CLOSED, State.PRELIMINARY, State.OBJECTIONS)
Progress = Callable[[int], None]


def run_make(
    *, cycle: RatingCycle, actor: Actor, now: datetime, because: str = "", progress: Progress | None = None
) -> Run:
    """Make a run of a closed cycle, not yet released to anybody. progress: told the percentage written.

    While objections run, there is one re-run: after the window and the last answer; whoever it changed gets one more
    window (I-38). Raises MoveRefused, or Stale where somebody else made a run meanwhile.
    """
    run, before = _begin(cycle, actor, now, because)
    runs_clear(now=now)
    try:
        standard, tables = edition_of(cycle), tables_of(cycle, seen=run.seen)
        rating = rate(tables, standard, cycle.cycle)
        for done in _written(run, rating, tables):
            if progress:
                progress(done)
        run.about = _about(run, cycle, standard)
        return _finish(run, before, rating.scores, now)
    except BaseException:
        run_drop(run)
        raise


@transaction.atomic
def _begin(cycle: RatingCycle, actor: Actor, now: datetime, because: str) -> tuple[Run, int | None]:
    authorise("rating.cycle.run", actor)
    held = cycle_lock(cycle)
    if held.state not in RUNNING:
        zh, en = "截止归集之后、确定最终结果之前才能计算", "worked out after closing and before the final result"
        raise MoveRefused(Text(zh, en), "京建法〔2025〕2号 第十一条")
    needs = (reviewed, windows_over, answered) if held.state == State.OBJECTIONS else (reviewed,)
    for lack in (check(held, now) for check in needs):
        if lack:
            raise MoveRefused(lack.because, lack.cite)
    run = Run.objects.create(
        cycle=held, revision=held.revision, because=because, seen=held.deliveries.first(), by=actor.person, made_at=now
    )
    return run, held.draft_id


def _written(run: Run, rating: Rating, tables: RatingTables) -> Iterator[int]:
    """Write scores and lines; the percentage after each batch."""
    districts = dict(tables.enterprises.select("uscc", "district").iter_rows())
    scores = (Score(run=run, district=districts[row["uscc"]], **row) for row in rating.scores.iter_rows(named=True))
    joined = rating.ledger_facts.group_by("line", maintain_order=True).agg(facts=pl.col("fact").str.join(" "))
    ledger = rating.ledger.join(joined, on="line", how="left", maintain_order="left").with_columns(
        pl.col("project_id").fill_null(""), pl.col("facts").fill_null("")
    )
    lines = (Line(run=run, **row) for row in ledger.iter_rows(named=True))
    whole, done = rating.scores.height + ledger.height, 0
    for model, rows in ((Score, scores), (Line, lines)):
        while batch := list(islice(rows, BATCH)):
            model._default_manager.bulk_create(batch)  # type: ignore[arg-type] # each model gets its own rows
            done += len(batch)
            yield done * 100 // whole


def _about(run: Run, cycle: RatingCycle, standard: Standard) -> dict[str, Any]:
    """What run.json says, and the hashes of the files that anybody can download and compare."""
    counted = run.scores.values_list("grade").annotate(models.Count("pk"))
    grades = dict(counted.order_by("grade"))
    return {
        "standard": {"id": standard.id, "title": standard.title.zh, "sha256": standard.sha256},
        "cycle": cycle.code,
        "trial": cycle.trial,
        "revision": run.revision,
        "seen": run.seen_id,
        "enterprises": run.scores.count(),
        "grades": {step.grade: grades.get(step.grade, 0) for step in standard.grades},
        "without_credit": without_credit(cycle),
        "engine": "polars",
        "output": {"scores.csv": csv_hash(scores_table(run)), "ledger.csv": csv_hash(ledger_table(run))},
        "versions": {"python": platform.python_version()}
        | {part: metadata.version(part) for part in ("gongbao", "polars", "narwhals")},
    }


@transaction.atomic
def _finish(run: Run, before: int | None, scores: pl.DataFrame, now: datetime) -> Run:
    """Let the run be seen: one pointer. Raises Stale where another run got there first."""
    cycle = cycle_lock(run.cycle)
    if cycle.draft_id != before or cycle.state not in RUNNING or cycle.revision != run.revision:
        raise Stale
    run.enterprises, run.grades, run.whole = scores.height, run.about["grades"], True
    run.save(update_fields=["enterprises", "grades", "about", "whole"])
    earlier = cycle.draft
    cycle.draft = run
    cycle.version += 1
    cycle.save(update_fields=["draft", "version"])
    payload = {"run": run.pk, "because": run.because, **run.about}
    entry_append(subject=cycle.subject, kind="rating.run", payload=payload, at=now, actor=run.by)
    if cycle.state == State.OBJECTIONS and earlier is not None:
        window_for_changes(cycle, earlier, run, now)
    return run


def run_drop(run: Run) -> None:
    """Clear away a run that did not become whole, in small batches."""
    for model in (Line, Score):
        rows = model._default_manager.filter(run=run, run__whole=False)
        while some := list(rows.values_list("pk", flat=True)[:BATCH]):
            model._default_manager.filter(pk__in=some).delete()
    Run.objects.filter(pk=run.pk, whole=False).delete()


def runs_clear(*, now: datetime) -> int:
    """Clear away what a process that was stopped left behind: runs that are not whole after a day."""
    left = [run for run in Run.objects.filter(whole=False) if (timezone.localtime(now) - run.made_at).days >= 1]
    for run in left:
        run_drop(run)
    return len(left)
