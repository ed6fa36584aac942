"""What can be wrong with the files themselves, and what may differ without meaning anything."""

import io
import random
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from gongbao.kernel.problem import Problem
from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.intake import Intake
from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables
from gongbao.rating.tables.writing import write_workbook

Problems = Callable[..., tuple[Problem, ...]]
Read = Callable[..., Intake]
Town = dict[str, list[dict[str, str]]]
Write = Callable[..., Path]


def _same(one: RatingTables, other: RatingTables) -> bool:
    return all(
        getattr(one, name).equals(getattr(other, name)) for name in ("enterprises", "projects", "complaints", "facts")
    )


def _texts(town: Town) -> dict[str, pl.DataFrame]:
    frames = {name: pl.DataFrame(rows) for name, rows in town.items()}
    return {name: frame.select(pl.when(pl.all() != "").then(pl.all())) for name, frame in frames.items()}


def _typed(town: Town) -> dict[str, pl.DataFrame]:
    """As a database would hand the tables over: dates, decimals, whole numbers."""
    frames = _texts(town)
    days = pl.col("filed_on", "managed_from", "managed_until", "delivered_on").str.to_date()
    frames["projects"] = frames["projects"].with_columns(days, pl.col("area_m2").cast(pl.Decimal(12, 2)))
    frames["facts"] = frames["facts"].with_columns(pl.col("occurred_on").str.to_date())
    frames["enterprises"] = frames["enterprises"].with_columns(pl.col("credit_score").cast(pl.Float64))
    frames["complaints"] = frames["complaints"].with_columns(pl.col("count", "rank").cast(pl.UInt16))
    return frames


def _workbook(town: Town, path: Path, *, chinese: bool = True) -> Path:
    frames = _typed(town)
    sheets = {}
    for table in contract():
        zh = {column.name: column.zh for column in table.columns}
        frame = frames[table.name]
        sheets[table.zh if chinese else table.name] = frame.rename(zh) if chinese else frame
    write_workbook(path, sheets)
    return path


def test_the_tables_have_the_shape_that_the_rules_read(town: Town, read: Read, write: Write, tmp_path: Path) -> None:
    tables = read(write(town, tmp_path / "t")).tables
    for frame, shape in zip(
        (tables.enterprises, tables.projects, tables.complaints, tables.facts),
        (ENTERPRISES, PROJECTS, COMPLAINTS, FACTS),
        strict=True,
    ):
        assert dict(frame.schema) == shape
    assert tables.projects["area"].to_list() == [100_050, 100_050, 2_000_000, 3_000_025]
    assert tables.projects["project"].to_list() == [0, 0, 1, 2]
    assert tables.facts.select("value", "reference", "level").rows() == [
        (None, None, None), (6, 10, None), (10025, 9950, None), (None, None, "ordered"), (8, None, None)
    ]  # fmt: skip


def test_csv_parquet_and_xlsx_give_the_same_tables(town: Town, read: Read, write: Write, tmp_path: Path) -> None:
    expected = read(write(town, tmp_path / "csv")).tables
    folder = tmp_path / "parquet"
    folder.mkdir()
    for name, frame in _typed(town).items():
        frame.write_parquet(folder / f"{name}.parquet")
    assert _same(read(folder).tables, expected)
    assert _same(read(write(town, tmp_path / "zh", chinese=True)).tables, expected)
    assert _same(read(_workbook(town, tmp_path / "zh.xlsx")).tables, expected)
    assert _same(read(_workbook(town, tmp_path / "en.xlsx", chinese=False)).tables, expected)


def test_the_order_of_rows_and_columns_means_nothing(town: Town, read: Read, write: Write, tmp_path: Path) -> None:
    expected = read(write(town, tmp_path / "a")).tables
    chance = random.Random(7)
    for name, rows in town.items():
        chance.shuffle(rows)
        town[name] = [dict(reversed(row.items())) for row in rows]
    assert _same(read(write(town, tmp_path / "b")).tables, expected)


FLOATS = pl.Series([0.1, 0.29, 20000.07, 1e6])
DECIMALS = pl.Series([Decimal("0.10"), Decimal("0.29"), Decimal("20000.07"), Decimal(1000000)])


@pytest.mark.parametrize("area", [FLOATS, DECIMALS], ids=["floats by their shortest form", "decimals"])
def test_parquet_numbers_are_read_exactly(area: pl.Series, town: Town, read: Read, tmp_path: Path) -> None:
    frames = _typed(town)
    frames["projects"] = frames["projects"].with_columns(area.alias("area_m2"))
    for name, frame in frames.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    assert read(tmp_path).tables.projects["area"].to_list() == [10, 29, 2_000_007, 100_000_000]


def test_a_float_with_more_decimals_than_named_is_refused(town: Town, problems: Problems, tmp_path: Path) -> None:
    frames = _typed(town)
    frames["projects"] = frames["projects"].with_columns(pl.Series("area_m2", [0.1 + 0.2, 1.0, 2.0, 3.0]))
    for name, frame in frames.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    assert [(p.table, p.row, p.value) for p in problems(tmp_path)] == [("projects", 2, "0.30000000000000004")]


def test_a_byte_order_mark_windows_lines_and_blank_lines_are_taken(
    town: Town, read: Read, write: Write, problems: Problems, tmp_path: Path
) -> None:
    folder = write(town, tmp_path / "t")
    expected = read(folder).tables
    for path in folder.iterdir():
        lines = path.read_text("utf-8").splitlines()
        path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([lines[0], "", *lines[1:], ""]).encode())
    assert _same(read(folder).tables, expected)
    path = folder / "facts.csv"
    path.write_text(path.read_text("utf-8-sig").replace("F2,staff", "F2,stuff"))
    assert [(p.row, p.value) for p in problems(folder)] == [(4, "stuff")]  # rows as the person sees them


def _told(found: tuple[Problem, ...]) -> tuple[str, int | None, str, str]:
    assert len(found) == 1
    return found[0].table, found[0].row, found[0].value, found[0].expected


def test_a_file_in_gbk_is_told_with_how_to_save_it(
    town: Town, write: Write, problems: Problems, tmp_path: Path
) -> None:
    folder = write(town, tmp_path / "t")
    path = folder / "enterprises.csv"
    path.write_bytes(path.read_text("utf-8").encode("gbk"))
    found = problems(folder)
    assert found[0].table == "enterprises"
    assert "GBK" in found[0].expected
    assert "CSV UTF-8" in found[0].expected_en


@pytest.mark.parametrize(
    ("content", "row", "fragment"),
    [
        ("", None, "空的"),
        ("project_id,month,count\nP1,2026-01,1\nP2,2026-01,1,7\n", 3, "4 格"),
        ('project_id,month,count\n"P1,2026-01,1\n', None, "双引号"),
        ("project_id,month\nP1,2026-01\n", 1, "缺少列"),
        ("project_id,month,count,colour\nP1,2026-01,1,red\n", 1, "没有这一列"),
        ("project_id,month,count,count\nP1,2026-01,1,1\n", 1, "两次"),
    ],
    ids=["empty", "too many cells", "an open quote", "a missing column", "an unknown column", "a column twice"],
)
def test_a_broken_file_is_told(
    content: str, row: int | None, fragment: str, town: Town, write: Write, problems: Problems, tmp_path: Path
) -> None:
    folder = write(town, tmp_path / "t")
    (folder / "complaints.csv").write_text(content)
    table, at, _, expected = _told(problems(folder))
    assert (table, at) == ("complaints", row)
    assert fragment in expected


@pytest.mark.parametrize("table", ["enterprises", "projects", "complaints", "facts"])
def test_a_table_that_cannot_be_read_hides_nothing_wrong_in_the_others(
    table: str, town: Town, write: Write, problems: Problems, tmp_path: Path
) -> None:
    for rows in town.values():
        rows.append(dict(rows[0]))
    folder = write(town, tmp_path / "t")
    (folder / f"{table}.csv").write_bytes(b"")
    assert {p.table for p in problems(folder)} == set(town)


def test_a_missing_table_and_a_table_twice_are_told(
    town: Town, write: Write, problems: Problems, tmp_path: Path
) -> None:
    folder = write(town, tmp_path / "t")
    (folder / "诉求.csv").write_bytes((folder / "complaints.csv").read_bytes())
    assert "只能有一个文件" in _told(problems(folder))[3]
    for name in ("诉求.csv", "complaints.csv"):
        (folder / name).unlink()
    assert "缺少这张表" in _told(problems(folder))[3]


def test_tables_without_rows_are_taken(town: Town, read: Read, write: Write, tmp_path: Path) -> None:
    town["complaints"], town["facts"] = [], []
    tables = read(write(town, tmp_path / "t")).tables
    assert (tables.complaints.height, tables.facts.height, tables.projects.height) == (0, 0, 4)


def test_a_source_that_is_neither_folder_nor_workbook_is_told(problems: Problems, tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text("?")
    assert "文件夹" in _told(problems(path))[3]


# --- workbooks --------------------------------------------------------------------------------------------------------


def _repacked(path: Path, out: Path, extra: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, data in extra.items():
            new.writestr(name, data)
    return out


def test_a_workbook_with_macros_is_refused(town: Town, problems: Problems, tmp_path: Path) -> None:
    path = _repacked(_workbook(town, tmp_path / "a.xlsx"), tmp_path / "b.xlsx", {"xl/vbaProject.bin": b"macro"})
    assert "宏" in _told(problems(path))[3]


def test_a_workbook_that_unpacks_to_too_much_is_refused(town: Town, problems: Problems, tmp_path: Path) -> None:
    bomb = {"xl/media/bomb.bin": bytes(65 << 20)}
    path = _repacked(_workbook(town, tmp_path / "a.xlsx"), tmp_path / "b.xlsx", bomb)
    assert "过大" in _told(problems(path))[3]


@pytest.mark.parametrize(
    ("content", "fragment"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码"), (b"PK\x03\x04 torn", "不是 .xlsx"), (b"", "不是 .xlsx")],
    ids=["an old or encrypted workbook", "a torn archive", "nothing"],
)
def test_what_is_no_workbook_is_refused(content: bytes, fragment: str, problems: Problems, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert fragment in _told(problems(path))[3]


def test_another_archive_is_no_workbook(problems: Problems, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "hello")
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    assert "不是 .xlsx" in _told(problems(tmp_path / "a.xlsx"))[3]


def _cells(path: Path, sheets: dict[str, list[list[Any]]], top: int = 0) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(top + at, 0, row)
    return path


def test_rows_of_a_sheet_that_begins_lower_are_told_as_the_person_sees_them(
    town: Town, problems: Problems, tmp_path: Path
) -> None:
    town["complaints"][1]["month"] = "January"
    rows = {name: [list(lines[0]), *(list(line.values()) for line in lines)] for name, lines in town.items()}
    path = _cells(tmp_path / "a.xlsx", rows, top=3)
    assert [(p.table, p.row, p.value) for p in problems(path)] == [("complaints", 6, "January")]


def test_a_formula_that_fails_is_no_empty_cell(town: Town, problems: Problems, tmp_path: Path) -> None:
    rows = {name: [list(lines[0]), *(list(line.values()) for line in lines)] for name, lines in town.items()}
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, lines in rows.items():
            sheet = book.add_worksheet(title)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)
            if title == "projects":
                sheet.write_formula(2, 9, "=NA()", None, "#N/A")
    assert [(p.table, p.row, p.column) for p in problems(path)] == [("projects", 3, "managed_until")]


def test_a_workbook_without_a_sheet_is_told_which(town: Town, problems: Problems, tmp_path: Path) -> None:
    rows = {name: [list(lines[0]), *(list(line.values()) for line in lines)] for name, lines in town.items()}
    del rows["facts"]
    assert "“事实”" in _told(problems(_cells(tmp_path / "a.xlsx", rows)))[3]


@pytest.mark.parametrize(("length", "wrong"), [(32_767, False), (32_768, True)])
def test_a_cell_holds_at_most_32767_characters(
    length: int, wrong: bool, town: Town, problems: Problems, tmp_path: Path
) -> None:
    path = _workbook(town, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        strings = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.namelist() else b""
        sheet = archive.read("xl/worksheets/sheet1.xml")
    parts = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = parts.get(name, old.read(name))
            new.writestr(name, data.replace("示例一物业".encode(), ("长" * length).encode()))
    assert bool(problems(tmp_path / "b.xlsx")) is wrong
