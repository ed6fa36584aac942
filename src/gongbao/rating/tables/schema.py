"""The four tables that a rating reads, after intake: checked, typed, exact.

Strings are trimmed and never empty: what is not there is null. Intake gives every enterprise, project and fact a key,
its position (0, 1, …) in the sorted ids, and sorts each table by its keys (complaints by month first), so that the
order of the input means nothing; the rules count in keys, and the writer brings the names back.
"""

from dataclasses import dataclass

import polars as pl

ENTERPRISES = {
    "enterprise": pl.Int64,  # key: position of uscc among all, sorted as text
    "uscc": pl.String,
    "name": pl.String,
    "district": pl.String,
    "credit": pl.Int64,  # public-credit result in 10⁻⁴, 0 … 1,000,000; null: none
    "credit_grade": pl.String,
    "party_org": pl.String,
    "association": pl.String,
}
PROJECTS = {
    "project": pl.Int64,  # key: position of project_id among all distinct, sorted as text
    "enterprise": pl.Int64,
    "project_id": pl.String,
    "name": pl.String,
    "district": pl.String,
    "street": pl.String,
    "filing": pl.String,  # contract | collected
    "area": pl.Int64,  # in 0.01 m²
    "filed_on": pl.Date,
    "managed_from": pl.Date,
    "managed_until": pl.Date,
    "delivered_on": pl.Date,
}
COMPLAINTS = {
    "project": pl.Int64,
    "month": pl.Int32,  # YYYYMM
    "count": pl.Int64,
    "rank": pl.Int64,
}
FACTS = {
    "fact": pl.Int64,  # key: position of fact_id among all, sorted as text
    "enterprise": pl.Int64,
    "project": pl.Int64,  # null where the fact names none
    "fact_id": pl.String,
    "indicator": pl.String,
    "occurred_on": pl.Date,
    "level": pl.String,  # the word in `value`, where the indicator takes words
    "value": pl.Int64,  # the number in `value`, in 10**-decimals of the indicator's NumberShape
    "reference": pl.Int64,
    "case_no": pl.String,
    "document_no": pl.String,
}


@dataclass(frozen=True)
class RatingTables:
    """Everything that a run reads, and nothing else."""

    enterprises: pl.DataFrame
    projects: pl.DataFrame
    complaints: pl.DataFrame
    facts: pl.DataFrame
