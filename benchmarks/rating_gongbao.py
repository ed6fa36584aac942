"""Our side: the full standard from files to files, and the simplified score in memory, by the same engine."""

import dataclasses
import shutil
import time
from pathlib import Path
from typing import Any

import polars as pl

SIMPLE = ("credit", "scale", "party_org", "association", "zero_complaint", "complaint_rank")


def full(folder: Path) -> dict[str, Any]:
    from gongbao.kernel.cycles import Cycle
    from gongbao.rating.rules.engine import rate
    from gongbao.rating.tables import intake
    from gongbao.rating.tables.output import write_run
    from gongbao.rating.tables.standards import read_standard
    from gongbao.rating.tables.vocabulary import Vocabulary

    out = folder / "result"
    shutil.rmtree(out, ignore_errors=True)
    standard, cycle = read_standard(), Cycle.parse("2026H1")
    reading = _timed(intake, "read_sheets")
    begin = time.perf_counter()
    taken = intake.take_in(folder / "tables", cycle, Vocabulary.of_standard(standard))
    checked = time.perf_counter()
    result = rate(taken.tables, standard, cycle)
    facts, ledger = result.ledger_facts, result.ledger
    rated = time.perf_counter()
    write_run(out, result.scores, ledger, facts, {}, "parquet")
    end = time.perf_counter()
    parts = {
        "intake": reading[0],
        "checks": checked - begin - reading[0],
        "rules": rated - checked,
        "writing": end - rated,
    }
    return {"seconds": end - begin, "parts": parts, "lines": ledger.height}


def simplified(folder: Path) -> dict[str, Any]:
    from gongbao.kernel.cycles import Cycle
    from gongbao.rating.rules.engine import rate
    from gongbao.rating.tables.intake import take_in
    from gongbao.rating.tables.standards import read_standard
    from gongbao.rating.tables.vocabulary import Vocabulary

    standard, cycle = read_standard(), Cycle.parse("2026H1")
    chosen = tuple(indicator for indicator in standard.indicators if indicator.code in SIMPLE)
    small = dataclasses.replace(standard, indicators=chosen)
    tables = take_in(folder / "tables", cycle, Vocabulary.of_standard(standard)).tables
    tables = dataclasses.replace(tables, facts=tables.facts.clear())  # the simplified score reads none
    begin = time.perf_counter()
    scores = rate(tables, small, cycle).scores
    seconds = time.perf_counter() - begin
    in_order = scores.sort("uscc")
    return {"seconds": seconds} | summary(in_order["score"] / 10_000, in_order["grade"])


def summary(scores: pl.Series, grades: pl.Series) -> dict[str, Any]:
    """What competitors are compared by: the sum of the scores, a few single ones, and the grades' counts."""
    step = max(len(scores) // 50, 1)
    counts = dict(grades.value_counts().sort(grades.name).iter_rows())
    return {"total": float(scores.sum()), "some": scores.gather_every(step).to_list(), "grades": counts}


def _timed(module: Any, name: str) -> list[float]:
    """Have a function of a module add its seconds to the list."""
    spent = [0.0]
    inner = getattr(module, name)

    def outer(*args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            spent[0] += time.perf_counter() - begin

    setattr(module, name, outer)
    return spent
