"""A made-up population of entities with one project each, the same for the same seed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl

from gongbao.support.rules.facts import Fact
from gongbao.support.rules.programme import Catalogue

RARE = ("_3y", "_arrears", "_industry", "_punishment", "_credit", "_blacklist", "_dishonesty", "_funding")
UNKNOWN = 0.03  # how often a fact is not stated
MOST_YUAN, MOST_SQUARE_METRES = 50_000_000, 1_000
FIRST_DAY, DAYS = date(2025, 7, 1), 600


def population(catalogue: Catalogue, size: int, seed: int, ids_from: int = 0) -> tuple[pl.DataFrame, pl.DataFrame]:
    """entities and projects as they go into a batch, with typed columns."""
    chance = np.random.default_rng(seed)
    ids = [f"E{ids_from + place:07d}" for place in range(size)]
    entities = _table(catalogue.vocabulary.of("entity"), size, chance).insert_column(0, pl.Series("id", ids))
    projects = _table(catalogue.vocabulary.of("project"), size, chance)
    projects.insert_column(0, pl.Series("entity", ids)).insert_column(0, pl.Series("id", ["p1"] * size))
    return entities, projects


def write_population(folder: Path, catalogue: Catalogue, size: int, seed: int) -> None:
    """Both tables as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    entities, projects = population(catalogue, size, seed)
    entities.write_parquet(folder / "entities.parquet")
    projects.write_parquet(folder / "projects.parquet")


def _table(facts: Iterable[Fact], size: int, chance: np.random.Generator) -> pl.DataFrame:
    columns = []
    for fact in facts:
        known = chance.random(size) >= UNKNOWN
        values = _values(fact, size, chance)
        columns.append(pl.select(pl.when(pl.Series(known)).then(values).alias(fact.name.split(".")[1])).to_series())
    return pl.DataFrame(columns)


def _values(fact: Fact, size: int, chance: np.random.Generator) -> pl.Series:
    options = list(fact.options)
    match fact.type:
        case "bool":  # what excludes is rare, what is asked for is usual
            return pl.Series(chance.random(size) < (0.02 if fact.name.endswith(RARE) else 0.9))
        case "date":
            return _days(size, chance)
        case "choice":
            return pl.Series(options)[chance.integers(0, len(options), size)]
        case "choices" | "codes":
            picked = pl.Series(options)[chance.integers(0, len(options), size)]
            empty = chance.random(size) < (0.8 if fact.name.endswith("exclusions") else 0.1)
            return pl.select(pl.when(pl.Series(empty)).then(pl.lit("|")).otherwise(picked)).to_series()
        case "text":
            return pl.Series([f"T{number}" for number in chance.integers(0, size, size)])
        case "whole":
            return pl.Series(chance.integers(0, 25, size))
        case "share":
            return _decimal(chance.integers(4_000, 10_001, size), 4)
        case _:
            most = MOST_YUAN if fact.type == "money" else MOST_SQUARE_METRES
            return _decimal(chance.integers(0, most * 100, size), 2)


def _days(size: int, chance: np.random.Generator) -> pl.Series:
    first = (FIRST_DAY - date(1970, 1, 1)).days
    return pl.Series(first + chance.integers(0, DAYS, size)).cast(pl.Int32).cast(pl.Date)


def _decimal(number: np.ndarray, places: int) -> pl.Series:
    unit = pl.lit(Decimal(1).scaleb(-places))
    return pl.select(pl.Series(number).cast(pl.Decimal(18, 0)) * unit).to_series()
