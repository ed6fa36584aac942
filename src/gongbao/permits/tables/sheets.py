"""Tables in and out: CSV, XLSX and plain lists, as rows of text."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem

UNPACKED = 64 << 20  # bytes of a workbook's parts together; a list of names unpacks to far less
BORN = datetime(2026, 1, 1)  # noqa: DTZ001 - xlsx knows no zones; a fixed day keeps the bytes the same
_FORMULA = ("=", "+", "-", "@", "\t")


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a .csv, an .xlsx (its first sheet) or a .txt (one cell a line), cells stripped; empty rows are kept
    as [], so that the place in the list is the row's number. Raises BadInput."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".txt": _read_txt}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _refused(path, path.suffix, "扩展名为 .xlsx、.csv 或 .txt 的文件", "a file named .xlsx, .csv or .txt")
    return [[] if not any(cells) else cells for cells in reader(path)]


def _refused(path: Path, value: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem(path.name, None, "", value, zh, en)])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        zh, en = "UTF-8 编码的文件：请另存为“CSV UTF-8”或 .xlsx", "a file in UTF-8: save it as CSV UTF-8 or as .xlsx"
        raise _refused(path, str(error), zh, en) from error


def _read_csv(path: Path) -> list[list[str]]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(_text(path)), strict=True)]
    except csv.Error as error:
        raise _refused(path, str(error), "CSV 文件", "a CSV file") from error


def _read_txt(path: Path) -> list[list[str]]:
    return [[line.strip()] for line in _text(path).splitlines()]


def _read_xlsx(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook  # only workbooks pay for it

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise _refused(
                    path, path.name, "展开后不超过 64 MB 的工作簿", "a workbook that unpacks to at most 64 MB"
                )
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise _refused(
            path, path.name, "没有密码、没有损坏的 .xlsx 工作簿", "a sound .xlsx without a password"
        ) from error
    return rows


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


def to_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8; a cell that a spreadsheet would take for a formula is quoted by '."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *([_plain(cell) for cell in row] for row in rows)])
    return out.getvalue().encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def to_xlsx(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """One sheet of text, its head fixed, cells wrapped; widths in characters. The same rows give the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": BORN})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for at, row in enumerate([head, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, cell, wrapped if at else bold)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
    return out.getvalue()


def save(path: Path, content: bytes) -> None:
    """Write a file. Raises BadInput where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _refused(
            path, str(path), "可以写入的文件，其文件夹已存在", "a writable file in a folder that exists"
        ) from error
