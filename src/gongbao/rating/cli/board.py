"""What a run shows in a terminal: who took part, the grades, how the scores are spread, where the time went."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongbao.kernel.fixed import from_fixed

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # widths of a bar, in points
BARS, WIDTH = 18, 48
STYLES = ("green", "cyan", "yellow", "red")  # of the grades, from the best
UNIT = 10_000


@dataclass(frozen=True)
class Counts:
    """What came in: rows of the four tables."""

    enterprises: int
    spells: int
    complaints: int
    facts: int


def show(console: Console, title: str, counts: Counts, scores: pl.DataFrame, grades: tuple[str, ...]) -> None:
    """Print the board of a run. scores: as the rules give them, score in 10⁻⁴; grades: from the best."""
    console.print(Text(title, style="bold"))
    console.print(_summary(counts, scores))
    if scores.height:
        styles = dict(zip(grades, STYLES, strict=False))
        console.print(_grades(scores, grades, styles))
        console.print(Text("得分分布(分,企业数) · scores (points, enterprises)", style="bold"))
        for line in _histogram(scores, styles):
            console.print(line)


def _summary(counts: Counts, scores: pl.DataFrame) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    rows = (
        ("参评企业 enterprises rated", f"{scores.height:,} / {counts.enterprises:,}"),
        ("管理期 spells", f"{counts.spells:,}"),
        ("诉求行 complaint rows", f"{counts.complaints:,}"),
        ("事实 facts", f"{counts.facts:,}"),
    )
    for name, value in rows:
        table.add_row(name, Text(value, justify="right"))
    return table


def _grades(scores: pl.DataFrame, grades: tuple[str, ...], styles: Mapping[str, str]) -> Table:
    table = Table(title=None)
    table.add_column("等级 grade")
    for head in ("企业 enterprises", "占比 share", "最低分 lowest", "最高分 highest"):
        table.add_column(head, justify="right")
    for grade in grades:
        inside = scores.filter(pl.col("grade") == grade)["score"].to_list()
        share = f"{from_fixed((inside and len(inside) * 1000 // scores.height) or 0, 1)} %"
        ends = [from_fixed(end, 4) for end in (min(inside), max(inside))] if inside else ["–", "–"]
        table.add_row(Text(grade, style=styles.get(grade, "")), f"{len(inside):,}", share, *ends)
    return table


def _histogram(scores: pl.DataFrame, styles: Mapping[str, str]) -> list[Text]:
    """One line for each range of scores, its bar in the colours of the grades that lie in it."""
    low, high = scores.select(pl.col("score").min().alias("low"), pl.col("score").max().alias("high")).row(0)
    step = next((s for s in STEPS if (high - low) // (s * UNIT) < BARS), STEPS[-1]) * UNIT
    bins = scores.group_by((pl.col("score") // step).alias("bin"), "grade").len().sort("bin", "grade")
    totals = dict(bins.group_by("bin").agg(pl.col("len").sum()).iter_rows())
    most = max(totals.values())
    lines = []
    for place in range(low // step, high // step + 1):
        bar = Text()
        for _, grade, count in bins.filter(pl.col("bin") == place).iter_rows():
            bar.append("█" * _blocks(count, most), style=styles.get(grade, ""))
        start, end = place * step // UNIT, (place + 1) * step // UNIT
        lines.append(Text(f"{start:>6} … {end:<6}") + bar + Text(f" {totals.get(place, 0):,}", style="dim"))
    return lines


def _blocks(count: int, most: int) -> int:
    return max(count * WIDTH // most, 1)
