"""Rate everybody: from checked tables to scores, ranks, grades, and a ledger that accounts for every point.

One implementation for one enterprise and for a million: each kind of calculation compiles all its indicators to
columns, the lines are added up in whole numbers, and the only division (by n) is rounded once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import narwhals as nw
import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.columns import Frame, Keys, divided, total, whole
from gongbao.rating.rules.engines import Engine, PolarsEngine
from gongbao.rating.rules.grades import rank_and_grade
from gongbao.rating.rules.kinds.base import Rule
from gongbao.rating.rules.kinds.registry import KINDS
from gongbao.rating.rules.ledger import write_ledger, write_witnesses
from gongbao.rating.rules.standard import GROUPS, Standard
from gongbao.rating.rules.world import City, Tables, World, build

POINT_TO_SCORE = 100  # points are counted in 10⁻⁶, scores in 10⁻⁴


@dataclass(frozen=True)
class Rating:
    """scores: rank, uscc, name, projects, base, bonus, deduction, score (10⁻⁴ points), grade; by rank, then uscc.

    lines: key, quantity, points (10⁻⁶), n, contribution (10⁻⁶), in the order of the ledger, one line for each key.
    witnesses: key, ref; not ordered. Both are turned into words by `ledger` and `ledger_facts`.
    """

    scores: pl.DataFrame
    lines: pl.DataFrame
    witnesses: pl.DataFrame
    keys: Keys
    standard: Standard
    cycle: Cycle
    tables: Tables

    @cached_property
    def ledger(self) -> pl.DataFrame:
        """line, uscc, project_id, indicator, level, quantity, points, n, contribution, cite."""
        return write_ledger(self.lines, self.keys, self.standard, self.tables)

    @cached_property
    def ledger_facts(self) -> pl.DataFrame:
        """line, fact: the witnesses of every line, in the order of their text."""
        return write_witnesses(self.lines, self.witnesses, self.keys, self.standard, self.tables, self.cycle)


def rate(
    tables: Tables, standard: Standard, cycle: Cycle, *, engine: Engine | None = None, city: City | None = None
) -> Rating:
    """Rate all enterprises of the tables that managed a project in the cycle.

    city: where the tables hold only some enterprises, what their results take from the whole city's complaints.
    Ranks and grades are then those among the enterprises of the tables.
    """
    engine = engine or PolarsEngine()
    world = build(tables, standard, cycle, engine, city)
    found = [KINDS[name].find(rules, world) for name, rules in _rules_by_kind(standard).items()]
    lines = engine.settle(_with_contributions(nw.concat([part.lines for part in found]), world))
    scores = engine.bring(_sums(lines, world, standard))
    return Rating(
        scores=rank_and_grade(scores, tables.enterprises, standard),
        lines=engine.bring(lines.select("key", "quantity", "points", "n", "contribution")).sort("key"),
        witnesses=engine.bring(nw.concat([part.witnesses for part in found])),
        keys=world.keys,
        standard=standard,
        cycle=cycle,
        tables=tables,
    )


def _rules_by_kind(standard: Standard) -> Mapping[str, Sequence[Rule]]:
    rules: dict[str, list[Rule]] = {}
    for at, indicator in enumerate(standard.indicators):
        rule = Rule(at, indicator.kind, indicator.by_project, indicator.group == "deduction")
        rules.setdefault(indicator.kind.kind, []).append(rule)
    return rules


def _with_contributions(lines: Frame, world: World) -> Frame:
    """Lines of those that take part, with the n that divides them: 1 for what stands for the enterprise itself."""
    by_project = world.keys.project_of(nw.col("key")) >= whole(0)
    return (
        lines.filter(nw.col("points") != whole(0))
        .with_columns(enterprise=world.keys.enterprise_of(nw.col("key")))
        .join(world.n.rename({"n": "projects"}), on="enterprise", how="inner")
        .with_columns(n=nw.when(by_project).then(nw.col("projects")).otherwise(whole(1)))
        .with_columns(contribution=divided(nw.col("points"), nw.col("n")))
    )


def _sums(lines: Frame, world: World, standard: Standard) -> Frame:
    """(n × Σ points of the enterprise + Σ points of its projects) ÷ n, in all and by group, rounded once (第六条)."""
    by_project = nw.col("n") == nw.col("projects")  # with one project the two are the same
    share = nw.when(by_project).then(nw.col("points")).otherwise(nw.col("points") * nw.col("projects"))
    score = lines.with_columns(score=share, slot=world.keys.slot_of(nw.col("key")))
    parts = {
        group: nw.when(_of_group(group, world, standard)).then(nw.col("score")).otherwise(whole(0)) for group in GROUPS
    }
    sums = score.with_columns(**parts).group_by("enterprise").agg(*(total(nw.col(name)) for name in (*GROUPS, "score")))
    return world.n.join(sums, on="enterprise", how="left").select(
        "enterprise",
        nw.col("n").alias("projects"),
        *(
            divided(nw.col(name).fill_null(0).cast(nw.Int64), nw.col("n") * whole(POINT_TO_SCORE)).alias(name)
            for name in (*GROUPS, "score")
        ),
    )


def _of_group(group: str, world: World, standard: Standard) -> nw.Expr:
    """Whether a slot is of an indicator of the group; these stand together, so it is one comparison of limits."""
    slot, keys = nw.col("slot"), world.keys
    runs = groupby(enumerate(standard.indicators), key=lambda placed: placed[1].group)
    places = [[at for at, _ in run] for name, run in runs if name == group]
    return nw.any_horizontal(
        slot < whole(0),
        *((slot >= whole(keys.slot(run[0]))) & (slot < whole(keys.slot(run[-1] + 1))) for run in places),
        ignore_nulls=False,
    )
