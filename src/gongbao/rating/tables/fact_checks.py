"""Facts (事实) against what the standard lets each indicator carry."""

import polars as pl

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.rating.rules.facts import NumberShape
from gongbao.rating.tables import cells
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.sheets import Sheet
from gongbao.rating.tables.vocabulary import Vocabulary

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
    vocabulary: Vocabulary,
    findings: Findings,
) -> pl.DataFrame:
    """Check all facts; return them with the columns fact, level, value and reference as the rules read them."""
    findings.rows(sheet, repeated(frame["fact_id"]), "fact_id", Text("事实编号不能重复", "a fact_id of its own"))
    if projects is not None:
        _check_managed(sheet, frame, projects, findings)
    parts = frame.select("indicator", "value", "reference", "document_no").with_row_index("at").drop_nulls("indicator")
    checked = [
        _check_indicator(sheet, part, str(code), vocabulary, findings)
        for (code,), part in sorted(parts.partition_by("indicator", as_dict=True).items(), key=str)
    ]
    result = pl.concat([_typed(parts.clear()["at"], None, None, None), *checked])
    result = result if result["at"].is_sorted() else result.sort("at")
    frame = frame.drop("value", "reference").with_row_index("at")
    if result.height == frame.height:
        frame = frame.hstack(result.drop("at"))
    else:  # an indicator that is none has been told; its row carries nothing
        frame = frame.join(result, on="at", how="left", maintain_order="left")
    return frame.with_columns(cells.keys(frame["fact_id"])[1].alias("fact")).drop("at")


def repeated(values: pl.Series) -> pl.Series | None:
    """True on every row whose value stood before; None where all are distinct."""
    if cells.rises(values) or cells.rises(values.drop_nulls().sort()):
        return None
    return ~values.is_first_distinct() & values.is_not_null()


def _check_managed(sheet: Sheet, frame: pl.DataFrame, projects: pl.DataFrame, findings: Findings) -> None:
    pair = pl.col("enterprise") * projects.height + pl.col("project")  # one number is looked up faster than two
    known = projects.select(pair).to_series().drop_nulls()
    strange = frame.select((~pair.is_in(known.implode())).fill_null(value=False)).to_series()
    findings.rows(sheet, strange, "project_id", _STRANGER)


def _check_indicator(
    sheet: Sheet, part: pl.DataFrame, code: str, vocabulary: Vocabulary, findings: Findings
) -> pl.DataFrame:
    at, shape = part["at"], vocabulary.facts[code]
    if shape.project:
        findings.at(sheet, at.filter(~sheet.written("project_id", at)), "project_id", _PROJECT)
    if shape.document:
        findings.at(sheet, at.filter(part["document_no"].is_null()), "document_no", _DOCUMENT)
    reference = _number(sheet, part, "reference", shape.reference, findings)
    if shape.levels:
        level, _bad = cells.read_word(part["value"], vocabulary.spellings(shape.levels))
        findings.at(sheet, at.filter(level.is_null()), "value", vocabulary.one_of(shape.levels))
        return _typed(at, level, None, reference)
    value = _number(sheet, part, "value", shape.value, findings)
    if value is not None and reference is not None and shape.value and shape.value.at_most_reference:
        findings.at(sheet, at.filter(value > reference), "value", Text("不能大于对照值", "not more than the reference"))
    return _typed(at, None, value, reference)


def _typed(
    at: pl.Series, level: pl.Series | None, value: pl.Series | None, reference: pl.Series | None
) -> pl.DataFrame:
    """What an indicator's facts carry, at their positions; None: nothing."""
    nothing = pl.Series([None], dtype=pl.Null).new_from_index(0, len(at))
    columns = {"level": (level, pl.String), "value": (value, pl.Int64), "reference": (reference, pl.Int64)}
    return pl.DataFrame(
        {"at": at} | {k: (nothing if s is None else s).cast(dtype) for k, (s, dtype) in columns.items()}
    )


def _number(
    sheet: Sheet, part: pl.DataFrame, column: str, shape: NumberShape | None, findings: Findings
) -> pl.Series | None:
    """The numbers of a column; tell what is none, what is missing, and what should not be there."""
    at, text = part["at"], part[column]
    if shape is None:
        findings.at(sheet, at.filter(text.is_not_null()), column, _EMPTY)
        return None
    findings.at(sheet, at.filter(text.is_null()), column, _WANTED)
    values, bad = cells.read_decimal(text, shape.decimals, shape.minimum, shape.maximum)
    findings.at(sheet, at.filter(bad) if bad is not None else at.clear(), column, _expected(shape))
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
