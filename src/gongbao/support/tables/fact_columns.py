"""Facts from the columns of a table: text or typed, checked by the column, everything wrong with its row.

The same facts as in a profile, many at a time: what Fact.read takes one by one is taken here in one expression.
"""

from collections.abc import Iterable

import polars as pl

from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import LISTS, WHOLE_DIGITS, Fact, WrongValue
from gongbao.support.rules.matching import SEPARATOR, schema

NOTED = 20  # problems told of one column in one slice; the rest will be like them
FLOAT = Text(
    "不能用浮点数;应为文字、整数或定点小数(Decimal)", "no floats; text, whole numbers or decimals (Decimal) are due"
)


def read_columns(
    frame: pl.DataFrame, facts: Iterable[Fact], table: str, first_row: int, problems: list[Problem]
) -> pl.DataFrame:
    """The columns of facts (Fact.columns) from a table that has some of them under their short names.

    A fact without a column is unknown everywhere. first_row: the row of the first line as a person sees it.
    """
    found: list[pl.Series] = []
    for fact in facts:
        short = fact.name.split(".")[1]
        if short not in frame.columns:
            found += [pl.Series(column, [None] * len(frame), dtype) for column, dtype in schema([fact]).items()]
            continue
        given = frame[short]
        if given.dtype.is_float():
            problems.append(Problem(table, None, short, str(given.dtype), FLOAT.zh, FLOAT.en))
            continue
        known = _unknown_if_empty(given)
        read = [known.to_frame().select(expr.alias(name)).to_series() for name, expr in _columns(fact, known)]
        wrong = (known.is_not_null() & read[0].is_null()).arg_true()
        for row in wrong.head(NOTED):
            expected = _expected(fact)
            problems.append(Problem(table, first_row + row, short, str(known[row]), expected.zh, expected.en))
        found += read
    return pl.DataFrame(found)


def _unknown_if_empty(given: pl.Series) -> pl.Series:
    """An empty text is unknown; numbers are read from their text, lists from their items."""
    if given.dtype.is_numeric():
        given = given.cast(pl.String)
    if given.dtype == pl.String:
        return given.to_frame().select(pl.when(pl.first() != "").then(pl.first())).to_series()
    return given


def _columns(fact: Fact, given: pl.Series) -> list[tuple[str, pl.Expr]]:
    """Every column of a fact with the expression that reads it; null where the value is wrong."""
    column, dtype = pl.col(given.name), given.dtype
    if fact.type in LISTS:
        items = (
            column
            if isinstance(dtype, pl.List)
            else column.cast(pl.String)
            .str.split(SEPARATOR)
            .list.filter(
                pl.element() != ""  # a lone | is a list that is known to be empty
            )
        )
        right = items.list.eval(pl.element().is_in(list(fact.options))).list.all()
        return [(fact.column(code), pl.when(right).then(items.list.contains(code))) for code in fact.options]
    if fact.type == "bool":
        if dtype == pl.Boolean:
            return [(fact.name, column)]
        return [(fact.name, column.cast(pl.String).replace_strict({"true": True, "false": False}, default=None))]
    if fact.type == "date":
        if dtype == pl.Date:
            return [(fact.name, column)]
        text = column.cast(pl.String)
        day = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(text)
        return [(fact.name, day.str.to_date("%Y-%m-%d", strict=False))]
    text = column.cast(pl.String)
    if fact.type == "choice":
        options = list(fact.options)
        return [(fact.name, pl.when(text.is_in(options)).then(text).cast(pl.Enum(options)))]
    if fact.type == "text":
        return [(fact.name, pl.when(text.str.strip_chars() != "").then(text))]
    return [(fact.name, _number(fact, text))]


def _number(fact: Fact, text: pl.Expr) -> pl.Expr:
    """A decimal as a whole number of 10**-decimals units, digit by digit: never by way of a float."""
    decimals = rf"[0-9]{{1,{fact.decimals}}}0*" if fact.decimals else "0+"
    right = pl.when(text.str.contains(rf"^[0-9]{{1,{WHOLE_DIGITS}}}(\.{decimals})?$")).then(text)
    whole, part = right.str.extract(r"^([0-9]+)"), right.str.extract(r"\.([0-9]*)").fill_null("")
    digits = pl.concat_str(whole, part.str.pad_end(fact.decimals, "0").str.slice(0, fact.decimals))
    value = digits.cast(pl.Int64, strict=False)
    return pl.when(value <= 10**fact.decimals).then(value) if fact.type == "share" else value


def _expected(fact: Fact) -> Text:
    """What a cell should hold."""
    if fact.type in LISTS:
        codes = SEPARATOR.join(fact.options)
        return Text(f"应为用 | 隔开的:{codes};没有则只写 |", f"due, separated by |: {codes}; a lone | for none")
    try:
        fact.read(None)
    except WrongValue as wrong:
        return wrong.expected
    raise AssertionError(f"{fact.name} reads nothing")  # no type takes null
