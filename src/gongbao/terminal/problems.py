"""Printing what is wrong, on standard error, everything at once."""

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console

from gongbao.kernel.problem import Problem

SHOWN = 200  # a broken file of a million rows must not scroll for an hour; the count is always told


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems: what was expected, and below it each row and value that is not so. One alone is a sentence."""
    found = list(problems)
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    total = sum(1 + problem.more for problem in found)
    if total == 1:
        console.print(str(found[0]))
        console.print(f"{found[0].expected_en} · 没有写入任何内容 nothing was written".lstrip(" ·"))
        return
    head = f"输入有 {total:,} 处需要改正,没有写入任何内容 · {total:,} problems, nothing was written"
    console.print(head, style="bold")
    for (table, column, expected, expected_en), alike in groupby(found[:SHOWN], _expectation):
        console.print(f"\n{table} {column}".rstrip() + f": {expected}")
        if expected_en:
            console.print(f"  {expected_en}", style="dim")
        for problem in alike:
            row = "" if problem.row is None else f"第{problem.row}行 row "
            console.print(f"    {row}“{problem.value}”")
    if total > len(found[:SHOWN]):
        shown = len(found[:SHOWN])
        console.print(f"\n只列出 {shown:,} 处,共 {total:,} 处。{shown:,} of {total:,} are shown.")


def _expectation(problem: Problem) -> tuple[str, str, str, str]:
    return problem.table, problem.column, problem.expected, problem.expected_en


def print_failures(failures: Iterable[str]) -> None:
    """Print what a check found wrong, one line each."""
    console = Console(stderr=True)
    for line in failures:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
