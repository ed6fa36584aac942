"""Exact points and money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.fixed import divide_half_away, from_fixed, to_fixed


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (-15, 10, -2), (0, 3, 0)],
)
def test_halves_go_away_from_zero_on_both_sides(numerator: int, denominator: int, expected: int) -> None:
    assert divide_half_away(numerator, denominator) == expected


@given(st.integers(-(2**53), 2**53), st.integers(0, 6))
def test_what_is_written_reads_back(value: int, places: int) -> None:
    assert to_fixed(from_fixed(value, places), places) == value


@pytest.mark.parametrize("text", ["", "-", "1e3", "1,000", "0.00001", "NaN", "1.2.3", "½"])
def test_what_is_no_decimal_of_four_places_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        to_fixed(text, 4)


def test_trailing_zeros_are_no_extra_decimals() -> None:
    assert to_fixed("12.340000", 2) == 1234
