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

    All names that a witness can have stand in one list; offsets say where the names for a slot begin.
    """
    facts = _names(tables.facts, "fact", "fact_id")
    projects = _names(tables.projects, "project", "project_id")
    complaints = _complaint_names(projects, cycle)
    names, begin = [facts, "projects/" + projects, complaints], (0, len(facts), len(facts) + len(projects))
    end = begin[2] + len(complaints)
    offsets, monthly = [], []
    for indicator in standard.indicators:
        witness = indicator.kind.witness
        offset = end if witness == "enterprise" else begin[("fact", "project", "complaint").index(witness)]
        if witness == "enterprise":
            columns = COLUMNS.get(indicator.kind.reads, (indicator.kind.reads,))
            names.append(pl.Series([f"enterprises/{column}" for column in columns], dtype=pl.String))
            end += len(columns)
        offsets += [offset] * keys.levels
        monthly += [witness == "complaint"] * keys.levels
    slot, ref = pl.col("key") % keys.slots, pl.col("ref")
    month = ref // MONTH_REF * len(cycle.months) + ref % 100 - cycle.first_day.month
    found = witnesses.sort("key", "ref").join(
        lines.select("key", line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)),
        on="key",
        how="inner",
        maintain_order="left",
    )
    at = found.select(
        at=pl.when(_gather(monthly, slot, pl.Boolean)).then(month).otherwise(ref) + _gather(offsets, slot, pl.Int64)
    )["at"]
    return pl.DataFrame([found["line"], pl.concat(names).gather(at).alias("fact")])


COLUMNS = {"credit": ("credit_score", "credit_grade")}  # names of the input; the second is used where a grade is given


def _complaint_names(projects: pl.Series, cycle: Cycle) -> pl.Series:
    """complaints/ID/YYYY-MM of every project and month of the cycle."""
    frame = pl.DataFrame({"project": projects})
    months = (pl.format("complaints/{}/" + month, pl.col("project")).alias(month) for month in cycle.months)
    return frame.select(names=pl.concat_list(*months))["names"].explode()


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
