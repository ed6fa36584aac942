"""What the benchmark of support works on: five measures that all competitors can express, and complete situations.

Rules are taken from our programme files, so that everybody tests the same conditions; how they are tested is each
competitor's own affair (support_gongbao, support_openfisca, support_publicodes.mjs).
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.support_population import UNKNOWN, write_population
from gongbao.support.rules.conditions import AtLeast, Condition, Has, Is, Lacks, Within
from gongbao.support.rules.facts import Fact, in_order
from gongbao.support.rules.matching import schema
from gongbao.support.rules.programme import Measure
from gongbao.support.tables.catalogue import catalogue

FIVE = ("debut_centre", "debut_event", "auto-5", "energy-1", "synbio-2a")
ON = date(2026, 8, 1)
NODE_MOST = 2_000  # situations for publicodes; its pace does not depend on their number
FIRST = date(2025, 9, 1)
SEED = 1


def five() -> tuple[Measure, ...]:
    return tuple(catalogue().by_code[code] for code in FIVE)


def facts() -> tuple[Fact, ...]:
    return in_order(fact for measure in five() for fact in measure.facts if not _free(fact))


def _free(fact: Fact) -> bool:
    """Texts play no part in an amount."""
    return fact.type == "text"


def number(value: object) -> int:
    """A date as a number, the same for everybody: 20260131."""
    return int(value.strftime("%Y%m%d")) if isinstance(value, date) else int(str(value))


def write_situations(folder: Path, size: int) -> None:
    """plain.parquet for the competitors in columns; rules.json and situations.json for publicodes."""
    chance = np.random.default_rng(SEED)
    columns = [_column(fact, name, size, chance) for fact in facts() for name in fact.columns]
    frame = pl.DataFrame(columns, schema=schema(facts()))
    folder.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(folder / "plain.parquet")
    _write_publicodes(folder, frame.head(NODE_MOST))


def _column(fact: Fact, name: str, size: int, chance: np.random.Generator) -> pl.Series:
    """Nothing is unknown: the peers have no word for it. Most situations are near what the measures ask for."""
    match fact.type:
        case "bool":
            return pl.Series(name, chance.random(size) < (UNKNOWN if _rare(fact) else 1 - UNKNOWN))
        case "choices" | "codes":
            return pl.Series(name, chance.random(size) < (UNKNOWN if fact.name == "project.exclusions" else 0.6))
        case "choice":
            return pl.Series(name, list(fact.options), pl.Enum(list(fact.options)))[
                chance.integers(0, len(fact.options), size)
            ]
        case "date":
            days = [FIRST + timedelta(days=int(day)) for day in range(400)]
            return pl.Series(name, days)[chance.integers(0, len(days), size)]
        case "whole":
            return pl.Series(name, chance.integers(0, 15, size))
        case _:
            return pl.Series(name, chance.integers(0, 12_000_000_00 if fact.type == "money" else 100_000, size))


def _rare(fact: Fact) -> bool:
    """Facts that refuse where they hold."""
    return any(isinstance(c, Is) and not c.wanted and c.fact == fact for m in five() for c in m.conditions)


def _write_publicodes(folder: Path, frame: pl.DataFrame) -> None:
    names = {column: f"f{at}" for at, column in enumerate(frame.columns)}
    rules: dict[str, Any] = {}
    for fact in facts():
        start = {"choice": "''", "bool": "non", "choices": "non", "codes": "non"}.get(fact.type, 0)
        rules |= {names[column]: {"valeur": start} for column in fact.columns}
    for at, measure in enumerate(five()):
        tests = [test for condition in measure.conditions for test in _publicodes_test(condition, names)]
        amount = _publicodes_amount(measure, names)
        rules[f"m{at}"] = {"variations": [{"si": {"toutes ces conditions": tests}, "alors": amount}, {"sinon": 0}]}
    (folder / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
    situations = [
        {names[column]: _publicodes_value(value) for column, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]
    (folder / "situations.json").write_text(json.dumps(situations), encoding="utf-8")


def _publicodes_value(value: object) -> str | int:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"'{value}'" if isinstance(value, str) else number(value)


def _publicodes_test(condition: Condition, names: dict[str, str]) -> list[Any]:
    name = names.get(condition.fact.name, "")
    match condition:
        case Is():
            return [f"{name} = {'oui' if condition.wanted else 'non'}"]
        case AtLeast():
            return [f"{name} >= {condition.limit}"]
        case Within():
            return [f"{name} >= {number(condition.first)}", f"{name} <= {number(min(condition.last, ON))}"]
        case Lacks():
            return [f"{names[condition.fact.column(code)]} = non" for code in condition.codes]
        case Has():
            return [
                {"une de ces conditions": [f"{names[condition.fact.column(code)]} = oui" for code in condition.codes]}
            ]
        case _:
            codes = condition.value if isinstance(condition.value, list) else []
            return [{"une de ces conditions": [f"{name} = '{code}'" for code in codes]}]


def _publicodes_amount(measure: Measure, names: dict[str, str]) -> Any:
    table = measure.amount.table() if measure.amount else {}
    base = names[measure.base.name] if measure.base else ""
    if table["rule"] == "steps":
        steps = sorted(getattr(measure.amount, "steps", ()), reverse=True)
        return {"variations": [{"si": f"{base} >= {at}", "alors": fen} for at, fen in steps] + [{"sinon": 0}]}
    share, most = getattr(measure.amount, "rate", 0), measure.amount.most if measure.amount else None
    value = {"valeur": f"{base} * {share / 100:g}%"}
    return value if most is None else {**value, "plafond": most}


def write_everything(folder: Path, size: int) -> None:
    """The situations, and a population for the batch."""
    write_situations(folder, size)
    write_population(folder / "tables", catalogue(), size, SEED)


if __name__ == "__main__":  # in a process of its own, so that its memory is not counted as the competitors'
    write_everything(Path(sys.argv[1]), int(sys.argv[2]))
