"""Runs are written whole, exactly, and over nothing that is not ours."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput
from gongbao.rating.tables import output
from gongbao.rating.tables.intake import Intake
from gongbao.rating.tables.output import refuse_output, refuse_xlsx, write_run
from gongbao.rating.tables.writing import decimal

SCORES = pl.DataFrame(
    {
        "rank": [1, 2], "uscc": ["A", "B"], "name": ["=1+1", "@示例"], "projects": [1, 2], "base": [501234, 0],
        "bonus": [0, 1], "deduction": [0, -20000], "score": [501234, -19999], "grade": ["A", "D"],
    }
)  # fmt: skip
LEDGER = pl.DataFrame(
    {
        "line": [1, 2], "uscc": ["A", "B"], "project_id": [None, "P"], "indicator": ["credit", "waste"],
        "level": ["", "ordered"], "quantity": [1, 2], "points": [50_123_456, -4_000_000], "n": [1, 3],
        "contribution": [50_123_456, -1_333_333], "cite": ["一", "二"],
    }
)  # fmt: skip
FACTS = pl.DataFrame({"line": [1, 2, 2], "fact": ["enterprises/credit_score", "F1", "F2"]})


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _write(out: Path, file_format: str = "csv") -> None:
    write_run(out, SCORES, LEDGER, FACTS, {"cycle": "2026H1"}, file_format)


def test_decimals_have_all_their_places_and_no_rounding() -> None:
    frame = pl.DataFrame({"x": [1, -1, 0, 10**14, -(10**14) - 1]})
    assert frame.select(decimal("x", 4)).write_csv().split() == [
        "x", "0.0001", "-0.0001", "0.0000", "10000000000.0000", "-10000000000.0001"
    ]  # fmt: skip


def test_csv_is_plain_utf8_with_unix_lines(tmp_path: Path) -> None:
    _write(tmp_path / "run")
    assert _files(tmp_path / "run")["scores.csv"].decode() == (
        "rank,uscc,name,projects,base,bonus,deduction,score,grade\n"
        "1,A,=1+1,1,50.1234,0.0000,0.0000,50.1234,A\n"
        "2,B,@示例,2,0.0000,0.0001,-2.0000,-1.9999,D\n"
    )
    assert _files(tmp_path / "run")["ledger.csv"].decode() == (
        "line,uscc,project_id,indicator,level,quantity,points,n,contribution,cite,facts\n"
        "1,A,,credit,,1,50.123456,1,50.123456,一,enterprises/credit_score\n"
        "2,B,P,waste,ordered,2,-4.000000,3,-1.333333,二,F1 F2\n"
    )


def test_parquet_has_decimals_and_a_table_of_facts(tmp_path: Path) -> None:
    _write(tmp_path / "run", "parquet")
    scores = pl.read_parquet(tmp_path / "run" / "scores.parquet")
    assert scores.schema["score"] == pl.Decimal(18, 4)
    ledger = pl.read_parquet(tmp_path / "run" / "ledger.parquet")
    assert ledger.schema["contribution"] == pl.Decimal(18, 6)
    assert pl.read_parquet(tmp_path / "run" / "ledger_facts.parquet").equals(FACTS)


def test_in_a_workbook_a_name_is_never_a_formula(tmp_path: Path) -> None:
    _write(tmp_path / "run", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "run" / "scores.xlsx").active
    assert sheet is not None
    assert [(sheet.cell(row, 3).value, sheet.cell(row, 3).data_type) for row in (2, 3)] == [
        ("=1+1", "s"),
        ("@示例", "s"),
    ]
    assert sheet.cell(2, 8).value == 50.1234


@pytest.mark.parametrize("file_format", ["csv", "parquet", "xlsx"])
def test_the_same_run_gives_the_same_bytes_and_takes_the_place_of_the_earlier(file_format: str, tmp_path: Path) -> None:
    _write(tmp_path / "run", "csv" if file_format != "csv" else "xlsx")
    _write(tmp_path / "run", file_format)
    first = _files(tmp_path / "run")
    assert {name.split(".")[-1] for name in first} == {file_format, "json"}
    _write(tmp_path / "run", file_format)
    assert _files(tmp_path / "run") == first
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def _foreign_file(out: Path) -> None:
    _write(out)
    (out / "thesis.docx").write_text("years of work")


def _foreign_run(out: Path) -> None:
    out.mkdir()
    (out / "run.json").write_text('{"made_by": "somebody else"}')


def _only_file(out: Path) -> None:
    out.write_text("a file")


def _link(out: Path) -> None:
    _write(out.with_name("elsewhere"))
    out.symlink_to(out.with_name("elsewhere"))


@pytest.mark.parametrize("place", [_foreign_file, _foreign_run, _only_file, _link])
def test_what_is_not_ours_is_never_replaced(place: Callable[[Path], None], tmp_path: Path) -> None:
    out = tmp_path / "run"
    place(out)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(BadInput):
        _write(out)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_empty_folder_is_free(tmp_path: Path) -> None:
    refuse_output(tmp_path)
    _write(tmp_path)
    assert json.loads((tmp_path / "run.json").read_text())["cycle"] == "2026H1"


def test_a_write_that_fails_leaves_the_earlier_run_as_it_was(tmp_path: Path) -> None:
    _write(tmp_path / "run")
    before = _files(tmp_path / "run")
    with pytest.raises(pl.exceptions.PolarsError):
        write_run(tmp_path / "run", SCORES, LEDGER.drop("points"), FACTS, {}, "csv")
    assert _files(tmp_path / "run") == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_workbook_that_could_not_hold_the_result_is_refused_before_the_run(
    town: dict[str, list[dict[str, str]]],
    read: Callable[..., Intake],
    write: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = read(write(town, tmp_path / "t")).tables
    rows = 1 + 8 * 2 + 5 * 4 + 5
    monkeypatch.setattr(output, "XLSX_ROWS", rows)
    refuse_xlsx(tables, Cycle(2026, 1))
    monkeypatch.setattr(output, "XLSX_ROWS", rows - 1)
    with pytest.raises(BadInput, match="工作表最多"):
        refuse_xlsx(tables, Cycle(2026, 1))
    monkeypatch.undo()
    longest = 2 * len("projects/P1 ") + 3 * len("F1 ")
    monkeypatch.setattr(output, "XLSX_CHARACTERS", longest)
    refuse_xlsx(tables, Cycle(2026, 1))
    monkeypatch.setattr(output, "XLSX_CHARACTERS", longest - 1)
    with pytest.raises(BadInput, match="一格最多"):
        refuse_xlsx(tables, Cycle(2026, 1))
