"""Dates as the gazette prints them: 2026年4月9日, 二〇二六年四月九日, scan spaces allowed."""

import re
from datetime import date

from gongbao.kernel.numerals import NUMERAL, to_int

_ANY = f"[0-9{NUMERAL}]"
DATE = rf"({_ANY}{{4}})\s*年\s*({_ANY}{{1,3}})\s*月\s*({_ANY}{{1,3}})\s*日"
_DATE = re.compile(DATE)


def read_date(text: str) -> date | None:
    """The date that a text begins with; None where it begins with none, or with one that no calendar has."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    try:
        return date(*(to_int(part) for part in match.groups()))
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Is the line a date and nothing else?"""
    return bool(_DATE.fullmatch(text.strip())) and read_date(text) is not None
