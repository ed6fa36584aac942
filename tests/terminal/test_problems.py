import pytest

from gongbao.kernel.problem import Problem
from gongbao.terminal.problems import print_problems


def test_a_single_problem_is_a_sentence_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem("a.txt", 3, "列", "x" * 200, "一个数", "a number")])
    assert capsys.readouterr().err.splitlines() == [
        f"a.txt 第3行 列: “{'x' * 200}” — 一个数",
        "a number · 没有写入任何内容 nothing was written",
    ]


def test_what_is_expected_is_said_once_for_all_rows_that_lack_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem("甲", row, "乙", f"值{row}", "一个数", "a number") for row in (2, 7)])
    printed = capsys.readouterr().err
    assert printed.count("一个数") == printed.count("a number") == 1
    assert "第2行 row “值2”" in printed and "第7行 row “值7”" in printed


def test_several_problems_are_counted_and_brackets_are_printed_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_problems([Problem("a", 1, "b", "[/x]", "c"), Problem("a", 2, "b", "[bold]y[/bold]", "c")])
    printed = capsys.readouterr().err
    assert "2 problems" in printed
    assert "[/x]" in printed and "[bold]y[/bold]" in printed
