"""Chinese numerals, as articles, items and years are counted with them."""

import re

DIGITS = "〇一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "〇零○一二两三四五六七八九十百千"  # every character that to_int reads, besides 0-9
_VALUES = {character: value for value, character in enumerate(DIGITS)} | {"零": 0, "○": 0, "两": 2}


def to_int(text: str) -> int:
    """Read "7", "七", "十二", "一百零五", or digit by digit "二〇二五". Raises ValueError for anything else."""
    if re.fullmatch(r"[0-9]+", text):
        return int(text)
    if not text or not set(text) <= set(NUMERAL):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if not set(text) & set(UNITS):
        return int("".join(str(_VALUES[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in UNITS:
            total += (1 if digit is None else digit) * UNITS[character]
            digit = None
        else:
            digit = _VALUES[character] or None  # 零 only holds a place
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Write 1 … 9999 in the usual form: 10 十, 12 十二, 20 二十, 105 一百零五, 110 一百一十."""
    if not 0 < number < 10_000:
        raise ValueError(f"from 1 to 9999, not {number}")
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written
