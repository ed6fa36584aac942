"""Rows that are stored by their ids, as the tables that the rules read: keys given anew, everything in order."""

from collections.abc import Mapping

import polars as pl

from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables

KEYS = ("enterprise", "project", "fact")  # the columns that are positions, not stored
NAMED = {"project_id": pl.String}  # complaints bear their project by its key alone, until they are stored
Schema = Mapping[str, type[pl.DataType]]
_SCHEMAS: Mapping[str, Schema] = {
    "enterprises": ENTERPRISES,
    "projects": PROJECTS,
    "complaints": {**NAMED, **COMPLAINTS},
    "facts": FACTS,
}
STORED: Mapping[str, Schema] = {
    name: {column: dtype for column, dtype in schema.items() if column not in KEYS} for name, schema in _SCHEMAS.items()
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
    names = tables.projects.select("project", "project_id").unique()
    frames = {
        "enterprises": tables.enterprises,
        "projects": tables.projects,
        "complaints": tables.complaints.join(names, on="project", how="left", maintain_order="left"),
        "facts": tables.facts,
    }
    return {name: frame.select(*STORED[name]) for name, frame in frames.items()}


def _shaped(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
