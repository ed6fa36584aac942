"""Support by Gongbao: five measures on situations in memory, and all measures from files to files."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.support_data import FIVE, ON, facts, five
from gongbao.support.rules.matching import Matcher, schema, take
from gongbao.support.tables.batch import run_batch
from gongbao.support.tables.catalogue import catalogue

SOME = 1_000


def summary(values: dict[str, np.ndarray]) -> dict[str, Any]:
    """What competitors must agree on: the first values of each measure, and how many get something. Fen."""
    return {code: {"some": values[code][:SOME].tolist(), "given": int((values[code] > 0).sum())} for code in FIVE}


def measures(folder: Path) -> dict[str, Any]:
    """The five measures."""
    frame = pl.read_parquet(folder / "plain.parquet")
    missing = [fact for measure in five() for fact in measure.facts if fact.name not in {f.name for f in facts()}]
    nothing = {name: pl.lit(None, dtype=dtype) for name, dtype in schema(missing).items()}
    frame = frame.with_columns(**nothing)
    begin = time.perf_counter()
    matcher = Matcher(five(), ON)
    found = matcher.tested(take(frame)).select(**{m.code: matcher.value(m) for m in matcher.measures})
    values = {code: found[code].to_numpy() for code in FIVE}
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "found": summary({code: np.nan_to_num(value) for code, value in values.items()})}


def batch(folder: Path) -> dict[str, Any]:
    """Every measure, from the files to the written result."""
    report = run_batch(folder / "tables", folder / "out", catalogue(), ON)
    return {"seconds": report.seconds, "rows": report.rows}
