"""The made-up city with the demo people in it: one of its enterprises and one of its streets become theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

Tables = Mapping[str, pl.DataFrame]
TAKEN = ("community", "community_fault", "disclosure")  # left to the demo people to enter
FEWEST, MOST = 4, 9  # projects of the enterprise
ESTATES = 12  # of the street, about


@dataclass(frozen=True)
class Places:
    """Where the demo people are: a district, their enterprise, their street."""

    district: str
    uscc: str
    name: str
    street: str


def placed(tables: Tables, places: Places) -> dict[str, pl.DataFrame]:
    """Let an enterprise of the district that manages a few projects, and a street of it, be those of the places."""
    spells = tables["projects"]
    here = spells.filter(pl.col("district") == places.district)
    held = spells.group_by("uscc").agg(n=pl.col("project_id").n_unique()).filter(pl.col("n").is_between(FEWEST, MOST))
    by_need = here.join(held, on="uscc").group_by("uscc").len().sort("len", "uscc", descending=[True, False])
    old = by_need["uscc"][0]
    counts = here.group_by("street").agg(n=pl.col("project_id").n_unique(), own=(pl.col("uscc") == old).sum())
    ordered = counts.sort("own", "street", descending=[True, False])
    streets = ordered.filter(pl.col("n").cum_sum() - pl.col("n") < ESTATES)["street"]
    code = pl.when(pl.col("uscc") == old).then(pl.lit(places.uscc)).otherwise(pl.col("uscc")).alias("uscc")
    own = pl.col("uscc") == places.uscc
    enterprises = tables["enterprises"].with_columns(code)
    named = pl.when(own).then(pl.lit(places.name)).otherwise(pl.col("name")).alias("name")
    at_home = pl.when(own).then(pl.lit(places.district)).otherwise(pl.col("district")).alias("district")
    there = pl.when(pl.col("street").is_in(streets.implode())).then(pl.lit(places.street)).otherwise(pl.col("street"))
    return {
        **tables,
        "enterprises": enterprises.with_columns(named, at_home),
        "projects": spells.with_columns(code, there.alias("street")),
        "facts": tables["facts"].with_columns(code),
    }


def left_to_people(tables: Tables, street: str) -> dict[str, pl.DataFrame]:
    """Without the facts of a street's estates that its people and the district's enter themselves."""
    estates = tables["projects"].filter(pl.col("street") == street)["project_id"]
    entered = pl.col("project_id").is_in(estates.implode()) & pl.col("indicator").is_in(TAKEN)
    return {**tables, "facts": tables["facts"].filter(~entered.fill_null(value=False))}


def until(tables: Tables, seen: date) -> dict[str, pl.DataFrame]:
    """What could be known on a day: no spell, fact or month after it."""
    known = tables["projects"].filter(
        (pl.col("managed_from") <= seen) & (pl.col("filed_on") <= seen)
    )  # who takes over later does not stand there yet
    lasting = pl.when(pl.col("managed_until") < seen).then(pl.col("managed_until")).alias("managed_until")
    pairs = known.select("project_id", "uscc").unique()
    facts = tables["facts"].filter(pl.col("occurred_on") <= seen)
    named = facts.filter(pl.col("project_id").is_not_null()).join(pairs, on=["project_id", "uscc"], how="semi")
    counts = tables["complaints"].filter(pl.col("month") < f"{seen:%Y-%m}")
    return {
        **tables,
        "projects": known.with_columns(lasting),
        "complaints": counts.join(pairs.select("project_id").unique(), on="project_id", how="semi"),
        "facts": pl.concat([named, facts.filter(pl.col("project_id").is_null())]),
    }
