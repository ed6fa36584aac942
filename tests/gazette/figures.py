"""Figures and dates of a sentence, in either language, as values that can be compared."""

import calendar
import re
import unicodedata
from decimal import Decimal

from gongbao.kernel.numerals import NUMERAL, to_int

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SCALE = {"": 1, "万": 10**4, "亿": 10**8, " million": 10**6, " billion": 10**9}
_FIGURE = re.compile(r"(?<![A-Za-z])([0-9][0-9,]*(?:\.[0-9]+)?)(?![A-Za-z0-9])(万|亿| million| billion|)")


def figures(text: str) -> set[str]:
    """Every figure in digits: sums at full length ("100万" and "1 million" are "1000000"), days as "10-1"."""
    text = unicodedata.normalize("NFKC", text.replace("²", ""))
    text = re.sub(r"([0-9]+)月([0-9]+)日", r" \1-\2 ", text)
    for number, month in enumerate(calendar.month_name[1:], start=1):
        text = re.sub(rf"([0-9]+) {month}\b", rf" {number}-\1 ", text)
    days = set(re.findall(r"\b[0-9]+-[0-9]+\b", text))
    found = _FIGURE.findall(re.sub(r"\b[0-9]+-[0-9]+\b", " ", text))
    return days | {f"{Decimal(number.replace(',', '')) * _SCALE[scale]:.0f}" for number, scale in found}


def spelled(text: str) -> set[str]:
    """Every figure that is written out: 九十, two."""
    chinese = {str(to_int(numeral)) for numeral in re.findall(f"[{NUMERAL}]+", text)}
    return chinese | {str(n) for n, word in enumerate(_WORDS, start=1) if re.search(rf"\b{word}\b", text, re.I)}
