"""What a run writes: scores, ledger (计分明细), its facts, and run.json. One writer for every engine."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.tables import what_if_files
from gongbao.rating.tables.folders import refuse_foreign, replaced
from gongbao.rating.tables.schema import RatingTables
from gongbao.rating.tables.sheets import XLSX_CHARACTERS, XLSX_ROWS
from gongbao.rating.tables.writing import FORMATS, decimal, write_table

if TYPE_CHECKING:
    from gongbao.rating.rules.what_if import WhatIf

MARK = '"made_by": "gongbao rate"'
_KNOWN = frozenset(
    {"run.json", what_if_files.PAGE}
    | {f"{name}.{e}" for name in ("scores", "ledger", "ledger_facts") for e in FORMATS}
    | {f"{name}.csv" for name in what_if_files.TABLES}
)
_LINES_OF_ENTERPRISE = 8  # at most: base, new_filing, old_estate, association; the facts come on top
_LINES_OF_SPELL = 5  # at most: zero_complaint, three ranges of complaint_rank, a cap


@dataclass(frozen=True)
class Compared:
    """A what-if beside a run: the comparison, and its page."""

    result: "WhatIf"
    page: str


def refuse_output(out: Path) -> None:
    """Raise BadInput when `out` holds something that is no run of ours."""
    refuse_foreign(out, "run.json", MARK, _KNOWN)


def refuse_xlsx(tables: RatingTables, cycle: Cycle) -> None:
    """Raise BadInput when the result might not fit into a workbook: asked before the run, not after it."""
    until = pl.col("managed_until").fill_null(cycle.last_day)
    managed = tables.projects.filter((pl.col("managed_from") <= cycle.last_day) & (until >= cycle.first_day))
    rows = 1 + _LINES_OF_ENTERPRISE * tables.enterprises.height + _LINES_OF_SPELL * managed.height + tables.facts.height
    witnesses = pl.concat(
        [
            managed.select("enterprise", size=pl.col("project_id").str.len_chars() + len("projects/ ")),
            tables.facts.select("enterprise", size=pl.col("fact_id").str.len_chars() + 1),
        ]
    )
    longest = witnesses.group_by("enterprise").agg(pl.col("size").sum())["size"].max()
    problems = []
    if rows > XLSX_ROWS:
        problems.append((f"约 {rows:,} 行", f"工作表最多 {XLSX_ROWS:,} 行", f"at most {XLSX_ROWS:,} rows in a sheet"))
    if isinstance(longest, int) and longest > XLSX_CHARACTERS:
        zh, en = f"一格最多 {XLSX_CHARACTERS:,} 个字符", f"at most {XLSX_CHARACTERS:,} characters in a cell"
        problems.append((f"约 {longest:,} 个字符", zh, en))
    if problems:
        hint = (";请用 --format csv 或 parquet", "; use --format csv or parquet")
        raise BadInput(Problem("--format", None, "xlsx", v, zh + hint[0], en + hint[1]) for v, zh, en in problems)


def write_run(
    out: Path,
    scores: pl.DataFrame,
    ledger: pl.DataFrame,
    ledger_facts: pl.DataFrame,
    about: dict[str, Any],
    file_format: str,
    compared: "Compared | None" = None,
) -> None:
    """Write a run into `out`, all or nothing.

    scores: points in 10⁻⁴; ledger: points and contribution in 10⁻⁶; ledger_facts: line, fact. about: what run.json
    says besides who made it. compared: the same cycle by an edited standard (试算), as CSV and one page beside it.
    """
    refuse_output(out)
    with replaced(out) as folder, ThreadPoolExecutor(2) as pool:  # compressing one file does not keep two cores busy
        points = [decimal(name, 4) for name in ("base", "bonus", "deduction", "score")]
        files = [pool.submit(write_table, scores.with_columns(points), folder, "scores", file_format)]
        lines = ledger.with_columns(decimal("points", 6), decimal("contribution", 6))
        if file_format == "parquet":
            files.append(pool.submit(write_table, ledger_facts, folder, "ledger_facts", file_format))
        else:
            lines = lines.join(_joined(ledger_facts), on="line", how="left", maintain_order="left")
            lines = lines.with_columns(pl.col("level").replace("", None))  # an empty cell, not an empty text in quotes
        write_table(lines, folder, "ledger", file_format)
        for file in files:
            file.result()
        if compared:
            for name, frame in what_if_files.tables(compared.result).items():
                write_table(frame, folder, name, "csv")
            (folder / what_if_files.PAGE).write_text(compared.page, encoding="utf-8", newline="\n")
        text = json.dumps({"made_by": "gongbao rate"} | about, ensure_ascii=False, indent=2)
        (folder / "run.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _joined(facts: pl.DataFrame) -> pl.DataFrame:
    """line, facts: the facts of each line, separated by spaces. Most lines have one, and need no joining."""
    several = facts["line"].is_duplicated()
    joined = facts.filter(several).group_by("line", maintain_order=True).agg(pl.col("fact").str.join(" "))
    return pl.concat([facts.filter(~several), joined]).rename({"fact": "facts"})
