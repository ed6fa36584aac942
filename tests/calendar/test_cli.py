import json
from pathlib import Path

import pytest

from gongbao.config.cli import main


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["workdays", *args])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def test_seven_working_days_over_the_spring_festival_end_on_a_worked_saturday(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "add", "2026-02-12", "7")
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "2026-02-28")
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", *["–"] * 9, "3", "4", "5", "6", "7"]
    assert "春节" in lines[3]
    assert "春节调休上班" in lines[2]


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "add", "2026-02-12", "7", "--json")
    told = json.loads(out)
    assert (told["date"], told["ends_at"], told["provisional"]) == ("2026-02-28", "2026-03-01T00:00:00+08:00", False)
    assert sum(day["counts"] for day in told["days"]) == 7


def test_the_number_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "between", "2026-02-12", "2026-02-28")[1].splitlines()[0] == "7"
    assert json.loads(run(capsys, "between", "2026-02-12", "2026-02-12", "--json")[1])["number"] == 0


def test_a_date_beyond_the_published_years_says_that_it_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "add", "2026-12-25", "7")[1].splitlines()
    assert out[0] == "2027-01-05"
    assert "暂定" in out[1]
    assert "Provisional" in out[1]
    assert "暂定" not in run(capsys, "add", "2026-12-21", "5")[1]


def test_a_further_year_in_a_file_ends_the_doubt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_text('[years.2027]\n"元旦" = { from = 2027-01-01, to = 2027-01-03 }\n', encoding="utf-8")
    out = run(capsys, "add", "2026-12-25", "7", "--calendar", str(path))[1]
    assert out.splitlines()[0] == "2027-01-06"
    assert "暂定" not in out


@pytest.mark.parametrize("text", ["[years.2027\n", '[years.2027]\n"元旦" = 1\n'])
def test_a_calendar_file_that_cannot_be_read_is_bad_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "2027.toml"
    path.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "add", "2026-12-25", "7", "--calendar", str(path))
    assert (code, out) == (2, "")
    assert "没有写入任何内容" in err


def test_a_suspension_and_calendar_days_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "add", "2026-04-01", "5", "--pause", "2026-04-03", "2026-04-08")[1].startswith("2026-04-14\n")
    assert run(capsys, "add", "2026-09-01", "30", "--calendar-days")[1].startswith("2026-10-08\n")


@pytest.mark.parametrize(
    "args",
    [
        ("add", "2026-2-12", "7"),
        ("add", "2026-02-30", "7"),
        ("add", "2026-02-12", "0"),
        ("add", "2026-02-12", "x"),
        ("between", "2026-02-12", "2026-02-11"),
        ("add", "1948-12-31", "7"),
        ("add", "2101-01-01", "7"),
        ("add", "2026-04-01", "5", "--pause", "2026-04-08", "2026-04-07"),
    ],
)
def test_bad_arguments_are_bad_input(capsys: pytest.CaptureFixture[str], args: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert err


def test_the_how_to_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "count-working-days.md").read_text(encoding="utf-8")
    block = page.split("$ gongbao workdays add 2026-02-12 7\n")[1].split("\n\n")[0]
    shown = [line.removeprefix("    ") for line in block.splitlines() if "…" not in line]
    printed = run(capsys, "add", "2026-02-12", "7")[1].splitlines()
    assert len(shown) == 5
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("day", ["1949-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_that_are_taken(capsys: pytest.CaptureFixture[str], day: str) -> None:
    assert run(capsys, "between", day, day)[0] == 0
