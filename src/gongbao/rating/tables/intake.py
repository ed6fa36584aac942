"""Intake of a rating: files in, checked and exact tables out, or every problem at once.

First each cell by itself (cells.py), then what rows owe each other: keys, references, spells, ranks, the shape of
facts. A cell that is already told is null from then on and told once.
"""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.text import Text
from gongbao.rating.tables import cells
from gongbao.rating.tables.columns import Column
from gongbao.rating.tables.fact_checks import check_facts, repeated
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables
from gongbao.rating.tables.sheets import Sheet, file_hash, read_sheets, source_files
from gongbao.rating.tables.uscc import is_code
from gongbao.rating.tables.vocabulary import Vocabulary

_MISSING = Text("必填,不能为空", "a value: the cell is empty")
_TWICE = Text("同一键值只能有一行;请删去或合并重复的行", "one row for each key: delete or merge the repeated one")


@dataclass(frozen=True)
class Intake:
    """The tables, the files they came from (name -> SHA-256), and who takes part without a credit result (uscc)."""

    tables: RatingTables
    files: dict[str, str]
    without_credit: tuple[str, ...]


def take_in(source: Path, cycle: Cycle, vocabulary: Vocabulary, *, allow_missing_credit: bool = False) -> Intake:
    """Read and check a folder of CSV or Parquet, or an .xlsx. Raises BadInput with everything that is wrong."""
    findings = Findings()
    with ThreadPoolExecutor(1) as aside:
        hashes = aside.submit(lambda: {path.name: file_hash(path) for path in source_files(source)})
        sheets = read_sheets(source, findings)
        tables, without = check_sheets(sheets, cycle, vocabulary, findings, allow_missing_credit=allow_missing_credit)
        return Intake(tables, hashes.result(), without)


def check_sheets(
    sheets: dict[str, Sheet],
    cycle: Cycle,
    vocabulary: Vocabulary,
    findings: Findings,
    *,
    allow_missing_credit: bool = False,
) -> tuple[RatingTables, tuple[str, ...]]:
    """Check tables that were read: the exact ones, and who takes part without a credit result (uscc).

    Raises BadInput with everything that is wrong, what reading them had found before included.
    """
    frames = _read(sheets, vocabulary, findings)
    without = _check_enterprises(sheets, frames, cycle, findings)
    if without is not None and not allow_missing_credit:
        _tell_missing_credit(sheets["enterprises"], without, findings)
    _check_spells(sheets, frames, findings)
    _check_complaints(sheets, frames, findings)
    if "facts" in frames:
        known = frames.get("projects") if "enterprises" in frames else None
        frames["facts"] = check_facts(sheets["facts"], frames["facts"], known, vocabulary, findings)
    findings.raise_if_any()
    missing = frames["enterprises"]["uscc"].gather(without).sort() if without is not None else pl.Series([])
    return _in_order(frames), tuple(missing)


# --- each cell by itself ----------------------------------------------------------------------------------------------


def _read(sheets: dict[str, Sheet], vocabulary: Vocabulary, findings: Findings) -> dict[str, pl.DataFrame]:
    """Typed frames in the order of the files; references as keys, and a key beside the id that it is of."""
    ids: dict[str, pl.Enum] = {}
    frames: dict[str, dict[str, pl.Series]] = {name: {} for name in sheets}
    own = {"enterprises": "uscc", "projects": "project_id"}
    for name in own.keys() & sheets.keys():
        known, keys = cells.keys(cells.read_text(sheets[name].raw[own[name]], "^$")[0])
        ids[name] = pl.Enum(known)
        frames[name][_KEYS[own[name]]] = keys
    tasks = [
        (sheet, column) for sheet in sheets.values() for column in sheet.table.columns if column.name in sheet.heads
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(lambda task: _column(task[0], task[1], vocabulary, ids), tasks)
        for (sheet, column), (values, bad, expected) in zip(tasks, done, strict=True):
            tell = findings.values if column.refers else findings.rows
            tell(sheet, bad, column.name, expected)
            if column.required and values.null_count():
                empty = values.is_null() if bad is None else values.is_null() & ~bad
                findings.rows(sheet, empty, column.name, _MISSING)
            frames[sheet.table.name][_KEYS[column.name] if column.refers else column.name] = values
    return {name: pl.DataFrame(columns) for name, columns in frames.items()}


def _column(
    sheet: Sheet, column: Column, vocabulary: Vocabulary, ids: dict[str, pl.Enum]
) -> tuple[pl.Series, pl.Series | None, Text]:
    """The values of a column, where it is bad, and what was expected."""
    raw = sheet.raw[column.name]
    if column.kind == "word":
        words = vocabulary.of(column)
        return *cells.read_word(raw, vocabulary.spellings(words)), vocabulary.one_of(
            words, or_nothing=not column.required
        )
    expected = column.expected()
    if column.refers:  # without a readable table to refer to, keys are still good for telling rows apart
        known = ids.get(column.refers) or pl.Enum(cells.read_text(raw, "^$")[0].unique().drop_nulls().sort())
        values, bad = cells.read_reference(raw, known)
        values = values.cast(pl.Int64)
        zh, en = _TABLE_NAMES[column.refers]
        expected = Text(f"{zh}表里没有它;请补上或改正", f"one that stands in the table {en}: add it there or mend it")
    elif column.kind == "decimal":
        values, bad = cells.read_decimal(raw, column.decimals, column.minimum, column.maximum)
    elif column.kind == "date":
        values, bad = cells.read_date(raw)
    elif column.kind == "month":
        values, bad = cells.read_month(raw)
    else:
        values, bad = cells.read_text(raw, r"[\s\p{Cc}]" if column.kind in ("id", "uscc") else r"\p{Cc}")
        if column.kind == "uscc":
            bad = (~is_code(values)).fill_null(value=False)
    return values, bad, expected


_KEYS = {"uscc": "enterprise", "project_id": "project"}
_TABLE_NAMES = {"enterprises": ("企业", "enterprises"), "projects": ("项目", "projects")}


# --- what rows owe each other -----------------------------------------------------------------------------------------


def _check_enterprises(
    sheets: dict[str, Sheet], frames: dict[str, pl.DataFrame], cycle: Cycle, findings: Findings
) -> pl.Series | None:
    """Check keys and credit; positions of the enterprises that take part without a credit result."""
    if "enterprises" not in frames:
        return None
    sheet, frame = sheets["enterprises"], frames["enterprises"]
    findings.rows(sheet, repeated(frame["uscc"]), "uscc", _TWICE)
    credit = [name for name in ("credit_score", "credit_grade") if name in frame]
    if len(credit) == 2:
        both = frame["credit_score"].is_not_null() & frame["credit_grade"].is_not_null()
        expected = Text("评价分与等级只能填一个", "nothing beside a credit_score: not both")
        findings.rows(sheet, both, "credit_grade", expected)
    spells = frames.get("projects")
    if spells is None:
        return None
    until = spells["managed_until"].fill_null(cycle.last_day)
    taking_part = spells.filter((spells["managed_from"] <= cycle.last_day) & (until >= cycle.first_day))["enterprise"]
    without = frame["enterprise"].is_in(taking_part.unique().implode())
    for name in credit:  # what stands there but is wrong has been told
        without &= frame[name].is_null() & ~sheet.written(name)
    return without.arg_true()


def _tell_missing_credit(sheet: Sheet, without: pl.Series, findings: Findings) -> None:
    expected = Text(
        "参评企业必须有公共信用评价结果;请补上,或用 --allow-missing-credit 按 0 分计并注明",
        "a public-credit result, as the enterprise takes part: add it, or score 0, marked, by --allow-missing-credit",
    )
    findings.at(sheet, without, "credit_score", expected)


def _check_spells(sheets: dict[str, Sheet], frames: dict[str, pl.DataFrame], findings: Findings) -> None:
    if "projects" not in frames:
        return
    sheet, frame = sheets["projects"], frames["projects"]
    backwards = frame["managed_until"] < frame["managed_from"]
    findings.rows(
        sheet,
        backwards,
        "managed_until",
        Text("不能早于管理开始日期", "not before managed_from"),
    )
    if cells.rises(frame["project"]) or frame["project"].n_unique() == frame.height:
        return
    several = (
        frame.select("project", "enterprise", "managed_from", "managed_until", "project_id")
        .with_row_index("at")
        .filter(pl.col("project").is_duplicated() & pl.col("managed_from").is_not_null())
    )
    repeated = ~several.select(pl.struct("project", "enterprise", "managed_from").is_first_distinct()).to_series()
    findings.at(sheet, several.filter(repeated)["at"], "project_id", _TWICE)
    spells = several.filter(~repeated).sort("project", "managed_from", "at")
    before = pl.col("managed_until").fill_null(cells.LAST_DAY).cum_max().over("project").shift(1)
    overlap = spells.filter((pl.col("project") == pl.col("project").shift(1)) & (pl.col("managed_from") <= before))
    findings.at(
        sheet,
        overlap["at"].sort(),
        "managed_from",
        Text(
            "与同一项目的另一段管理期重叠;请改正两段的起止日期",
            "a day after the project's other spells: this one overlaps with another; mend their dates",
        ),
    )


def _check_complaints(sheets: dict[str, Sheet], frames: dict[str, pl.DataFrame], findings: Findings) -> None:
    if "complaints" not in frames:
        return
    sheet, frame = sheets["complaints"], frames["complaints"]
    findings.rows(sheet, repeated(_complaint_key(frame)), "month", _TWICE)
    if "rank" in frame:
        _check_ranks(sheet, frame, findings)


def _check_ranks(sheet: Sheet, frame: pl.DataFrame, findings: Findings) -> None:
    counted, ranked = pl.col("count") > 0, pl.col("rank").is_not_null()
    months = frame.group_by("month").agg(some=(counted & ranked).any(), lacking=(counted & ~ranked).any())
    mixed = months.filter("some", "lacking")["month"]
    unranked = counted & ~ranked & pl.col("month").is_in(mixed.implode(), nulls_equal=True)
    findings.rows(
        sheet,
        None if mixed.is_empty() else frame.select(unranked).to_series(),
        "rank",
        Text(
            "一个月里有诉求的行要么都有排名,要么都没有;请补上,或清空该月的排名",
            "a rank: in a month all rows with complaints have one, or none; add it, or empty those of the month",
        ),
    )


def _complaint_key(frame: pl.DataFrame) -> pl.Series:
    """Month first: files come month by month, and what is in order need not be sorted."""
    return frame["month"].cast(pl.Int64) * 2**32 + frame["project"]


# --- the order of the house -------------------------------------------------------------------------------------------


def _in_order(frames: dict[str, pl.DataFrame]) -> RatingTables:
    enterprises = _sorted(frames["enterprises"].rename({"credit_score": "credit"}, strict=False), "enterprise")
    projects = _sorted(frames["projects"].rename({"area_m2": "area"}), "project", "managed_from", "enterprise")
    facts = _sorted(frames["facts"], "fact")
    key = _complaint_key(frames["complaints"])
    complaints = frames["complaints"] if key.is_sorted() else frames["complaints"][key.arg_sort()]
    return RatingTables(
        _shaped(enterprises, ENTERPRISES),
        _shaped(projects, PROJECTS),
        _shaped(complaints, COMPLAINTS),
        _shaped(facts, FACTS),
    )


def _sorted(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return frame if cells.rises(frame[keys[0]]) else frame.sort(keys)


def _shaped(frame: pl.DataFrame, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in frame]
    return frame.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in schema.items())
