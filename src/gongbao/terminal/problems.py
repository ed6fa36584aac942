"""Printing what is wrong, on standard error, everything at once."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from gongbao.kernel.problem import Problem

SHOWN = 200  # a broken file of a million rows must not scroll for an hour; the count is always told


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems as a table: where, value, what was expected. A single one is a sentence."""
    found = list(problems)
    console = Console(stderr=True, markup=False, highlight=False)
    total = sum(1 + problem.more for problem in found)
    if total == 1:
        console.print(str(found[0]), soft_wrap=True)
        console.print(f"{found[0].expected_en} · 没有写入任何内容 nothing was written".lstrip(" ·"), soft_wrap=True)
        return
    table = Table(title=f"输入有 {total:,} 处需要改正,没有写入任何内容 · {total:,} problems, nothing was written")
    for head in ("表 table", "行 row", "列 column", "值 value", "应为 expected"):
        table.add_column(head, overflow="fold")
    for p in found[:SHOWN]:
        expected = f"{p.expected}\n{p.expected_en}" if p.expected_en else p.expected
        table.add_row(p.table, "" if p.row is None else str(p.row), p.column, p.value, expected)
    console.print(table)
    if total > len(found[:SHOWN]):
        shown = len(found[:SHOWN])
        console.print(f"只列出 {shown:,} 处,共 {total:,} 处。{shown:,} of {total:,} are shown.")


def print_failures(failures: Iterable[str]) -> None:
    """Print what a check found wrong, one line each."""
    console = Console(stderr=True)
    for line in failures:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
