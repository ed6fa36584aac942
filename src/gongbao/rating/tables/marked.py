"""A copy of a workbook with its wrong cells coloured, and on each a note of what was expected."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from gongbao.kernel.problem import Problem
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.workbook import guard

SIZE = 20 << 20  # bytes; a larger workbook takes minutes to copy, and the printed list tells the same
_LIST = "问题 problems"
_CATEGORY = "gongbao rate: marked copy"
_WRONG = PatternFill("solid", start_color="FFC7CE")


def marked_path(source: Path) -> Path:
    """Where the copy goes unless told: beside the workbook, over nothing but an earlier copy."""
    number = 1
    while True:
        path = source.with_name(f"{source.stem}-marked{'' if number == 1 else f'-{number}'}.xlsx")
        if not path.exists() or _is_ours(path):
            return path
        number += 1


def write_marked(source: Path, path: Path, problems: Iterable[Problem]) -> bool:
    """Write the copy. False, and nothing written, where the workbook is too large or cannot be opened safely."""
    if source.stat().st_size > SIZE or not guard(source, Findings()):
        return False
    book = openpyxl.load_workbook(source)
    found = list(problems)
    for problem in found:
        if problem.table in book.sheetnames and problem.row is not None:
            _mark(book[problem.table], problem)
    if _LIST in book.sheetnames:
        del book[_LIST]
    sheet = book.create_sheet(_LIST, 0)
    sheet.append(["表 table", "行 row", "列 column", "值 value", "应为 expected", "expected", "另有 more"])
    for p in found:
        sheet.append([p.table, p.row, p.column, None, p.expected, p.expected_en, p.more or None])
        cell = sheet.cell(sheet.max_row, 4, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", p.value))
        cell.data_type = "s"  # never a formula
    for letter, width in zip("ABCDEFG", (12, 8, 20, 26, 60, 60, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
    book.properties.category = _CATEGORY
    book.save(path)
    return True


def _mark(sheet: Worksheet, problem: Problem) -> None:
    head = sheet.min_row
    heads = {str(cell.value): cell.column for cell in sheet[head] if cell.value is not None}
    place = heads.get(problem.column)
    if place is None or problem.row is None:
        return
    cell = sheet.cell(problem.row, place)
    cell.fill = _WRONG
    note = f"{problem.expected}\n{problem.expected_en}".strip()
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + note, "gongbao", width=360, height=120)


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _CATEGORY.encode() in archive.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
