"""A made-up nation for the benchmark: a third as many enterprises as projects, six months and two facts a project."""

import json
from pathlib import Path

import numpy as np
import polars as pl

from gongbao.rating.tables.uscc import ALPHABET, check_characters

MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]


def write_nation(folder: Path, projects: int, seed: int = 1) -> None:
    """enterprises, projects, complaints and facts as Parquet, and the same in plain numbers for the peers (.npz)."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed)
    firms = max(projects // 3, 1)
    codes = _codes(firms)
    owner = np.concatenate([np.arange(firms), np.sort(chance.integers(0, firms, projects - firms))])  # nobody is empty
    credit = chance.integers(300_000, 1_000_001, firms)  # 10⁻⁴ of 0–100
    party = chance.integers(0, 5, firms)
    association = chance.integers(0, 4, firms)
    area = chance.integers(100_000, 60_000_000, projects)  # 0.01 m²
    collected = chance.random(projects) < 0.2
    count = np.where(chance.random((6, projects)) < 0.55, 0, chance.geometric(0.15, (6, projects)))
    rank = np.zeros((6, projects), dtype=np.int64)
    for month in range(6):
        order = np.argsort(-count[month], kind="stable")
        rank[month, order] = np.arange(1, projects + 1)
    rank[count == 0] = 0
    _write_tables(folder, codes, owner, credit, party, association, area, collected, count, rank, chance)
    np.savez(
        folder / "plain.npz",
        owner=owner,
        credit=credit,
        party=party,
        association=association,
        area=area,
        collected=collected,
        count=count,
        rank=rank,
    )
    (folder / "about.json").write_text(json.dumps({"projects": projects, "seed": seed}))


def _codes(size: int) -> pl.Series:
    """Valid unified social credit codes, ascending."""
    letters = np.array(list(ALPHABET))
    numbers = np.arange(size)
    tail = np.full(size, "", dtype="<U9")
    for _ in range(9):
        tail = np.char.add(letters[numbers % 31], tail)
        numbers = numbers // 31
    bodies = pl.Series(np.char.add("91110101", tail))
    return bodies + check_characters(bodies)


def _write_tables(folder, codes, owner, credit, party, association, area, collected, count, rank, chance) -> None:
    size = len(owner)
    ids = pl.Series([f"P{number:08d}" for number in range(size)])
    words = pl.Series([None, "joint_branch", "branch", "general_branch", "committee"], dtype=pl.String)
    pl.DataFrame(
        {
            "uscc": codes,
            "name": "示例" + codes,
            "district": pl.Series(["朝阳区"]).new_from_index(0, len(codes)),
            "credit_score": _decimal(credit, 4),
            "party_org": words.gather(party),
            "association": pl.Series([None, "city", "district", "both"], dtype=pl.String).gather(association),
        }
    ).write_parquet(folder / "enterprises.parquet")
    day = pl.Series(["2020-05-01"]).str.to_date()
    pl.DataFrame(
        {
            "project_id": ids,
            "uscc": codes.gather(owner),
            "name": "示例" + ids,
            "district": pl.Series(["朝阳区"]).new_from_index(0, size),
            "street": pl.Series(["示例街道"]).new_from_index(0, size),
            "filing": pl.Series(["contract", "collected"]).gather(collected.astype(np.uint32)),
            "area_m2": _decimal(area, 2),
            "filed_on": day.new_from_index(0, size),
            "managed_from": day.new_from_index(0, size),
            "managed_until": pl.Series([None], dtype=pl.Date).new_from_index(0, size),
            "delivered_on": day.new_from_index(0, size),
        }
    ).write_parquet(folder / "projects.parquet")
    ranks = pl.Series(rank.ravel())
    pl.DataFrame(
        {
            "project_id": ids.gather(np.tile(np.arange(size, dtype=np.uint32), 6)),
            "month": pl.Series(MONTHS).gather(np.repeat(np.arange(6, dtype=np.uint32), size)),
            "count": count.ravel(),
            "rank": pl.select(pl.when(ranks > 0).then(ranks)).to_series(),
        }
    ).write_parquet(folder / "complaints.parquet")
    _write_facts(folder, ids, codes, owner, chance)


def _write_facts(folder, ids, codes, owner, chance) -> None:
    """Two facts a project: a declaration of one of six kinds, and an order of one of four."""
    size = len(owner)
    claims = pl.Series(["media", "disclosure", "party_cross", "staff", "fee", "community"])
    values = pl.Series([None, None, None, "3", "100.50", "7"], dtype=pl.String)
    references = pl.Series([None, None, None, "9", "90.25", None], dtype=pl.String)
    orders = pl.Series(["safety", "report_in", "archives_fault", "waste"])
    kinds = pl.Series(["ordered", "fined", "ordered", None], dtype=pl.String)
    claim, order = chance.integers(0, 6, size), chance.integers(0, 4, size)
    days = pl.Series(chance.integers(20_454, 20_540, 2 * size)).cast(pl.Int32).cast(pl.Date)  # January to March 2026
    numbers = pl.Series([f"D{number:08d}" for number in range(size)])
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, size)
    pl.DataFrame(
        {
            "fact_id": [f"F{number:09d}" for number in range(2 * size)],
            "indicator": pl.concat([claims.gather(claim), orders.gather(order)]),
            "uscc": pl.concat([codes.gather(owner)] * 2),
            "project_id": pl.concat([ids, ids]),
            "occurred_on": days,
            "value": pl.concat([values.gather(claim), kinds.gather(order)]),
            "reference": pl.concat([references.gather(claim), nothing]),
            "case_no": pl.concat([nothing, numbers]),
            "document_no": pl.concat([nothing, numbers]),
        }
    ).write_parquet(folder / "facts.parquet")


def _decimal(units: np.ndarray, places: int) -> pl.Series:
    exact = pl.Series(units).cast(pl.Decimal(38, places))
    return (exact / 10**places).cast(pl.Decimal(18, places))
