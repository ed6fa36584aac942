"""Where the columns are worked out: Polars by default, others through the same three steps."""

from typing import Protocol

import narwhals as nw
import polars as pl


class Engine(Protocol):
    """name: as it stands in run.json."""

    name: str

    def take(self, frame: pl.DataFrame) -> nw.LazyFrame:
        """Hand a table in."""

    def settle(self, frame: nw.LazyFrame) -> nw.LazyFrame:
        """Work a table out once, because several steps read it."""

    def bring(self, frame: nw.LazyFrame) -> pl.DataFrame:
        """Bring a result back."""


class PolarsEngine:
    """One machine, all its cores."""

    name = "polars"

    def take(self, frame: pl.DataFrame) -> nw.LazyFrame:
        return nw.from_native(frame.lazy())

    def settle(self, frame: nw.LazyFrame) -> nw.LazyFrame:
        return nw.from_native(self.bring(frame).lazy())

    def bring(self, frame: nw.LazyFrame) -> pl.DataFrame:
        lazy: pl.LazyFrame = frame.to_native()
        return lazy.collect()
