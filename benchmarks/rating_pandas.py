"""The simplified score in pandas."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.rating_gongbao import summary
from benchmarks.rating_numpy import ASSOCIATION, LIMITS, PARTY, SCALE


def simplified(folder: Path) -> dict[str, Any]:
    data = dict(np.load(folder / "plain.npz"))
    size = len(data["owner"])
    firms = pd.DataFrame({name: data[name] for name in ("credit", "party", "association")})
    projects = pd.DataFrame({name: data[name] for name in ("owner", "area", "collected")})
    complaints = pd.DataFrame(
        {"project": np.tile(np.arange(size), 6), "count": data["count"].ravel(), "rank": data["rank"].ravel()}
    )
    begin = time.perf_counter()
    result = score(firms, projects, complaints)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds} | summary(
        pl.Series(result["score"].to_numpy()), pl.Series("grade", result["grade"].astype(str).to_numpy())
    )


def score(firms: pd.DataFrame, projects: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    ranks = complaints["rank"]
    band = pd.cut(ranks, [0, 10, 50, 100, np.inf], labels=False)
    lost = band.map({0: 5, 1: 3, 2: 1, 3: 0}).fillna(0)
    months = ((complaints["count"] == 0) * 2 - lost).groupby(complaints["project"]).sum()
    weighted = projects["area"] * np.where(projects["collected"], 0.5, 1.0)
    grouped = projects.assign(months=months, weighted=weighted).groupby("owner")
    sums = grouped.agg(n=("area", "size"), months=("months", "sum"), weighted=("weighted", "sum"))
    points = firms["credit"] / 20_000 + SCALE[np.searchsorted(LIMITS, sums["weighted"] / 1e6)]
    points = points + PARTY[firms["party"]] + ASSOCIATION[firms["association"]]
    scores = (points + sums["months"] / sums["n"]).round(4)
    rank = scores.rank(method="min", ascending=False)
    grades = pd.cut(rank / len(scores), [0, 0.1, 0.5, 0.9, 1], labels=["A", "B", "C", "D"])
    return pd.DataFrame({"score": scores, "grade": grades})
