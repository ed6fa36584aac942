"""Reading back what `gongbao rate` wrote: run.json, scores, and the ledger of one enterprise."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.rules.explain import Line


@dataclass(frozen=True)
class Run:
    """folder: where it was written. about: run.json. scores: as Rating.scores (points in 10⁻⁴), in order of ranks."""

    folder: Path
    about: dict[str, Any]
    scores: pl.DataFrame

    def ledger_of(self, uscc: str) -> list[Line]:
        """The lines of one enterprise, in the order of the ledger."""
        lines = _scan(self.folder, "ledger", self.about["format"]).filter(pl.col("uscc") == uscc)
        if self.about["format"] == "parquet":
            facts = _scan(self.folder, "ledger_facts", "parquet").group_by("line", maintain_order=True).agg("fact")
            lines = lines.join(
                facts.select("line", pl.col("fact").list.join(" ").alias("facts")), on="line", how="left"
            )
        rows = lines.with_columns(pl.col("line").cast(pl.Int64)).sort("line").collect().iter_rows(named=True)
        return [_line(row) for row in rows]


def read_run(folder: Path) -> Run:
    """A run from its folder. Raises BadInput where there is none."""
    try:
        about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        points = [_fixed(name) for name in ("base", "bonus", "deduction", "score")]
        whole = pl.col("rank", "projects").cast(pl.Int64)
        scores = _scan(folder, "scores", about["format"]).with_columns(*points, whole).collect()
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as error:
        zh, en = "一个由 gongbao rate 写出的结果目录", "a folder that gongbao rate wrote"
        raise BadInput([Problem("--run", None, "", str(folder), f"{zh}({error})", en)]) from error
    return Run(folder, about, scores)


def _fixed(name: str) -> pl.Expr:
    """A decimal as text in 10⁻⁴."""
    return (pl.col(name).cast(pl.Decimal(18, 4)) * 10_000).cast(pl.Int64)


def _scan(folder: Path, name: str, file_format: str) -> pl.LazyFrame:
    """A table with every column as text: decimals keep their places, and nothing becomes a float."""
    path = folder / f"{name}.{file_format}"
    if file_format == "parquet":
        return pl.scan_parquet(path).select(pl.all().cast(pl.String))
    if file_format == "xlsx":
        return pl.read_excel(path, engine="calamine", infer_schema_length=0).lazy()
    return pl.scan_csv(path, infer_schema=False)


def _line(row: dict[str, str | None]) -> Line:
    def text(name: str) -> str:
        return row[name] or ""

    return Line(
        text("project_id"),
        text("indicator"),
        text("level"),
        int(text("quantity")),
        to_fixed(text("points"), 6),
        int(text("n")),
        to_fixed(text("contribution"), 6),
        tuple(text("facts").split()),
    )
