"""Runs as the tables that `gongbao rate` writes: the same rows, the same bytes."""

import hashlib
import json
import tempfile
from pathlib import Path

import polars as pl

from gongbao.rating.models import RatingCycle, Run
from gongbao.rating.tables.writing import decimal, write_workbook

SCORES = {
    "rank": pl.Int64, "uscc": pl.String, "name": pl.String, "projects": pl.Int64, "base": pl.Int64,
    "bonus": pl.Int64, "deduction": pl.Int64, "score": pl.Int64, "grade": pl.String,
}  # fmt: skip
LEDGER = {
    "line": pl.Int64, "uscc": pl.String, "project_id": pl.String, "indicator": pl.String, "level": pl.String,
    "quantity": pl.Int64, "points": pl.Int64, "n": pl.Int64, "contribution": pl.Int64, "cite": pl.String,
    "facts": pl.String,
}  # fmt: skip
PUBLIC = {"grade": ("rank", "uscc", "name", "projects", "grade"), "score": tuple(SCORES), "indicators": tuple(SCORES)}


def scores_table(run: Run, shown: str = "indicators") -> pl.DataFrame:
    """Scores with decimals, by rank, then uscc. shown: what the setting public_breakdown lets be seen (I-29)."""
    rows = run.scores.order_by("rank", "uscc").values_list(*SCORES)
    frame = pl.DataFrame(list(rows), schema=SCORES, orient="row")
    points = [decimal(name, 4) for name in ("base", "bonus", "deduction", "score")]
    return frame.with_columns(points).select(PUBLIC[shown])


def ledger_table(run: Run, uscc: str = "") -> pl.DataFrame:
    """The ledger with decimals: whole, or of one enterprise."""
    lines = run.lines.filter(uscc=uscc) if uscc else run.lines.all()
    frame = pl.DataFrame(list(lines.order_by("line").values_list(*LEDGER)), schema=LEDGER, orient="row")
    absent = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in ("project_id", "level")]
    return frame.with_columns(*absent, decimal("points", 6), decimal("contribution", 6))


def points_table(run: Run) -> pl.DataFrame:
    """uscc, indicator, points: what each indicator brought to each score, for everybody (I-29)."""
    lines = run.lines.values_list("uscc", "indicator", "contribution")
    schema = {"uscc": pl.String, "indicator": pl.String, "points": pl.Int64}
    frame = pl.DataFrame(list(lines.order_by("line")), schema=schema, orient="row")
    summed = frame.group_by("uscc", "indicator", maintain_order=True).agg(pl.col("points").sum())
    return summed.with_columns(decimal("points", 6))


def csv_text(frame: pl.DataFrame) -> str:
    return frame.write_csv()


def xlsx_bytes(frame: pl.DataFrame) -> bytes:
    """A workbook with the one sheet `scores`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.xlsx"
        write_workbook(path, {"scores": frame})
        return path.read_bytes()


def csv_hash(frame: pl.DataFrame) -> str:
    """SHA-256 of the CSV file, as downloaded and as `gongbao rate` writes it."""
    return hashlib.sha256(csv_text(frame).encode()).hexdigest()


def json_text(cycle: RatingCycle, run: Run, shown: str) -> str:
    """Cycle, run and scores as one document; decimals as text, so that nothing is lost."""
    rows = scores_table(run, shown).with_columns(pl.selectors.decimal().cast(pl.String)).to_dicts()
    told = {"cycle": cycle.code, "trial": cycle.trial, "revision": run.revision, "run": run.about, "scores": rows}
    return json.dumps(told, ensure_ascii=False, indent=1)
