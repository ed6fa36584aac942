"""The ledger (计分明细) in words: keys become the names of enterprises, projects, indicators, levels and facts."""

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.columns import Keys
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

    All names that a witness can have stand in one list, in order; offsets say where the names for a slot begin. Line
    and place in that list are packed in one number, so that a single column is sorted.
    """
    facts, projects = _names(tables.facts, "fact", "fact_id"), _names(tables.projects, "project", "project_id")
    names = [facts, "projects/" + projects, *(_complaints(projects, month) for month in cycle.months)]
    begin = {"fact": 0, "project": len(facts), "complaint": len(facts) + len(projects)}
    offsets, monthly = [], []
    for indicator in standard.indicators:
        witness, size = indicator.kind.witness, sum(map(len, names))
        if witness == "enterprise":
            columns = COLUMNS.get(indicator.kind.reads, (indicator.kind.reads,))
            names.append(pl.Series([f"enterprises/{column}" for column in columns], dtype=pl.String))
        offsets += [begin.get(witness, size)] * keys.levels
        monthly += [witness == "complaint"] * keys.levels
    every, slot, ref = pl.concat(names), pl.col("key") % keys.slots, pl.col("ref")
    month = (ref % 100 - cycle.first_day.month) * len(projects) + ref // MONTH_REF
    at = pl.when(_gather(monthly, slot, pl.Boolean)).then(month).otherwise(ref) + _gather(offsets, slot, pl.Int64)
    numbered = lines.select("key", line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    found = witnesses.join(numbered, on="key", how="inner").select(packed=pl.col("line") * len(every) + at)
    packed = found["packed"].sort()
    return pl.DataFrame([(packed // len(every)).alias("line"), every.gather(packed % len(every)).alias("fact")])


COLUMNS = {"credit": ("credit_score", "credit_grade")}  # names of the input; the second is used where a grade is given


def _complaints(projects: pl.Series, month: str) -> pl.Series:
    """complaints/ID/YYYY-MM of every project."""
    return pl.select(pl.format("complaints/{}/" + month, pl.lit(projects))).to_series()


def _names(frame: pl.DataFrame, key: str, name: str) -> pl.Series:
    """The names in the order of their keys, null where a key is not there."""
    known = frame.select(key, name).unique(key)
    highest = known[key].max()
    every = pl.DataFrame({key: pl.int_range(0, 0 if highest is None else int(str(highest)) + 1, eager=True)})
    return every.join(known, on=key, how="left", maintain_order="left")[name]


def _padded(levels: tuple[str, ...], length: int) -> tuple[str, ...]:
    return levels + ("",) * (length - len(levels))


def _words(words: list[str]) -> pl.Series:
    """Few words that stand for many rows: kept as a category, with all rows of the standard as its values."""
    return pl.Series(words, dtype=pl.Enum(list(dict.fromkeys(words))))


def _gather(values: list[int] | list[bool], at: pl.Expr, dtype: type[pl.DataType]) -> pl.Expr:
    lookup = pl.Series(values, dtype=dtype)
    return at.map_batches(lookup.gather, return_dtype=dtype)
