"""Cells that come typed or in order take a shorter way, to the same answer."""

from decimal import Decimal

import polars as pl
import pytest

from gongbao.rating.tables import cells

MOST = 10**cells.DIGITS - 1


def told(read: cells.Read) -> tuple[list[object], list[bool]]:
    values, bad = read
    return values.to_list(), [False] * len(values) if bad is None else bad.to_list()


@pytest.mark.parametrize("limits", [(0, 1000), (None, None), (-500, None)])
@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt64, pl.Int64])
def test_whole_numbers_are_read_as_their_text_is(
    dtype: type[pl.DataType], limits: tuple[int | None, int | None]
) -> None:
    numbers = [-6, -5, 0, 9, 10, 11, None, 127, MOST, MOST + 1, 2**63, 2**64 - 1]
    fitting = pl.Series(numbers, dtype=pl.Int128).cast(dtype, strict=False)
    assert told(cells.read_decimal(fitting, 2, *limits)) == told(
        cells.read_decimal(fitting.cast(pl.String), 2, *limits)
    )


@pytest.mark.parametrize("scale", [0, 2, 4, 6])  # as many places as the column has, fewer, and more
@pytest.mark.parametrize("limits", [(0, 10_000), (None, None)])
def test_decimals_are_read_as_their_text_is(scale: int, limits: tuple[int | None, int | None]) -> None:
    texts = ["-0.01", "0", "0.99", "1.00", "1.01", "100", "101", str(MOST), str(MOST + 1), "9" * 20]
    numbers = pl.Series([*(Decimal(text).quantize(Decimal(1).scaleb(-scale)) for text in texts), None])
    numbers = numbers.cast(pl.Decimal(38, scale))
    assert told(cells.read_decimal(numbers, 2, *limits)) == told(
        cells.read_decimal(numbers.cast(pl.String), 2, *limits)
    )


@pytest.mark.parametrize("digits", [14, 15, 16])
def test_a_number_too_long_for_its_unit_is_told_and_breaks_nothing(digits: int) -> None:
    values, bad = cells.read_decimal(pl.Series(["1", "9" * digits]), 4, None, None)
    if digits == 14:
        assert (values.to_list(), bad) == ([10_000, 99_999_999_999_999 * 10_000], None)
    else:
        assert (values.to_list(), bad is not None and bad.to_list()) == ([10_000, None], [False, True])


@pytest.mark.parametrize(
    "named",
    [
        [0, 1, 2, 3],  # all of them
        [0, 1, 2, 3, 0, 1, 2, 3],  # all of them, twice
        [2, 3, 0, 1, 2],  # from the middle
        [0, 1, 3],  # one is left out
        [1, 1, 2],  # one comes twice
        [3, 2, 1, 0],  # backwards
        [0, 1, 2, 3] * (cells.LISTS + 1),  # more often than is tried
    ],
)
def test_ids_in_order_are_found_where_a_dictionary_finds_them(named: list[int]) -> None:
    known = pl.Enum(["P1", "P2", "P3", "P4"])
    values, bad = cells.read_reference(known.categories.gather(named), known)
    assert (values.to_list(), bad) == (named, None)


@pytest.mark.parametrize("cell", ["P0", "P25", "P5", "", None])
def test_one_strange_id_among_ids_in_order_is_told_alone(cell: str | None) -> None:
    known = pl.Enum(["P1", "P2", "P3", "P4"])
    values, bad = cells.read_reference(pl.Series(["P1", cell, "P3", "P4", " P1 "]), known)
    assert values.to_list() == [0, None, 2, 3, 0]
    assert (bad.to_list() if bad is not None else [False] * 5) == [False, bool(cell), False, False, False]
