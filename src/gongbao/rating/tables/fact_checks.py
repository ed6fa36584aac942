"""Facts (事实) against what the standard lets each indicator carry."""

from collections.abc import Mapping

import polars as pl

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.rating.rules.facts import FactShape, NumberShape
from gongbao.rating.tables import cells
from gongbao.rating.tables.columns import en_words, zh_word
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.sheets import Sheet

_EMPTY = Text("这项指标不填此列,请清空", "nothing: this indicator has no use for the column")
_WANTED = Text("必填:这项指标需要它", "a value: this indicator needs it")
_PROJECT = Text("这项指标必须写明项目编号", "a project_id: this indicator needs its project")
_DOCUMENT = Text("责令、处罚必须有文书编号", "a document_no: orders and penalties have one")
_STRANGER = Text(
    "企业从未管理过这个项目;请核对企业代码和项目编号,或在项目表补上管理期",
    "a project that the enterprise has managed: mend either number, or add the spell to the table of projects",
)


def check_facts(
    sheet: Sheet,
    frame: pl.DataFrame,
    projects: pl.DataFrame | None,
    shapes: Mapping[str, FactShape],
    findings: Findings,
) -> pl.DataFrame:
    """Check all facts; return them with the columns fact, level, value and reference as the rules read them."""
    repeated = ~frame["fact_id"].is_first_distinct() & frame["fact_id"].is_not_null()
    findings.rows(sheet, repeated, "fact_id", Text("事实编号不能重复", "a fact_id of its own: it stands twice"))
    if projects is not None and "enterprise" in projects and {"enterprise", "project"} <= set(frame.columns):
        _check_managed(sheet, frame, projects, findings)
    frame = frame.with_row_index("at")
    done = [_check_indicator(sheet, part, shapes[str(code)], findings) for (code,), part in _by_indicator(frame)]
    empty = frame.clear().with_columns(pl.lit(None, pl.String).alias("level"), *_numbers(None, None))
    facts = pl.concat([empty, *done]).sort("at").drop("at")
    return facts.with_columns((facts["fact_id"].rank("dense").cast(pl.Int64) - 1).alias("fact"))


def _by_indicator(frame: pl.DataFrame) -> list[tuple[tuple[object, ...], pl.DataFrame]]:
    known = frame.filter(pl.col("indicator").is_not_null())
    return sorted(known.partition_by("indicator", as_dict=True).items(), key=str) if known.height else []


def _check_managed(sheet: Sheet, frame: pl.DataFrame, projects: pl.DataFrame, findings: Findings) -> None:
    named = frame.select("enterprise", "project").with_row_index("at").drop_nulls()
    strange = named.join(projects.select("enterprise", "project"), on=["enterprise", "project"], how="anti")
    findings.at(sheet, strange["at"].sort(), "project_id", _STRANGER)


def _check_indicator(sheet: Sheet, part: pl.DataFrame, shape: FactShape, findings: Findings) -> pl.DataFrame:
    at = part["at"]
    if shape.project:
        findings.at(sheet, at.filter(~_written(sheet, "project_id", at)), "project_id", _PROJECT)
    if shape.document:
        findings.at(sheet, at.filter(part["document_no"].is_null()), "document_no", _DOCUMENT)
    level = pl.Series([None], dtype=pl.String).new_from_index(0, part.height)
    value = _number(sheet, part, "value", None if shape.levels else shape.value, findings, skip=bool(shape.levels))
    if shape.levels:
        level, bad = cells.read_word(part["value"], shape.levels, en_words(shape.levels))
        listed = " · ".join(f"{word}({zh_word(word)})" if zh_word(word) else word for word in shape.levels)
        expected = Text(f"应为下列之一:{listed}", f"one of: {' · '.join(shape.levels)}")
        findings.at(sheet, at.filter(level.is_null()), "value", expected)
    reference = _number(sheet, part, "reference", shape.reference, findings)
    if shape.value is not None and shape.value.at_most_reference:
        expected = Text("不能大于对照值", "not more than the reference")
        findings.at(sheet, at.filter(value > reference), "value", expected)
    return part.with_columns(level.alias("level"), *_numbers(value, reference))


def _numbers(value: pl.Series | None, reference: pl.Series | None) -> list[pl.Expr]:
    pairs = (("value", value), ("reference", reference))
    return [pl.lit(series if series is not None else None, pl.Int64).alias(name) for name, series in pairs]


def _number(
    sheet: Sheet,
    part: pl.DataFrame,
    column: str,
    shape: NumberShape | None,
    findings: Findings,
    *,
    skip: bool = False,
) -> pl.Series:
    """The numbers of a column; tell what is none, what is missing, and what should not be there."""
    at, text = part["at"], part[column]
    nothing = pl.Series([None], dtype=pl.Int64).new_from_index(0, part.height)
    if skip:
        return nothing
    if shape is None:
        findings.at(sheet, at.filter(text.is_not_null()), column, _EMPTY)
        return nothing
    findings.at(sheet, at.filter(text.is_null()), column, _WANTED)
    values, bad = cells.read_decimal(text, shape.decimals, shape.minimum, shape.maximum)
    if bad is not None:
        findings.at(sheet, at.filter(bad), column, _expected(shape))
    return values


def _expected(shape: NumberShape) -> Text:
    low = None if shape.minimum is None else from_fixed(shape.minimum, shape.decimals)
    high = None if shape.maximum is None else from_fixed(shape.maximum, shape.decimals)
    zh = "整数" if shape.decimals == 0 else f"最多 {shape.decimals} 位小数的数"
    en = "a whole number" if shape.decimals == 0 else f"a number with at most {shape.decimals} decimals"
    if low is not None and high is not None:
        return Text(f"应为 {low} 至 {high} 的{zh}", f"{en} from {low} to {high}")
    if low is not None:
        return Text(f"应为不小于 {low} 的{zh}", f"{en}, {low} or more")
    if high is not None:
        return Text(f"应为不大于 {high} 的{zh}", f"{en}, {high} or less")
    return Text(f"应为{zh}", en)


def _written(sheet: Sheet, column: str, at: pl.Series) -> pl.Series:
    """Whether anything stands in a cell, be it right or wrong (what is wrong has been told)."""
    return (sheet.raw[column].gather(at).cast(pl.String).str.strip_chars() != "").fill_null(value=False)
