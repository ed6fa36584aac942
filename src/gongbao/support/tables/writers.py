"""Tables written in slices, as Parquet or CSV, beside their place until all of it is there."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

PARTIAL = ".partial"
FEN = pl.lit(Decimal("0.01"))


def money_column(fen: pl.Expr) -> pl.Expr:
    """Yuan with two decimals, exact."""
    return fen.cast(pl.Decimal(20, 0)) * FEN


class Writer:
    """suffix: parquet or csv. Nothing appears under its own name before finish()."""

    def __init__(self, out: Path, suffix: str) -> None:
        self.out, self.suffix = out, suffix
        self._open: dict[str, pq.ParquetWriter] = {}
        self._names: list[str] = []

    def _path(self, name: str) -> Path:
        return self.out / f"{name}.{self.suffix}{PARTIAL}"

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Add rows to a table."""
        first = name not in self._names
        if first:
            self._names.append(name)
        if self.suffix == "csv":
            with self._path(name).open("wb" if first else "ab") as file:
                frame.write_csv(file, include_header=first)
            return
        table = frame.to_arrow()
        if first:
            self._open[name] = pq.ParquetWriter(self._path(name), table.schema, compression="zstd")
        self._open[name].write_table(table)

    def finish(self) -> None:
        """Everything is there: the tables take their place."""
        self._close()
        for name in self._names:
            self._path(name).replace(self.out / f"{name}.{self.suffix}")

    def discard(self) -> None:
        """Leave nothing unfinished behind."""
        self._close()
        for name in self._names:
            self._path(name).unlink(missing_ok=True)

    def _close(self) -> None:
        for writer in self._open.values():
            writer.close()
        self._open.clear()
