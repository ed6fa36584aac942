"""The commands as a person runs them: what they print, what they write, and what they leave alone."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from gongbao.config.cli import main


def _run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(str(left.value.code))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    assert _run("demo-city", "--out", tmp_path / "city", "--seed", 1, "--projects", 60) == 0
    return tmp_path / "city"


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_city_is_rated_and_the_run_says_what_it_stands_on(
    city: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _run("rate", city, "--cycle", "2026H1", "--out", tmp_path / "run") == 0
    printed = capfd.readouterr().out
    for part in ("试评价 trial", "参评企业", "等级 grade", "得分分布", "█", "已写入"):
        assert part in printed
    about = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    scores = pl.read_csv(tmp_path / "run" / "scores.csv")
    assert about["cycle"] == "2026H1"
    assert about["trial"] is True
    assert about["enterprises"] == scores.height == sum(about["grades"].values())
    assert set(about["input"]["sha256"]) == {"enterprises.csv", "projects.csv", "complaints.csv", "facts.csv"}
    assert all(len(digest) == 64 for digest in [about["standard"]["sha256"], *about["input"]["sha256"].values()])


def test_every_format_holds_the_same_scores_and_lines(city: Path, tmp_path: Path) -> None:
    for file_format in ("csv", "parquet", "xlsx"):
        out = tmp_path / file_format
        assert _run("rate", city, "--cycle", "2026H1", "--out", out, "--format", file_format) == 0
    for name in ("scores", "ledger"):
        text = pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False)
        columns = pl.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        typed = columns.select(pl.when(pl.all().cast(pl.String) != "").then(pl.all().cast(pl.String)))
        assert text.select(typed.columns).equals(typed)
        sheet = openpyxl.load_workbook(tmp_path / "xlsx" / f"{name}.xlsx").active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert list(rows[0]) == text.columns
        assert len(rows) == 1 + text.height
    facts = pl.read_parquet(tmp_path / "parquet" / "ledger_facts.parquet")
    joined = pl.read_csv(tmp_path / "csv" / "ledger.csv")["facts"].str.split(" ").explode().to_list()
    assert facts["fact"].to_list() == joined


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_its_rows(city: Path, tmp_path: Path) -> None:
    assert _run("rate", city, "--cycle", "2026H1", "--out", tmp_path / "a") == 0
    for path in city.glob("*.csv"):
        pl.read_csv(path, infer_schema=False).sample(fraction=1, shuffle=True, seed=5).write_csv(path)
    assert _run("rate", city, "--cycle", "2026H1", "--out", tmp_path / "b") == 0
    for name in ("scores.csv", "ledger.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_wrong_input_leaves_everything_as_it_was(city: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _run("rate", city, "--cycle", "2026H1", "--out", tmp_path / "run") == 0
    facts = city / "facts.csv"
    facts.write_text(facts.read_text().replace(",2026-0", ",2026-9"))
    before = _tree(tmp_path)
    assert _run("rate", city, "--cycle", "2026H1", "--out", tmp_path / "run") == 2
    assert "没有写入任何内容" in capfd.readouterr().err
    assert _tree(tmp_path) == before


def test_a_folder_of_somebody_else_is_refused_before_anything_is_read(city: Path, tmp_path: Path) -> None:
    (city / "facts.csv").unlink()
    before = _tree(tmp_path)
    assert _run("rate", city, "--cycle", "2026H1", "--out", city) == 2
    assert _tree(tmp_path) == before


def test_a_cycle_that_is_none_or_that_no_standard_holds_for_is_refused(city: Path, tmp_path: Path) -> None:
    for cycle in ("2026H3", "2025H2"):
        assert _run("rate", city, "--cycle", cycle, "--out", tmp_path / "run") == 2
    assert not (tmp_path / "run").exists()


def test_a_missing_credit_result_is_scored_0_only_when_allowed_and_marked(
    city: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = city / "enterprises.csv"
    frame = pl.read_csv(path, infer_schema=False)
    code = pl.read_csv(city / "projects.csv")["uscc"][0]
    without = pl.when(pl.col("uscc") != code).then(pl.col("credit_score"))
    frame.with_columns(without.alias("credit_score")).write_csv(path)
    words = ("rate", city, "--cycle", "2026H1", "--out", tmp_path / "run")
    assert _run(*words) == 2
    assert not (tmp_path / "run").exists()
    assert _run(*words, "--allow-missing-credit") == 0
    assert code in capfd.readouterr().out
    assert json.loads((tmp_path / "run" / "run.json").read_text())["without_credit"] == [code]
    ledger = pl.read_csv(tmp_path / "run" / "ledger.csv")
    assert ledger.filter((pl.col("uscc") == code) & (pl.col("indicator") == "credit")).is_empty()


def test_a_workbook_goes_in_and_a_wrong_one_comes_back_marked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _run("demo-city", "--out", tmp_path / "city", "--projects", 20, "--format", "xlsx") == 0
    source = tmp_path / "city" / "city.xlsx"
    assert _run("rate", source, "--cycle", "2026H1", "--out", tmp_path / "run") == 0
    book = openpyxl.load_workbook(source)
    book["项目"]["F2"] = "口头"
    book.save(source)
    assert _run("rate", source, "--cycle", "2026H1", "--out", tmp_path / "second") == 2
    assert str(source.with_name("city-marked.xlsx")) in capfd.readouterr().err
    assert not (tmp_path / "second").exists()
    assert _run("rate", source, "--cycle", "2026H1", "--out", tmp_path / "second", "--marked", tmp_path / "m.xlsx") == 2
    assert openpyxl.load_workbook(tmp_path / "m.xlsx")["项目"]["F2"].comment is not None
    assert _run("rate", source, "--cycle", "2026H1", "--out", tmp_path / "second", "--marked", source) == 2
    assert openpyxl.load_workbook(source).sheetnames[0] == "企业"


@pytest.mark.parametrize(("projects", "code"), [(174_762, 0), (174_763, 2)])
def test_a_city_that_does_not_fit_into_a_workbook_is_refused(
    projects: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gongbao.rating.tables.demo as demo
    import gongbao.rating.tables.demo_files as files

    monkeypatch.setattr(demo, "demo_city", lambda *_: {})
    monkeypatch.setattr(files, "write_city", lambda *_: None)
    words = ("demo-city", "--out", tmp_path / "city", "--projects", projects, "--format", "xlsx")
    assert _run(*words) == code


def test_a_template_is_written_once_and_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    assert _run("templates", "rating", "--out", path) == 0
    path.write_bytes(b"filled in")
    assert _run("templates", "rating", "--out", path) == 2
    assert path.read_bytes() == b"filled in"
    assert _run("templates", "rating", "--out", path, "--force") == 0
    assert openpyxl.load_workbook(path).sheetnames == ["说明", "企业", "项目", "诉求", "事实", "词表"]
    assert _run("templates", "rating", "--out", tmp_path / "data.csv") == 2
    assert not (tmp_path / "data.csv").exists()


@pytest.mark.parametrize("module", ["rate", "demo_city", "templates"])
def test_a_command_loads_neither_django_nor_tables_before_it_must(module: str) -> None:
    code = f"import sys, gongbao.rating.cli.{module}; sys.exit(bool({{'django', 'polars', 'rich'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
