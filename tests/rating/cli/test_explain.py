"""gongbao explain, on a run written by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from gongbao.config.cli import main
from gongbao.kernel.cycles import Cycle
from gongbao.kernel.fixed import from_fixed
from gongbao.rating.rules.engine import rate
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.schema import RatingTables
from gongbao.rating.tables.standards import standard_text


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, out, err


@pytest.fixture
def folder(tmp_path: Path, standard: Standard, make_tables: Callable[..., RatingTables]) -> Path:
    """A run of two enterprises as CSV."""
    tables = make_tables(
        enterprises=[{"uscc": "E1", "credit": 80}, {"uscc": "E2", "credit": 70}],
        projects=[{"project_id": "P1"}, {"project_id": "P2", "uscc": "E2"}, {"project_id": "P3", "uscc": "E2"}],
        complaints=[{"project_id": "P2", "month": "2026-01", "count": 0}],
        facts=[{"indicator": "safety", "uscc": "E2", "value": "accident"}],
    )
    result = rate(tables, standard, Cycle(2026, 1))
    facts = result.ledger_facts.group_by("line", maintain_order=True).agg(pl.col("fact").str.join(" ").alias("facts"))
    _points(result.scores, ("base", "bonus", "deduction", "score"), 4).write_csv(tmp_path / "scores.csv")
    ledger = _points(result.ledger, ("points", "contribution"), 6)
    ledger.join(facts, on="line", how="left").write_csv(tmp_path / "ledger.csv")
    made_with = {"id": standard.id, "sha256": standard.sha256}
    about = {"standard": made_with, "cycle": "2026H1", "trial": True, "format": "csv"}
    (tmp_path / "run.json").write_text(json.dumps(about), encoding="utf-8")
    return tmp_path


def _points(frame: pl.DataFrame, names: tuple[str, ...], places: int) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(name).map_elements(lambda value: from_fixed(value, places), return_dtype=pl.String) for name in names
    )


def test_every_point_is_explained_with_clause_proof_and_facts(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capsys, "explain", "E2", "--run", str(folder))
    assert code == 0
    for words in (
        "示例企业E2 E2 · 2026H1 · 试评价",
        "32.0000分,第2名,D级;2个项目",
        "结果70 × 50% = 35分",
        "1个事项 × -10分 = -10分",
        "1个月 × 2分 = 2分;÷ 2个项目 = 1分",
        "京建法〔2025〕2号 附件 扣分项 7",
        "责令改正通知书、行政处罚文书或应急部门发布的事故调查报告",
        "complaints/P3/2026-01",
        "距B级还差15.0000分(其他企业不变时需47.0000分)",
        "安全巡查养护: 已扣10分",
    ):
        assert words in out


def test_it_speaks_english(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capsys, "explain", "E2", "--run", str(folder), "--lang", "en")
    assert code == 0
    assert "2026H1 · trial" in out
    assert "15.0000 below grade B" in out


def test_a_program_reads_lines_that_add_up_to_the_score(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capsys, "explain", "E2", "--run", str(folder), "--json")
    said = json.loads(out)
    assert code == 0
    assert said["trial"] is True
    assert said["enterprise"]["score"] == "32.0000"
    assert sum(float(line["contribution"]) for line in said["lines"]) == 32
    assert said["next"]["distance"] == "15.0000"  # E1 has 40 + 5 + 2
    assert {item["indicator"]: item["gain"] for item in said["next"]["items"]}["credit"] == "15.000000"


@pytest.mark.parametrize("uscc", ["E3", ""])
def test_who_took_no_part_is_refused(capsys: pytest.CaptureFixture[str], folder: Path, uscc: str) -> None:
    code, _, err = run(capsys, "explain", uscc, "--run", str(folder))
    assert code == 2
    assert "an enterprise that took part in this run" in err


def test_a_folder_that_is_no_run_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "explain", "E1", "--run", str(tmp_path))
    assert code == 2
    assert "a folder that gongbao rate wrote" in err


def test_a_run_of_another_standard_asks_for_it(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    about["standard"]["sha256"] = "0" * 64
    (folder / "run.json").write_text(json.dumps(about), encoding="utf-8")
    code, _, err = run(capsys, "explain", "E1", "--run", str(folder))
    assert code == 2
    assert "name it with --standard" in err


def test_the_standard_of_a_run_can_be_named(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    file.write_text(standard_text(), encoding="utf-8", newline="\n")
    assert run(capsys, "explain", "E1", "--run", str(folder), "--standard", str(file))[0] == 0
