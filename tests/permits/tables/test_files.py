"""What is exported reads back, and files that are none are refused."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gongbao.kernel.problem import BadInput
from gongbao.permits.rules.diff import diff
from gongbao.permits.rules.forms import COLUMNS
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.tables import answers, files, sheets
from gongbao.permits.tables.files import find_edition
from gongbao.permits.tables.names import read_names
from gongbao.permits.tables.packaged import modes


def shown(item: Item) -> Item:
    """An item without what a table does not tell: what was printed, the corrections, where it is cited."""
    return replace(item, printed=(), corrections=(), cite="")


@pytest.mark.parametrize(("ending", "write"), [("csv", files.as_csv), ("xlsx", files.as_xlsx)])
def test_an_exported_table_reads_back_as_the_same_items(
    tmp_path: Path, edition_2025: Edition, ending: str, write
) -> None:
    path = tmp_path / f"permits.{ending}"
    path.write_bytes(write(edition_2025))
    again = find_edition(str(path))
    assert (again.edition, again.count, again.missing) == ("2025", 193, edition_2025.missing)
    assert list(map(shown, again.items)) == list(map(shown, edition_2025.items))
    assert diff(again, edition_2025, modes()) == ()


def test_exported_json_reads_back_as_the_same_edition(tmp_path: Path, edition_2025: Edition) -> None:
    path = tmp_path / "permits.json"
    path.write_bytes(files.as_json(edition_2025))
    assert find_edition(str(path)) == edition_2025


@pytest.mark.parametrize("write", [files.as_csv, files.as_xlsx, files.as_json])
def test_the_same_edition_gives_the_same_bytes(edition_2025: Edition, write) -> None:
    assert write(edition_2025) == write(edition_2025)


def test_the_table_has_the_columns_of_the_reference_and_says_what_was_corrected(edition_2025: Edition) -> None:
    rows = list(csv.DictReader(io.StringIO(files.as_csv(edition_2025).decode("utf-8"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 179
    by_number = {row["no"]: row for row in rows}
    assert (
        by_number["162"]["implementing_bodies"] == "经开区管委会（由行政审批局承办、征得市级文物部门同意）、行政审批局"
    )
    assert by_number["162"]["mode"] == "由行政审批局承办、征得市级文物部门同意；审批"
    assert by_number["9"]["city_departments"] == "市科委中关村管委会、市人力资源社会保障局"
    assert by_number["103"]["corrections"].startswith("更正事项名称：“生鲜乳准运证核发”→“生鲜乳准运证明核发”（把握高：")
    assert by_number["59"]["corrections"].startswith("提示事项名称：")
    assert by_number["17"]["corrections"] == ""


@pytest.mark.parametrize(
    ("name", "text", "row"),
    [
        ("x.json", "{}", None),
        ("x.json", "[", None),
        ("x.csv", "edition,no\n", 1),
        ("x.csv", ",".join(COLUMNS) + "\n", None),
        ("x.csv", ",".join(COLUMNS) + "\n2030,1,局,,《法》,局,局,,,\n", 2),
        ("x.csv", ",".join(COLUMNS) + "\n2030,一,局,名,《法》,局,局,,,\n", 2),
        ("x.doc", "", None),
    ],
)
def test_a_file_that_is_no_edition_is_refused(tmp_path: Path, name: str, text: str, row: int | None) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        find_edition(str(path))
    assert refused.value.problems[0].row == row
    assert refused.value.problems[0].expected_en


def test_a_changed_json_is_refused(tmp_path: Path, edition_2025: Edition) -> None:
    told = json.loads(files.as_json(edition_2025))
    told["items"][0]["corrections"][0]["confidence"] = "sure"
    path = tmp_path / "x.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BadInput):
        find_edition(str(path))


def test_an_unknown_name_says_what_is_known() -> None:
    with pytest.raises(BadInput, match="2025"):
        find_edition("1999")


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_names_are_read_from_a_column_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "names.xlsx", ("编号", "事项名称"), (1, "放烟花许可"), (), (2, " 开潜艇许可 "), (3, None)
    )
    assert read_names(path) == [(2, "放烟花许可"), (4, "开潜艇许可")]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("n.txt", "放烟花许可\n\n开潜艇许可\n", [(1, "放烟花许可"), (3, "开潜艇许可")]),
        ("n.csv", "\ufeffname\n放烟花许可\n", [(2, "放烟花许可")]),
        ("n.csv", "放烟花许可\n开潜艇许可\n", [(1, "放烟花许可"), (2, "开潜艇许可")]),
        ("n.csv", "a,Item\n1,放烟花许可\n", [(2, "放烟花许可")]),
    ],
)
def test_names_are_read_from_text(tmp_path: Path, name: str, text: str, found: list[tuple[int, str]]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_names(path) == found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("n.csv", "甲,乙\n丙,丁\n".encode()),
        ("n.txt", b""),
        ("n.csv", b"name\n"),
        ("n.txt", "许可".encode("gbk")),
        ("n.csv", b'"a\n'),
        ("n.xlsx", b"no workbook"),
        ("n.xls", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_list_without_names_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_names(path)
    assert all(problem.expected and problem.expected_en for problem in refused.value.problems)


def test_a_workbook_that_unpacks_to_more_than_64_mb_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "n.xlsx", ("放烟花许可",))
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    monkeypatch.setattr(sheets, "UNPACKED", size)
    assert read_names(path) == [(1, "放烟花许可")]
    monkeypatch.setattr(sheets, "UNPACKED", size - 1)
    with pytest.raises(BadInput, match="64 MB"):
        read_names(path)


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    rows = [("=1+1", "-2", "甲")]
    assert sheets.to_csv(("a", "b", "c"), rows).decode() == "a,b,c\n'=1+1,'-2,甲\n"
    path = tmp_path / "x.xlsx"
    path.write_bytes(sheets.to_xlsx("x", ("a", "b", "c"), rows, (5, 5, 5)))
    cells = load_workbook(path).worksheets[0][2]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("-2", "s"), ("甲", "s")]


def test_answers_are_written_by_the_ending_of_their_file_and_by_no_other(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        answers.write(tmp_path / "answers.txt", [])
    assert list(tmp_path.iterdir()) == []
