"""A made-up city (演示城市): enterprises, projects, complaints and facts of one cycle, drawn from a seed.

No enterprise, estate, street or document in it exists; shares and rates stand in demo.toml. A seed and a size always
give the same tables. Everything is drawn a column at a time, so a nation takes seconds.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

import numpy as np
import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.facts import FactShape
from gongbao.rating.tables.uscc import ALPHABET, check_characters

Draw = np.random.Generator
DAY0 = dt.date(1970, 1, 1)


def demo_city(projects: int, seed: int, cycle: Cycle, shapes: Mapping[str, FactShape]) -> dict[str, pl.DataFrame]:
    """Tables of the input contract, by name, with exact decimals. projects: at least 1; shapes: of the standard."""
    data = tomllib.loads((resources.files(__package__) / "demo.toml").read_text("utf-8"))
    draw = np.random.default_rng(seed)
    enterprises = _enterprises(max(projects * data["enterprises_per_1000_projects"] // 1000, 2), data, draw)
    spells = _spells(projects, enterprises, data, cycle, draw)
    return {
        "enterprises": enterprises.drop("region"),
        "projects": spells,
        "complaints": _complaints(spells["project_id"].unique(maintain_order=True), data, cycle, draw),
        "facts": _facts(spells, data, cycle, shapes, draw),
    }


# --- enterprises ------------------------------------------------------------------------------------------------------


def _enterprises(size: int, data: dict[str, Any], draw: Draw) -> pl.DataFrame:
    districts = pl.DataFrame(data["districts"], schema=["district", "region", "weight", "streets"], orient="row")
    places = _pick(draw, districts["weight"].to_numpy(), size)
    frame = pl.DataFrame(
        {
            "name": _names(size, data["characters"], draw, "示例", "物业服务有限公司"),
            "district": districts["district"].gather(places),
            "region": districts["region"].gather(places),
            "credit_score": _decimal(np.clip(np.rint(draw.normal(8200, 900, size)), 3000, 10000).astype(np.int64), 2),
            "party_org": _words(data["party_org"], draw, size),
            "association": _words(data["association"], draw, size),
        }
    )
    return frame.insert_column(0, _credit_codes(frame["region"])).sort("uscc")


def _credit_codes(regions: pl.Series) -> pl.Series:
    """Codes with right check characters whose number part begins with XX, as no issued one does."""
    serial = np.arange(len(regions))
    digits = [serial // 31**place % 31 for place in range(5, -1, -1)]
    values = np.array([_organisation_value(character) for character in ALPHABET])
    total = 33 * (3 + 7) + sum(values[d] * weight for d, weight in zip(digits, (9, 10, 5, 8, 4, 2), strict=True))
    characters = pl.Series(list(ALPHABET))
    ninth = pl.Series(list("0123456789X0")).gather(11 - total % 11)  # GB 11714
    columns = {str(i): characters.gather(d) for i, d in enumerate(digits)}
    body = pl.DataFrame({"region": regions, **columns, "ninth": ninth}).select(
        pl.concat_str(pl.lit("91"), "region", pl.lit("XX"), *columns, "ninth").alias("uscc")
    )["uscc"]
    return (body + check_characters(body)).alias("uscc")


def _organisation_value(character: str) -> int:
    return int(character, 36)


def _names(size: int, characters: str, draw: Draw, before: str, after: str) -> pl.Series:
    """Distinct names of as many characters as the size needs."""
    letters, base, length = pl.Series(list(characters)), len(characters), 2
    while base**length < 2 * size:
        length += 1
    numbers = draw.permutation(base**length)[:size] if base**length < 10**8 else np.arange(size)
    columns = {str(i): letters.gather(numbers // base**i % base) for i in range(length)}
    return pl.DataFrame(columns).select(pl.concat_str(pl.lit(before), *columns, pl.lit(after))).to_series()


# --- projects ---------------------------------------------------------------------------------------------------------


def _spells(size: int, enterprises: pl.DataFrame, data: dict[str, Any], cycle: Cycle, draw: Draw) -> pl.DataFrame:
    districts = pl.DataFrame(data["districts"], schema=["district", "region", "weight", "streets"], orient="row")
    first, last = _day(cycle.first_day), _day(cycle.last_day)
    place = _pick(draw, districts["weight"].to_numpy(), size)
    street = (draw.random(size) * districts["streets"].to_numpy()[place]).astype(np.int64) + 1
    managers = max(int(enterprises.height * (1 - data["without_project"])), 1)
    others = _pick(draw, _sizes(managers, draw), max(size - managers, 0))
    owner = draw.permutation(np.concatenate([np.arange(min(managers, size)), others]))
    begin = draw.integers(_day(dt.date(2005, 1, 1)), first - 400, size)
    delivered = begin - draw.integers(30, 9000, size)
    base = pl.DataFrame(
        {
            "project_id": _ids("XM", size),
            "name": _names(size, data["characters"], draw, "示例", "家园"),
            "district": districts["district"].gather(place),
            "street": districts["district"].gather(place).str.strip_suffix("区")
            + "示例"
            + pl.Series(street).cast(pl.String)
            + "街道",
            "filing": pl.Series(["collected", "contract"]).gather(
                (draw.random(size) < data["contract_share"]).astype(np.int64)
            ),
            "area_m2": _decimal(
                np.clip(draw.lognormal(np.log(8_000_000), 0.9, size), 50_000, 200_000_000).astype(np.int64), 2
            ),
            "delivered_on": _days(delivered, draw.random(size) < data["delivered_unknown"]),
        }
    )
    fate = draw.random(size)
    edges = np.cumsum([data[f"{name}_share"] for name in ("ended", "handed_over", "renewed", "new")])
    kind = np.searchsorted(edges, fate)  # 0 ended, 1 handed over, 2 renewed, 3 new, 4 goes on
    change = draw.integers(first + 1, last + 1, size)
    successor = np.where(kind == 1, (owner + 1 + draw.integers(0, managers, size)) % managers, owner)
    until = np.where(kind == 0, first - draw.integers(1, 300, size), change - 1)
    start = np.where(kind == 3, change, begin)
    filed = np.where(
        kind == 3, np.minimum(change + draw.integers(0, 20, size), last), begin + draw.integers(0, 60, size)
    )
    code = enterprises["uscc"]
    old = base.with_columns(
        code.gather(owner).alias("uscc"),
        _days(filed, None).alias("filed_on"),
        _days(start, None).alias("managed_from"),
        _days(until, kind > 2).alias("managed_until"),
    )
    goes_on = np.isin(kind, (1, 2))
    refiled = np.minimum(change + draw.integers(0, 30, size), last)
    new = base.with_columns(
        code.gather(successor).alias("uscc"),
        _days(refiled, None).alias("filed_on"),
        _days(change, None).alias("managed_from"),
        pl.lit(None, pl.Date).alias("managed_until"),
    ).filter(goes_on)
    columns = ["project_id", "uscc", "name", "district", "street", "filing", "area_m2", "filed_on", "managed_from",
               "managed_until", "delivered_on"]  # fmt: skip
    return pl.concat([old, new]).select(columns).sort("project_id", "managed_from")


def _sizes(managers: int, draw: Draw) -> np.ndarray:
    """Few enterprises manage many projects, most one or two."""
    return np.minimum(draw.pareto(1.1, managers), 200) + 0.05


# --- complaints and facts ---------------------------------------------------------------------------------------------


def _complaints(ids: pl.Series, data: dict[str, Any], cycle: Cycle, draw: Draw) -> pl.DataFrame:
    size, months = len(ids), pl.Series(list(cycle.months))
    liveliness = draw.gamma(0.8, 6.0, size)
    parts = []
    for month in months:
        quiet = draw.random(size) < data["quiet_share"]
        count = np.where(quiet, 0, draw.poisson(liveliness))
        parts.append(pl.DataFrame({"project_id": ids, "count": count}).with_columns(pl.lit(month).alias("month")))
    return pl.concat(parts).select("project_id", "month", "count", pl.lit(None, pl.Int64).alias("rank"))


def _facts(
    spells: pl.DataFrame, data: dict[str, Any], cycle: Cycle, shapes: Mapping[str, FactShape], draw: Draw
) -> pl.DataFrame:
    until = spells["managed_until"].fill_null(cycle.last_day)
    managed = spells.filter((until >= cycle.first_day) & (spells["managed_from"] <= cycle.last_day))
    parts = [
        _facts_of(code, data["facts"][code], shape, managed, data, cycle, draw)
        for code, shape in shapes.items()
        if code in data["facts"]
    ]
    frame = pl.concat(parts).with_row_index("number", offset=1)
    document, case = pl.col("document"), pl.col("case")
    year = str(cycle.year)
    return frame.select(
        _ids("F", frame.height).alias("fact_id"),
        "indicator",
        "uscc",
        "project_id",
        "occurred_on",
        "value",
        "reference",
        pl.when(case > 0).then(pl.lit(f"示例案{year}-") + case.cast(pl.String)).alias("case_no"),
        pl.when(document)
        .then(pl.lit(f"示例文〔{year}〕") + pl.col("number").cast(pl.String) + "号")
        .alias("document_no"),
    )


def _facts_of(
    code: str,
    rate: dict[str, Any],
    shape: FactShape,
    managed: pl.DataFrame,
    data: dict[str, Any],
    cycle: Cycle,
    draw: Draw,
) -> pl.DataFrame:
    first, last = _day(cycle.first_day), _day(cycle.last_day)
    chosen = np.flatnonzero(draw.random(managed.height) < rate["rate"])
    size = len(chosen)
    day = draw.integers(first, last + 1, size)
    if code == "fee":
        day = draw.integers(_day(dt.date(cycle.year, 1, 1)), _day(dt.date(cycle.year, 4, 1)), size)
    else:
        day = np.where(draw.random(size) < data["outside_share"], first - draw.integers(1, 60, size), day)
    value, reference = _values(code, rate, size, draw)
    project = pl.Series(managed["project_id"].gather(chosen))
    if not shape.project:
        project = project.set(pl.Series(draw.random(size) >= data["with_project"]), None)
    case = np.where(shape.document & (draw.random(size) < data["case_share"]), chosen + 1, 0)
    frame = pl.DataFrame(
        {
            "indicator": pl.Series([code], dtype=pl.String).new_from_index(0, size),
            "uscc": managed["uscc"].gather(chosen),
            "project_id": project,
            "occurred_on": _days(day, None),
            "value": value,
            "reference": reference,
            "case": case,
            "document": pl.Series([shape.document]).new_from_index(0, size),
        }
    )
    if not (shape.levels and shape.document):
        return frame
    follows = (draw.random(size) < data["followed_share"]) & (case > 0)
    heavier = frame.filter(pl.Series(follows)).with_columns(
        pl.lit(shape.levels[1]).alias("value"), pl.lit(cycle.last_day).alias("occurred_on")
    )
    return pl.concat([frame, heavier])


def _values(code: str, rate: dict[str, Any], size: int, draw: Draw) -> tuple[pl.Series, pl.Series]:
    """value and reference as text, as they stand in a file."""
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, size)
    if "levels" in rate:
        return _words(rate["levels"], draw, size), nothing
    if code == "staff":
        staff = draw.integers(4, 61, size)
        return _text(draw.binomial(staff, draw.beta(4, 5, size))), _text(staff)
    if code == "fee":
        before = draw.integers(20_000_000, 900_000_000, size)
        now = before * draw.integers(86, 116, size) // 100
        return _decimal(now, 2).cast(pl.String), _decimal(before, 2).cast(pl.String)
    if code == "community":
        return _text(1 + draw.binomial(9, 0.75, size)), nothing
    if code == "party_member":
        return _text(draw.integers(0, 4, size)), nothing
    return nothing, nothing


# --- small helpers ----------------------------------------------------------------------------------------------------


def _pick(draw: Draw, weights: np.ndarray, size: int) -> np.ndarray:
    edges = np.cumsum(weights)
    places: np.ndarray = np.minimum(np.searchsorted(edges, draw.random(size) * edges[-1], side="right"), len(edges) - 1)
    return places


def _words(weights: Mapping[str, float], draw: Draw, size: int) -> pl.Series:
    words = pl.Series([word or None for word in weights], dtype=pl.String)
    return words.gather(_pick(draw, np.array(list(weights.values())), size))


def _ids(prefix: str, size: int) -> pl.Series:
    numbers = pl.int_range(1, size + 1, eager=True).cast(pl.String)
    return (prefix + numbers.str.zfill(max(6, len(str(size))))).alias("project_id")


def _decimal(units: np.ndarray, places: int) -> pl.Series:
    exact: pl.Series = pl.Series(units).cast(pl.Decimal(18, places)) / 10**places
    return exact


def _text(numbers: np.ndarray) -> pl.Series:
    return pl.Series(numbers).cast(pl.String)


def _day(day: dt.date) -> int:
    return (day - DAY0).days


def _days(numbers: np.ndarray, empty: np.ndarray | None) -> pl.Series:
    days = pl.Series(numbers.astype(np.int32)).cast(pl.Date)
    return days if empty is None else days.set(pl.Series(empty), None)
