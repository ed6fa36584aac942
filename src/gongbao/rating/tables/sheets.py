"""Reading files as they are: a folder of CSV or Parquet, or one .xlsx, into tables of raw cells.

Nothing is interpreted here; a cell stays the text that the person wrote (Parquet keeps its types). What can be told
about the files themselves is told: a missing table, an unknown head, a wrong encoding, a workbook that is none.
"""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.rating.tables.columns import Table, contract
from gongbao.rating.tables.findings import CARRIED, Findings
from gongbao.rating.tables.workbook import first_row, guard

XLSX_ROWS, XLSX_CHARACTERS = 1_048_576, 32_767


@dataclass
class Sheet:
    """A table as it came.

    title: file stem or sheet name as the person sees it; raw: the cells, columns by their English names; heads:
    English name -> head as written; positions: of the rows in the file, None where all rows are there.
    """

    table: Table
    title: str
    raw: pl.DataFrame
    heads: dict[str, str]
    positions: pl.Series | None = None
    first_row_of: Callable[[], int] = lambda: 1

    @cached_property
    def head_row(self) -> int:
        """The row of the head line, as the person counts (1 in a CSV file; a sheet may begin lower)."""
        return self.first_row_of()

    def row(self, position: int) -> int | None:
        """The row of the cell at `position`, as the person counts; None where it is in no row of hers."""
        at = position if self.positions is None else int(self.positions[position])
        return at + self.head_row + 1

    def written(self, name: str, at: pl.Series | None = None) -> pl.Series:
        """Whether anything stands in the cells of a column (at these positions), be it right or wrong."""
        cells = self.raw[name] if at is None else self.raw[name].gather(at)
        return (cells.cast(pl.String).str.strip_chars() != "").fill_null(value=False)


def read_sheets(source: Path, findings: Findings, *, every: bool = True) -> dict[str, Sheet]:
    """Every table that can be read, by English name; what cannot is among the findings.

    every=False: tables that are not there are not asked for, as long as there is one.
    """
    if source.is_dir():
        wanted = [table for table in contract() if every or _candidates(source, table)] or contract()
        found = {table.name: _from_folder(source, table, findings) for table in wanted}
    elif source.suffix.lower() == ".xlsx" and source.is_file():
        found = _from_workbook(source, findings, every=every)
    else:
        findings.add(
            Problem(
                source.name,
                None,
                "",
                str(source),
                "应为一个放有 CSV 或 Parquet 文件的文件夹,或一个 .xlsx 文件",
                "a folder of CSV or Parquet files, or one .xlsx file",
            )
        )
        return {}
    return {name: sheet for name, sheet in found.items() if sheet is not None}


def source_files(source: Path) -> list[Path]:
    """The files that a run reads, sorted by name."""
    if source.is_file():
        return [source]
    return sorted(path for table in contract() for path in _candidates(source, table))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _candidates(folder: Path, table: Table) -> list[Path]:
    names = (f"{stem}.{ending}" for stem in (table.name, table.zh) for ending in ("csv", "parquet"))
    return [folder / name for name in names if (folder / name).is_file()]


def _from_folder(folder: Path, table: Table, findings: Findings) -> Sheet | None:
    paths = _candidates(folder, table)
    if len(paths) != 1:
        said = ", ".join(path.name for path in paths)
        expected = (
            Text("同一张表只能有一个文件,请只留一个", "one file for this table: keep one of them")
            if paths
            else Text(
                f"缺少这张表:请放入 {table.name}.csv(或 .parquet;没有内容也要有表头)",
                f"this table is missing: put in {table.name}.csv (or .parquet; with its head line even when empty)",
            )
        )
        findings.add(Problem(table.name, None, "", said, expected.zh, expected.en))
        return None
    path = paths[0]
    raw = _read_parquet(path, findings) if path.suffix == ".parquet" else _read_csv(path, findings)
    return None if raw is None else _sheet(table, path.stem, raw, findings)


def _read_parquet(path: Path, findings: Findings) -> pl.DataFrame | None:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        findings.add(
            Problem(path.stem, None, "", str(error)[:200], "不是可读的 Parquet 文件", "a Parquet file that can be read")
        )
        return None


def _read_csv(path: Path, findings: Findings) -> pl.DataFrame | None:
    try:
        return pl.read_csv(path, infer_schema=False)
    except pl.exceptions.NoDataError:
        row, value = None, ""
        expected = Text("文件是空的;至少要有一行表头", "at least a head line: the file is empty")
    except pl.exceptions.PolarsError:
        row, value, expected = _why_unreadable(path)
    findings.add(Problem(path.stem, row, "", value, expected.zh, expected.en))
    return None


def _why_unreadable(path: Path) -> tuple[int | None, str, Text]:
    """Find the first line that a reader stumbles over; slow, and only for files that are broken."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1, "", _encoding(data)
    lines = csv.reader(text.splitlines(keepends=True))
    head = next(lines)
    for line in lines:
        if len(line) > len(head):
            return (
                lines.line_num,
                ",".join(line)[:200],
                Text(
                    f"这一行有 {len(line)} 格,表头只有 {len(head)} 格;含逗号的内容要放在双引号里",
                    f"{len(head)} cells as in the head line, not {len(line)}; put text with commas in double quotes",
                ),
            )
    return None, "", Text("双引号没有成对", "double quotes that come in pairs")


def _encoding(data: bytes) -> Text:
    for name, label in (("utf-16", "UTF-16"), ("gb18030", "GBK / GB 18030")):
        if name == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return Text(
            f"文件编码应为 UTF-8,而这个文件像是 {label};请在表格软件中另存为“CSV UTF-8”",
            f"UTF-8; this file seems to be {label}: save it as “CSV UTF-8” in your spreadsheet program",
        )
    return Text("文件编码应为 UTF-8;请另存为“CSV UTF-8”", "UTF-8: save it as “CSV UTF-8”")


def _from_workbook(path: Path, findings: Findings, *, every: bool) -> dict[str, Sheet | None]:
    import fastexcel  # only workbooks pay for it

    if not guard(path, findings):
        return {}
    try:
        reader = fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        findings.add(
            Problem(path.name, None, "", str(error)[:200], "不是可读的 .xlsx 文件", "an .xlsx file that can be read")
        )
        return {}
    found: dict[str, Sheet | None] = {}
    known = {name for table in contract() for name in (table.name, table.zh)}
    every = every or not any(title.strip() in known for title in reader.sheet_names)
    for table in contract():
        titles = [title for title in reader.sheet_names if title.strip() in (table.name, table.zh)]
        if not titles and not every:
            continue
        if len(titles) != 1:
            zh = f"应有且只有一张名为“{table.zh}”或“{table.name}”的工作表(没有内容也要有表头)"
            en = f"exactly one sheet named “{table.name}” or “{table.zh}” (with its head line even when empty)"
            findings.add(Problem(table.name, None, "", ", ".join(titles), zh, en))
            continue
        loaded = reader.load_sheet(titles[0], header_row=0, dtypes="string", dtype_coercion="coerce")
        batch, errors = loaded.to_arrow_with_errors()
        raw = pl.DataFrame(batch)
        sheet = _sheet(table, titles[0], raw, findings)
        if sheet is not None:
            sheet.first_row_of = lambda title=titles[0]: first_row(path, title)  # type: ignore[misc]
            found[table.name] = sheet
            _check_limits(sheet, findings)
            _tell_errors(
                sheet, raw.columns, [error.offset_position for error in errors.errors] if errors else [], findings
            )
    return found


def _tell_errors(sheet: Sheet, columns: list[str], places: list[tuple[int, int]], findings: Findings) -> None:
    """Cells that hold a spreadsheet's error (#N/A, #REF!): read as empty, they would pass for a missing value."""
    names = {head: name for name, head in sheet.heads.items()}
    for row, place in places[:CARRIED]:
        if columns[place] in names:
            zh, en = "公式出错(如 #N/A、#REF!);请改成数值,或清空", "a value or nothing: the formula here gives an error"
            findings.add(Problem(sheet.title, row + sheet.head_row + 1, columns[place], "#", zh, en))


def _check_limits(sheet: Sheet, findings: Findings) -> None:
    for name in sheet.raw.columns:
        long = (sheet.raw[name].str.len_chars() > XLSX_CHARACTERS).fill_null(value=False)
        expected = Text(f"一格最多 {XLSX_CHARACTERS:,} 个字符", f"at most {XLSX_CHARACTERS:,} characters in a cell")
        findings.rows(sheet, long, name, expected)


def _sheet(table: Table, title: str, raw: pl.DataFrame, findings: Findings) -> Sheet | None:
    """Give the columns their English names; tell unknown, doubled and missing ones; drop rows without any cell."""
    names = {head: column.name for column in table.columns for head in (column.name, column.zh)}
    heads: dict[str, str] = {}
    raw = raw.select(name for name in raw.columns if not _is_nameless_and_empty(raw, name))
    for head in raw.columns:
        original = head.split("_duplicated_")[0]
        name = names.get(original.strip())
        if name is None or name in heads:
            known = "、".join(column.zh for column in table.columns)
            expected = (
                Text("这一列出现了两次,请删去一列", "each column once: delete one of them")
                if name
                else Text(
                    f"没有这一列;应为下列之一:{known}(或英文名)",
                    f"an unknown column; one of: {', '.join(c.name for c in table.columns)}",
                )
            )
            findings.add(Problem(title, 1, original, original, expected.zh, expected.en))
        else:
            heads[name] = head
    missing = [column for column in table.columns if column.name not in heads and not column.absent]
    for column in missing:
        findings.add(
            Problem(
                title, 1, column.name, "", f"缺少列“{column.zh}”({column.name})", f"the column {column.name} is missing"
            )
        )
    if missing:
        return None
    raw = raw.select(pl.col(head).alias(name) for name, head in heads.items())
    kept = _rows_with_cells(raw)
    return Sheet(table, title, raw if kept is None else raw[kept], heads, kept)


def _is_nameless_and_empty(raw: pl.DataFrame, name: str) -> bool:
    """A column that a spreadsheet left behind: no head, no cell."""
    return (not name.strip() or name.startswith("__UNNAMED__")) and raw[name].null_count() == raw.height


def _rows_with_cells(raw: pl.DataFrame) -> pl.Series | None:
    """Positions of the rows that hold anything; None when all do."""
    if any(raw[name].null_count() == 0 for name in raw.columns):
        return None
    empty = raw.select(pl.all_horizontal(pl.all().is_null())).to_series()
    return None if not empty.any() else (~empty).arg_true()
