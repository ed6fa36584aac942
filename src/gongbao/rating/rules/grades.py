"""Rank and grade (第七条): by rounded score, compared in whole numbers."""

import polars as pl

from gongbao.rating.rules.standard import SHARE_PLACES, Standard

WHOLE: int = 10**SHARE_PLACES


def rank_and_grade(scores: pl.DataFrame, enterprises: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """Add rank, uscc, name and grade to enterprise, projects, base, bonus, deduction, score; by rank, then uscc."""
    rank = pl.col("score").rank("min" if standard.ties == "better" else "max", descending=True).cast(pl.Int64)
    return (
        scores.join(enterprises.select("enterprise", "uscc", "name"), on="enterprise", how="left")
        .with_columns(rank=rank)
        .with_columns(grade=grade_of(pl.col("rank"), scores.height, standard))
        .select("rank", "uscc", "name", "projects", "base", "bonus", "deduction", "score", "grade")
        .sort("rank", "uscc")
    )


def grade_of(rank: pl.Expr, taking_part: int, standard: Standard) -> pl.Expr:
    """The first grade whose share takes the rank: rank ÷ N ≤ share, without the division."""
    grade: pl.Expr = pl.lit(standard.grades[-1].grade)
    for step in reversed(standard.grades[:-1]):
        held = rank * WHOLE <= step.up_to * taking_part
        grade = pl.when(held).then(pl.lit(step.grade)).otherwise(grade)
    return grade


def last_rank(up_to: int, taking_part: int) -> int:
    """The last rank that a grade of this share (10⁻⁴) takes; 0: none does."""
    return up_to * taking_part // WHOLE
