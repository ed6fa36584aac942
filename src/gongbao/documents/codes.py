"""Check codes: twelve characters that cannot be mistaken for one another, in groups of four."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O
LENGTH, GROUP = 12, 4  # 60 bits: not to be guessed, short enough to be typed
GAPS = str.maketrans("", "", "-—– ")


def fresh() -> str:
    """A new code, by chance."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normal(typed: str) -> str:
    """A code as it was typed, in the one form: capitals, groups of four."""
    return _grouped(typed.upper().translate(GAPS))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
