"""Where the columns are worked out: Polars by default, others through the same three steps."""

from typing import Protocol

import narwhals as nw
import polars as pl

from gongbao.rating.rules.columns import Frame


class Engine(Protocol):
    """name: as it stands in run.json."""

    name: str

    def take(self, frame: pl.DataFrame) -> Frame:
        """Hand a table in."""

    def settle(self, frame: Frame) -> Frame:
        """Work a table out once, because several steps read it."""

    def bring(self, frame: Frame) -> pl.DataFrame:
        """Bring a result back."""


class PolarsEngine:
    """One machine, all its cores."""

    name = "polars"

    def take(self, frame: pl.DataFrame) -> Frame:
        return nw.from_native(frame.lazy())

    def settle(self, frame: Frame) -> Frame:
        return nw.from_native(self.bring(frame).lazy())

    def bring(self, frame: Frame) -> pl.DataFrame:
        lazy: pl.LazyFrame = frame.to_native()
        return lazy.collect()
