"""Files and pushes laid over what is on file: the same checks as for a whole city, though only a part came in.

What is on file is written out as the cells that it was read from; rows that came in stand first, so that problems name
their rows, and take the place of those on file with the same key.
"""

from collections.abc import Mapping

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.cells import as_text
from gongbao.rating.tables.columns import Table, contract
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.intake import check_sheets
from gongbao.rating.tables.keyed import keyed, stored
from gongbao.rating.tables.schema import RatingTables
from gongbao.rating.tables.sheets import Sheet
from gongbao.rating.tables.vocabulary import Vocabulary
from gongbao.rating.tables.writing import decimal

KEYS = {
    "enterprises": ("uscc",),
    "projects": ("project_id", "uscc", "managed_from"),
    "complaints": ("project_id", "month"),
    "facts": ("fact_id",),
}


class Overlay(Sheet):
    """A sheet whose first `given` rows came in; the others are on file and have no row of their own."""

    given = 0

    def row(self, position: int) -> int | None:
        return super().row(position) if position < self.given else None


def check_over(
    sheets: Mapping[str, Sheet], on_file: RatingTables, cycle: Cycle, standard: Standard, findings: Findings
) -> dict[str, pl.DataFrame]:
    """Check what came in over what is on file; the rows (columns of STORED) that are new or differ, by table.

    Credit results may be missing. Raises BadInput with everything that is wrong.
    """
    before = stored(on_file)
    laid = {table.name: _lay(table, sheets.get(table.name), before[table.name], standard) for table in contract()}
    after, _ = check_sheets(dict(laid), cycle, Vocabulary.of_standard(standard), findings, allow_missing_credit=True)
    return {
        name: frame.join(before[name], on=frame.columns, how="anti", nulls_equal=True)
        for name, frame in stored(after).items()
    }


def laid_over(changed: Mapping[str, pl.DataFrame], on_file: RatingTables) -> RatingTables:
    """The tables as they stand once the changed rows have come in."""
    kept = stored(on_file)
    return keyed(
        {name: pl.concat([kept[name].join(rows, on=KEYS[name], how="anti"), rows]) for name, rows in changed.items()}
    )


def sheet_of(table: str, rows: pl.DataFrame) -> Sheet:
    """Rows of text cells as a sheet, numbered from 1 as they came."""
    contracted = next(entry for entry in contract() if entry.name == table)
    return Sheet(contracted, table, rows, {name: name for name in rows.columns}, first_row_of=lambda: 0)


def _lay(table: Table, sheet: Sheet | None, rows: pl.DataFrame, standard: Standard) -> Overlay:
    on_file = cells_of(table.name, rows, standard)
    if sheet is None:
        return Overlay(table, table.name, on_file, {name: name for name in on_file.columns})
    raw = sheet.raw.select(as_text(sheet.raw[name]).alias(name) for name in sheet.raw.columns)
    key = [pl.col(name).str.strip_chars() for name in KEYS[table.name]]
    rest = on_file.join(raw.select(key), on=KEYS[table.name], how="anti")
    laid = Overlay(
        table, sheet.title, pl.concat([raw, rest], how="diagonal"), sheet.heads, sheet.positions, sheet.first_row_of
    )
    laid.given = raw.height
    return laid


def cells_of(table: str, rows: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """Rows of STORED as the text cells of a file, exactly."""
    if table == "enterprises":
        return rows.select(
            "uscc", "name", "district", _decimal("credit", 4).alias("credit_score"), "credit_grade", "party_org",
            "association",
        )  # fmt: skip
    if table == "projects":
        days = ("filed_on", "managed_from", "managed_until", "delivered_on")
        return rows.select(
            "project_id", "uscc", "name", "district", "street", "filing", _decimal("area", 2).alias("area_m2"),
            *(pl.col(day).cast(pl.String) for day in days),
        )  # fmt: skip
    if table == "complaints":
        month = pl.col("month").cast(pl.String)
        return rows.select(
            "project_id",
            pl.concat_str(month.str.slice(0, 4), pl.lit("-"), month.str.slice(4, 2)).alias("month"),
            pl.col("count").cast(pl.String),
            pl.col("rank").cast(pl.String),
        )
    numbers = [_number(name, standard) for name in ("value", "reference")]
    return rows.with_columns(numbers).select(
        "fact_id", "indicator", "uscc", "project_id", pl.col("occurred_on").cast(pl.String),
        pl.coalesce("level", "value").alias("value"), "reference", "case_no", "document_no",
    )  # fmt: skip


def _decimal(name: str, places: int) -> pl.Expr:
    return decimal(name, places).cast(pl.String)


def _number(name: str, standard: Standard) -> pl.Expr:
    """A number of a fact, with the decimals of its indicator."""
    places: dict[int, list[str]] = {}
    for code, shape in standard.facts.items():
        number = getattr(shape, name)
        places.setdefault(number.decimals if number else 0, []).append(code)
    written = pl.lit(None, dtype=pl.String)
    for decimals, codes in places.items():
        written = pl.when(pl.col("indicator").is_in(codes)).then(_decimal(name, decimals)).otherwise(written)
    return written.alias(name)
