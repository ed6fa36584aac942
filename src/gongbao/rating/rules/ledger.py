"""The ledger (计分明细) in words: keys become the names of enterprises, projects, indicators, levels and facts."""

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.columns import Keys
from gongbao.rating.rules.kinds.base import Witness
from gongbao.rating.rules.standard import Standard
from gongbao.rating.rules.world import MONTH_REF, Tables


def write_ledger(lines: pl.DataFrame, keys: Keys, standard: Standard, tables: Tables) -> pl.DataFrame:
    """line, uscc, project_id (null at enterprise scope), indicator, level ("" none), quantity, points, n,
    contribution, cite; in the order of the ledger, which is that of the keys.
    """
    slots = [(i, level) for i in standard.indicators for level in _padded(i.kind.levels, keys.levels)]
    subject, slot = pl.col("key") // keys.slots, pl.col("key") % keys.slots
    address = lines.select(
        enterprise=subject // (keys.projects + 1), project=subject % (keys.projects + 1) - 1, slot=slot
    )
    project = address["project"]
    return pl.DataFrame(
        [
            pl.int_range(1, lines.height + 1, eager=True, dtype=pl.Int64).alias("line"),
            _names(tables.enterprises, "enterprise", "uscc").gather(address["enterprise"]).alias("uscc"),
            _names(tables.projects, "project", "project_id").gather(project.set(project < 0, None)).alias("project_id"),
            _words([i.code for i, _ in slots]).gather(address["slot"]).alias("indicator"),
            _words([level for _, level in slots]).gather(address["slot"]).alias("level"),
            lines["quantity"],
            lines["points"],
            lines["n"],
            lines["contribution"],
            _words([i.cite for i, _ in slots]).gather(address["slot"]).alias("cite"),
        ]
    )


def write_witnesses(
    lines: pl.DataFrame, witnesses: pl.DataFrame, keys: Keys, standard: Standard, tables: Tables, cycle: Cycle
) -> pl.DataFrame:
    """line, fact: every fact that a line stands on, in the order of the text of facts within each line.

    Texts are made before sorting, one kind of witness after the other, for those that there are.
    """
    kinds = [indicator.kind.witness for indicator in standard.indicators for _ in range(keys.levels)]
    texts = _texts(keys, standard, tables, cycle)
    slot = pl.col("key") % keys.slots
    kind = _gather(pl.Series([list(texts).index(kind) for kind in kinds], dtype=pl.UInt8), slot)
    parted = witnesses.with_columns(kind=kind)
    numbered = lines.select(line_key="key", line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    # both sides are sorted, so lines are found in passing, without a dictionary of them
    found = (
        pl.concat(
            parted.filter(kind=at).select("key", "ref", fact=text) for at, text in enumerate(texts.values())
        )  # held by nobody else, so that each step frees what the one before it made
        .sort("key", "ref")
        .drop("ref")
        .join_asof(numbered, left_on="key", right_on="line_key", coalesce=False, check_sortedness=False)
    )
    return found.filter(pl.col("key") == pl.col("line_key")).select("line", "fact")


COLUMNS = {"credit": ("credit_score", "credit_grade")}  # names of the input; the second is used where a grade is given


def _texts(keys: Keys, standard: Standard, tables: Tables, cycle: Cycle) -> dict[Witness, pl.Expr]:
    """How the text of a witness is made of key and ref."""
    projects = _names(tables.projects, "project", "project_id")
    months = pl.Series(cycle.months)
    columns = [COLUMNS.get(i.kind.reads, (i.kind.reads,)) for i in standard.indicators]
    width = max(len(names) for names in columns)
    enterprise = pl.Series([f"enterprises/{name}" for names in columns for name in _padded(names, width)])
    place = pl.col("key") % keys.slots // keys.levels
    return {
        "fact": _gather(_names(tables.facts, "fact", "fact_id"), pl.col("ref")),
        "project": _gather("projects/" + projects, pl.col("ref")),
        "complaint": _gather("complaints/" + projects + "/", pl.col("ref") // MONTH_REF)
        + _gather(months, pl.col("ref") % 100 - cycle.first_day.month),
        "enterprise": _gather(enterprise, place * width + pl.col("ref")),
    }


def _names(frame: pl.DataFrame, key: str, name: str) -> pl.Series:
    """The names in the order of their keys, null where a key is not there."""
    known = frame.select(key, name)
    if known[key].is_sorted():
        known = known.filter((pl.col(key) != pl.col(key).shift(1)).fill_null(value=True))
    else:
        known = known.unique(key)
    highest = known[key].max()
    every = pl.int_range(0, 0 if highest is None else int(str(highest)) + 1, eager=True).alias(key)
    if known[key].equals(every):  # a whole table: nothing to look up
        return known[name]
    return pl.DataFrame([every]).join(known, on=key, how="left", maintain_order="left")[name]


def _padded(levels: tuple[str, ...], length: int) -> tuple[str, ...]:
    return levels + ("",) * (length - len(levels))


def _words(words: list[str]) -> pl.Series:
    """Few words that stand for many rows: kept as a category, with all rows of the standard as its values."""
    return pl.Series(words, dtype=pl.Enum(list(dict.fromkeys(words))))


def _gather(values: pl.Series, at: pl.Expr) -> pl.Expr:
    return at.map_batches(values.gather, return_dtype=values.dtype)
