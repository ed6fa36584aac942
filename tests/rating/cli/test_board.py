"""The board of a run: shares, limits and bars that add up."""

import re
from io import StringIO
from itertools import pairwise

import polars as pl
import pytest
from rich.console import Console

from gongbao.rating.cli.board import BARS, Counts, show

GRADES = ("A", "B", "C", "D")


def _shown(scores: list[int], grades: str) -> str:
    text = StringIO()
    frame = pl.DataFrame({"score": scores, "grade": list(grades)}, schema={"score": pl.Int64, "grade": pl.String})
    show(Console(file=text, width=100), "示例", Counts(len(scores), 2, 3, 4), frame, GRADES)
    return text.getvalue()


def _bars(text: str) -> list[tuple[int, int, int]]:
    return [(int(a), int(b), int(n)) for a, b, n in re.findall(r"(-?\d+) … (-?\d+) +█* (\d+)", text)]


def test_every_enterprise_stands_in_one_bar_and_bars_touch() -> None:
    bars = _bars(_shown([-19_999, 0, 99_999, 100_000, 501_234], "DDCBA"))
    assert sum(count for _, _, count in bars) == 5
    assert all(before[1] == after[0] for before, after in pairwise(bars))
    assert bars[0][0] <= -2
    assert bars[-1][1] > 50


@pytest.mark.parametrize("span", [1, 18, 19, 90, 1000])
def test_there_are_never_more_bars_than_a_screen_holds(span: int) -> None:
    bars = _bars(_shown([0, span * 10_000], "AD"))
    assert len(bars) <= BARS + 1
    assert [count for _, _, count in bars if count] in ([1, 1], [2])


def test_a_grade_that_nobody_has_is_shown_empty() -> None:
    text = _shown([700_000], "D")
    assert re.search(r"A +│ +0 │ +0\.0 % │ +– │ +– ", text)
    assert re.search(r"D +│ +1 │ +100\.0 % │ +70\.0000 │ +70\.0000 ", text)


def test_without_anybody_rated_there_is_only_the_summary() -> None:
    text = _shown([], "")
    assert "0 / 0" in text
    assert "得分分布" not in text
