"""Exact points and money: 64-bit integers in fixed point. No floats anywhere.

Points are counted in millionths (10⁻⁶ point), money in fen (10⁻² yuan). Rounding is half away from zero
(GB/T 8170), once, at the end. Intermediate products must stay below 2⁵³, which also holds for engines that
divide by way of floats.
"""

from decimal import Decimal, InvalidOperation

POINT = 1_000_000
FEN = 100


def to_fixed(text: str, places: int) -> int:
    """Read a decimal number as an integer of 10**-places units.

    Takes "12", "-0.5", "3.1400". Raises ValueError for anything that is no plain decimal number (no exponent,
    no separators), or that has more than `places` decimals other than trailing zeros.
    """
    digits = text.strip()
    body = digits[1:] if digits[:1] in "+-" else digits
    if not body or body.count(".") > 1 or not body.replace(".", "").isascii() or not body.replace(".", "").isdigit():
        raise ValueError(f"not a plain decimal number: {text!r}")
    try:
        scaled = Decimal(digits).scaleb(places)
    except InvalidOperation as error:
        raise ValueError(f"not a decimal number: {text!r}") from error
    if scaled != scaled.to_integral_value():
        raise ValueError(f"more than {places} decimals: {text!r}")
    return int(scaled)


def from_fixed(value: int, places: int) -> str:
    """Write an integer of 10**-places units as a decimal with exactly `places` decimals."""
    sign = "-" if value < 0 else ""
    if places == 0:
        return f"{sign}{abs(value)}"
    whole, part = divmod(abs(value), 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


def divide_half_away(numerator: int, denominator: int) -> int:
    """numerator ÷ denominator (> 0), rounded to a whole number, halves away from zero."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -quotient if numerator < 0 else quotient
