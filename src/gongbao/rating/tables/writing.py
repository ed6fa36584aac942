"""Writing tables: CSV, Parquet or xlsx, the same bytes for the same rows, everywhere and every day."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

FORMATS = ("csv", "parquet", "xlsx")
BORN = datetime(2026, 1, 1)  # noqa: DTZ001 - xlsx knows no zones; a fixed day keeps the bytes the same


def decimal(name: str, places: int) -> pl.Expr:
    """An Int64 column in 10**-places as a decimal, exactly."""
    exact: pl.Expr = pl.col(name).cast(pl.Decimal(38, places)) / 10**places
    return exact.cast(pl.Decimal(18, places))


def write_table(frame: pl.DataFrame, folder: Path, name: str, file_format: str) -> None:
    """Write one table as NAME.csv, NAME.parquet or NAME.xlsx: UTF-8, LF, decimals with all their places."""
    path = folder / f"{name}.{file_format}"
    if file_format == "csv":
        frame.write_csv(path)
    elif file_format == "parquet":
        frame.write_parquet(path, compression="zstd", statistics=False, row_group_size=1 << 18)
    else:
        write_workbook(path, {name: frame})


def write_workbook(path: Path, sheets: Mapping[str, pl.DataFrame]) -> None:
    """Write frames as sheets of one workbook.

    Text is written as text only: a cell that begins with =, +, - or @ is no formula.
    """
    import xlsxwriter  # only workbooks pay for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": BORN})
        bold = book.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, frame in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, frame.columns, bold)
            formats = [_number_format(book, dtype) for dtype in frame.dtypes]
            for place, name in enumerate(frame.columns):
                sheet.set_column(place, place, max(10, min(2 * len(name) + 2, 24)))
            _write_rows(sheet, frame.iter_rows(), formats, day)


def _number_format(book: Any, dtype: pl.DataType) -> Any:
    if isinstance(dtype, pl.Decimal) and dtype.scale:
        return book.add_format({"num_format": "0." + "0" * dtype.scale})
    return None


def _write_rows(sheet: Any, rows: Iterable[tuple[Any, ...]], formats: list[Any], day: Any) -> None:
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(at, place, value)
            elif hasattr(value, "isoformat"):
                sheet.write_datetime(at, place, value, day)
            else:
                sheet.write_number(at, place, value, formats[place])
