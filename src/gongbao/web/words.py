"""Saying things in the language of the page. Both languages stand side by side in the code: see docs/decisions."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from gongbao.kernel.text import Text


def said(text: Text | str) -> str:
    """A text in the language of the page being made; a plain string as it is."""
    return text.get(get_language() or "zh") if isinstance(text, Text) else text


def _both(zh: str, en: str) -> str:
    return said(Text(zh, en))


both = lazy(_both, str)
"""both("姓名", "Name"): for what is written down once and said later, such as the label of a form's field."""


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def day(value: date) -> str:
    """A date as people write it: 2026年7月10日, 10 July 2026. Moments are taken as Beijing days."""
    if isinstance(value, datetime):
        value = timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return f"{value.year}年{value.month}月{value.day}日" if in_chinese() else f"{value.day} {value:%B %Y}"


def due_day(value: date, *, late: bool) -> str:
    """The last day of a period, with a word where it has passed."""
    return day(value) + (said(Text("(已逾期)", " (overdue)")) if late else "")
