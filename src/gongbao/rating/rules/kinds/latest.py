"""The latest fact of a subject: the greatest day, on the same day the greatest id."""

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from gongbao.rating.rules.columns import Frame, most, remainder, whole
from gongbao.rating.rules.kinds.base import Rule
from gongbao.rating.rules.world import World, window


def latest(rules: Sequence[tuple[Rule, Sequence[int]]], world: World) -> Frame:
    """One row for each subject and rule that has a fact in its window: key (of level 0), fact, value, reference.

    rules: each with the months [from, to] of the calendar year that its facts are taken from; empty: the cycle.
    """
    rows = [
        {
            "slot": world.keys.slot(rule.place),
            "from_day": span[0],
            "to_day": span[1],
            "by_project": int(rule.by_project),
        }
        for rule, months in rules
        for span in (window(world.cycle, months),)
    ]
    happened = world.facts.join(world.engine.take(pl.DataFrame(rows)), on="slot", how="inner").filter(
        nw.col("day") >= nw.col("from_day"),
        nw.col("day") <= nw.col("to_day"),
        (nw.col("by_project") == whole(0)) | ~nw.col("managed").is_null(),
    )
    subject = nw.when(nw.col("by_project") == whole(1)).then(nw.col("project")).otherwise(whole(-1))
    chosen = (
        happened.select(
            key=world.keys.pack(nw.col("enterprise"), subject, nw.col("slot")),
            packed=nw.col("day") * whole(world.fact_count) + nw.col("fact"),
        )
        .group_by("key")
        .agg(most(nw.col("packed")))
        .select("key", fact=remainder(nw.col("packed"), world.fact_count))
    )
    return world.engine.settle(chosen.join(happened.select("fact", "value", "reference"), on="fact", how="inner"))
