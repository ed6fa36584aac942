"""Rows that are stored by their ids, as the tables that the rules read: keys given anew, everything in order."""

from collections.abc import Mapping

import polars as pl

from gongbao.rating.tables.schema import COMPLAINTS, ENTERPRISES, FACTS, PROJECTS, RatingTables

KEYS = ("enterprise", "project", "fact")  # the columns that are positions, not stored
NAMED = {"projects": ("uscc",), "complaints": ("project_id",), "facts": ("uscc", "project_id")}  # what keys stand for
Schema = Mapping[str, type[pl.DataType]]
_KEYED: Mapping[str, Schema] = {
    "enterprises": ENTERPRISES,
    "projects": PROJECTS,
    "complaints": COMPLAINTS,
    "facts": FACTS,
}
_SCHEMAS: Mapping[str, Schema] = {
    name: {**dict.fromkeys(NAMED.get(name, ()), pl.String), **schema} for name, schema in _KEYED.items()
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
    """The same rows without their keys but with the ids that these stand for, by table."""
    ids = tables.projects.select("project", "project_id").unique().sort("project")["project_id"]
    names = {"uscc": ("enterprise", tables.enterprises["uscc"]), "project_id": ("project", ids)}
    frames = {name: getattr(tables, name) for name in _SCHEMAS}
    return {
        name: frame.with_columns(
            names[column][1].gather(frame[names[column][0]]).alias(column) for column in NAMED.get(name, ())
        ).select(*STORED[name])
        for name, frame in frames.items()
    }


def _shaped(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
