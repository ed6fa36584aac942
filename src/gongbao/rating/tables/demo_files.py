"""Writing the made-up city to a folder, with a note that it is made up."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.folders import refuse_foreign, replaced
from gongbao.rating.tables.writing import FORMATS, write_table, write_workbook

NOTE = """虚构数据:由 gongbao demo-city 生成。其中的企业、小区、街道、文书、诉求和分数都不存在。
Made up by gongbao demo-city: none of the enterprises, estates, streets, documents, complaints or scores exists.
"""
_KNOWN = frozenset({"README.txt", "city.xlsx"} | {f"{t.name}.{e}" for t in contract() for e in FORMATS})


def refuse_city(out: Path) -> None:
    """Raise BadInput when `out` holds something that is no made-up city."""
    refuse_foreign(out, "README.txt", NOTE.splitlines()[0], _KNOWN)


def write_city(tables: Mapping[str, pl.DataFrame], out: Path, file_format: str) -> None:
    """Write all tables into `out`, all or nothing: a file each, or city.xlsx with a sheet each and Chinese heads."""
    refuse_city(out)
    with replaced(out) as folder:
        (folder / "README.txt").write_text(NOTE, encoding="utf-8", newline="\n")
        if file_format == "xlsx":
            sheets = {
                table.zh: tables[table.name].rename({c.name: c.zh for c in table.columns}, strict=False)
                for table in contract()
            }
            write_workbook(folder / "city.xlsx", sheets)
            return
        for name, frame in tables.items():
            write_table(frame, folder, name, file_format)
