"""Rows that are stored by their ids, as the tables that the rules read: keys given anew, everything in order."""

from collections.abc import Mapping

import polars as pl

from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables

KEYS = ("enterprise", "project", "fact")  # the columns that are positions, not stored
STORED: Mapping[str, Mapping[str, type[pl.DataType]]] = {
    name: {column: dtype for column, dtype in schema.items() if column not in KEYS}
    for name, schema in {
        "enterprises": ENTERPRISES,
        "projects": PROJECTS,
        "complaints": COMPLAINTS,
        "facts": FACTS,
    }.items()
}


def keyed(frames: Mapping[str, pl.DataFrame]) -> RatingTables:
    """frames: by table, with the columns of STORED, in any order of rows. Every reference leads somewhere."""
    codes = pl.Enum(frames["enterprises"]["uscc"].sort())
    ids = pl.Enum(frames["projects"]["project_id"].unique().sort())
    enterprise = pl.col("uscc").cast(codes).to_physical().cast(pl.Int64).alias("enterprise")
    project = pl.col("project_id").cast(ids).to_physical().cast(pl.Int64).alias("project")
    facts = frames["facts"].sort("fact_id").with_columns(enterprise, project).with_row_index("fact")
    return RatingTables(
        _shaped(frames["enterprises"].with_columns(enterprise).sort("enterprise"), ENTERPRISES),
        _shaped(
            frames["projects"].with_columns(enterprise, project).sort("project", "managed_from", "enterprise"), PROJECTS
        ),
        _shaped(frames["complaints"].with_columns(project).sort("month", "project"), COMPLAINTS),
        _shaped(facts, FACTS),
    )


def stored(tables: RatingTables) -> dict[str, pl.DataFrame]:
    """The same rows without their keys, by table."""
    return {name: getattr(tables, name).select(*schema) for name, schema in STORED.items()}


def _shaped(frame: pl.DataFrame, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
