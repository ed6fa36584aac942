"""Turning raw cells into typed values, a column at a time: exact, without floats, null where a cell is no such thing.

Columns repeat themselves (six months, thirty indicators, a few thousand days), so a cell is read once for each
distinct text. Every reader returns (values, bad): bad is true where something stands that cannot be read, None when
there is nothing of the kind.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

import polars as pl

DIGITS = 15  # whole digits a number may have
LISTS = 100  # times that a column may go through the ids before it is looked up
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
Read = tuple[pl.Series, pl.Series | None]


def read_text(cells: pl.Series, forbidden: str) -> Read:
    """Trimmed text, null for empty; bad where the pattern `forbidden` occurs."""
    text = _trimmed(as_text(cells))
    bad = text.str.contains(forbidden).fill_null(value=False)
    return text, bad if bad.any() else None


def read_decimal(cells: pl.Series, places: int, minimum: int | None, maximum: int | None) -> Read:
    """Int64 in 10**-places; bad outside minimum … maximum or with more decimals (trailing zeros do not count)."""
    exact = _exact(cells, places)
    if exact is not None:
        return _judged(cells, _within(exact, minimum, maximum))
    return _distinct(cells, lambda text: _within(fixed(text, places), minimum, maximum))


def read_date(cells: pl.Series) -> Read:
    """Dates written YYYY-MM-DD; a spreadsheet's date may bear the time 00:00:00."""
    if cells.dtype == pl.Date:
        return _judged(cells, _within(cells, FIRST_DAY, LAST_DAY))
    return _distinct(cells, _dates)


def read_month(cells: pl.Series) -> Read:
    """Months written YYYY-MM, as YYYYMM; what a spreadsheet made of one is its first day."""
    return _distinct(cells, _months)


def read_word(cells: pl.Series, spellings: Mapping[str, str]) -> Read:
    """The word that is meant by each spelling."""
    old, new = list(spellings), list(spellings.values())
    return _distinct(
        cells,
        lambda text: text.replace_strict(
            pl.Series(old, dtype=pl.String), pl.Series(new, dtype=pl.String), default=None, return_dtype=pl.String
        ),
    )


def read_reference(cells: pl.Series, known: pl.Enum) -> Read:
    """Position (unsigned) of each cell among the sorted ids; bad where it is none of them.

    known: the ids, made a dictionary once for all the columns that refer to them.
    """
    text = as_text(cells)
    in_order = _in_their_order(text, known.categories)
    if in_order is not None:
        return in_order, None
    keys = text.cast(known, strict=False)
    if keys.null_count() > text.null_count():  # untrimmed, empty or unknown: only then is trimming worth its time
        text = _trimmed(text)
        keys = text.cast(known, strict=False)
    return _judged(text, keys.to_physical())


def keys(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The sorted distinct ids, and the position of each value among them (Int64)."""
    if values.null_count() == 0 and values.is_sorted():
        new = (values != values.shift(1)).fill_null(value=True)
        return values.filter(new), new.cast(pl.Int64).cum_sum() - 1
    ids = values.unique().drop_nulls().sort()
    return ids, values.cast(pl.Enum(ids)).to_physical().cast(pl.Int64)


def rises(values: pl.Series) -> bool:
    """Whether every value is greater than the one before it: then all are distinct, and nothing need be sorted."""
    return (values.slice(1) > values.head(max(len(values) - 1, 0))).all(ignore_nulls=False) is True


def fixed(text: pl.Series, places: int) -> pl.Series:
    """Plain decimal numbers as Int64 in 10**-places, by their digits; null for anything else."""
    plain = text.str.contains(rf"^[+-]?0*[0-9]{{0,{DIGITS}}}(?:\.[0-9]{{0,{places}}}0*)?$") & text.str.contains("[0-9]")
    number: pl.Series = text.set(~plain, None).cast(pl.Decimal(38, places)) * 10**places
    return number.cast(pl.Int64, strict=False)


def _exact(cells: pl.Series, places: int) -> pl.Series | None:
    """Parquet's whole numbers and decimals in 10**-places, without the way through text; None: they must take it."""
    most = min(10 ** (DIGITS + places), 2**63) - 1
    if cells.dtype.is_integer():
        whole = _within(cells.cast(pl.Int64, strict=False), -(most // 10**places), most // 10**places)
        exact: pl.Series = whole * 10**places
        return exact
    if isinstance(cells.dtype, pl.Decimal) and cells.dtype.scale <= places:
        units = cells.cast(pl.Decimal(38, places), strict=False).to_physical()
        return _within(units.cast(pl.Int64, strict=False), -most, most)
    return None


def _in_their_order(text: pl.Series, ids: pl.Series) -> pl.Series | None:
    """Positions in a column that goes through the ids in their order, once or a few times; None: it does not.

    Deliveries list all projects month by month. To compare such a list is thirty times as fast as to look it up.
    """
    falls = (text <= text.shift(1)).arg_true()
    if text.null_count() or text.is_empty() or len(falls) > LISTS:
        return None
    found = []
    for begin, end in pairwise([0, *falls, len(text)]):
        at = ids.search_sorted(text[begin])
        if at + end - begin > len(ids) or not (ids.slice(at, end - begin) == text.slice(begin, end - begin)).all():
            return None
        found.append(pl.int_range(at, at + end - begin, dtype=pl.UInt32, eager=True))
    return pl.concat(found)


def _dates(text: pl.Series) -> pl.Series:
    day = text.str.strip_suffix(".000000").str.strip_suffix(" 00:00:00")
    iso = day.set(~day.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), None)
    return _within(iso.str.to_date("%Y-%m-%d", strict=False), FIRST_DAY, LAST_DAY)


def _months(text: pl.Series) -> pl.Series:
    month = text.str.extract(r"^((?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2]))(?:-01 00:00:00)?$")
    return month.str.replace("-", "").cast(pl.Int32)


def _within(values: pl.Series, minimum: int | date | None, maximum: int | date | None) -> pl.Series:
    low = values >= minimum if minimum is not None else values.is_not_null()
    high = values <= maximum if maximum is not None else values.is_not_null()
    return values.set(~(low & high), None)


def _distinct(cells: pl.Series, read: Callable[[pl.Series], pl.Series]) -> Read:
    """Read each distinct text once, and put the values where the texts stand."""
    raw = as_text(cells)
    texts = raw.unique().drop_nulls()
    if texts.is_empty():
        return read(texts).clear(len(raw)), None
    if 2 * len(texts) > len(raw):
        text = _trimmed(raw)
        return _judged(text, read(text))
    values = read(_trimmed(texts))
    place = raw.cast(pl.Enum(texts)).to_physical()
    wrong = texts.filter(values.is_null() & _trimmed(texts).is_not_null())
    return values.gather(place), None if wrong.is_empty() else raw.is_in(wrong.implode()).fill_null(value=False)


def _judged(cells: pl.Series, values: pl.Series) -> Read:
    if values.null_count() == cells.null_count():
        return values, None
    return values, values.is_null() & cells.is_not_null()


def _trimmed(text: pl.Series) -> pl.Series:
    trimmed = text.str.strip_chars()
    return trimmed.set(trimmed == "", None)


def as_text(cells: pl.Series) -> pl.Series:
    """Parquet's types as a person would write them: decimals exactly, floats in their shortest form."""
    if cells.dtype == pl.String:
        return cells
    if cells.dtype.is_nested() or cells.dtype == pl.Binary:
        return cells.is_null().replace_strict({True: None, False: "?"}, return_dtype=pl.String)
    return cells.cast(pl.String)
