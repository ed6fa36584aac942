"""A population in one run says what match says of each, whatever the format of its tables."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gongbao.support.tables import batch
from gongbao.support.tables.catalogue import catalogue as packaged

Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]
ON = "2026-08-01"
CODES = ["debut_centre", "mixed_scene", "debut_event", "auto-5", "energy-8", "synbio-2a"]


@pytest.fixture
def profiles(example: Callable[[str], Json]) -> dict[str, Json]:
    """An entity for each code with two projects, and an entity without any; something is unknown in each."""
    found: dict[str, Json] = {"E0": {"entity": {"kind": "enterprise"}, "projects": []}}
    for code in CODES:
        given = example(code)
        second = {**given["project"], "in_use_on": "2025-09-30"}
        second.pop("sectors", None)
        projects = [{"id": "p1", "facts": given["project"]}, {"id": "p2", "facts": second}]
        found[f"E {code}"] = {"entity": given["entity"], "projects": projects}
    found["E debut_event"]["projects"][0]["facts"]["held_on"] = "2026-06-15"
    return found


def tables(profiles: dict[str, Json]) -> dict[str, pl.DataFrame]:
    """The same profiles as text tables."""

    def cells(facts: Json) -> Json:
        texts = {}
        for key, value in facts.items():
            text = "|".join(value) or "|" if isinstance(value, list) else value
            texts[key] = text if isinstance(text, str) else json.dumps(text)
        return texts

    entities = [{"id": key, **cells(profile["entity"])} for key, profile in profiles.items()]
    projects = [
        {"id": project["id"], "entity": key, **cells(project["facts"])}
        for key, profile in profiles.items()
        for project in profile["projects"]
    ]
    return {
        name: pl.DataFrame(rows, schema={column: pl.String for row in rows for column in row})
        for name, rows in (("entities", entities), ("projects", projects))
    }


def write(folder: Path, frames: dict[str, pl.DataFrame], suffix: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, frame in frames.items():
        path = folder / f"{name}.{suffix}"
        frame.write_csv(path) if suffix == "csv" else frame.write_parquet(path)
    return folder


def read(out: Path, name: str, suffix: str) -> pl.DataFrame:
    path = out / f"{name}.{suffix}"
    return pl.read_csv(path, infer_schema=False) if suffix == "csv" else pl.read_parquet(path).cast(pl.String)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("size", [3, 25_000])
def test_a_batch_says_what_match_says(
    profiles: dict[str, Json],
    run: Run,
    saved: Callable[[object], Path],
    tmp_path: Path,
    suffix: str,
    size: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "SLICE", size)
    source = write(tmp_path / "in", tables(profiles), suffix)
    code, out, _ = run("batch", source, "--out", tmp_path / "out", "--on", ON)
    assert code == 0
    assert "7 entities, 12 projects, 580 rows" in out
    found = read(tmp_path / "out", "matches", suffix)
    assert found.columns == ["entity", "project", "code", "status", "value", "needs"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"estimate.{suffix}", f"matches.{suffix}"]
    got = {(e, p or None, c): (s, v or None, n or "") for e, p, c, s, v, n in found.iter_rows()}
    for key, profile in profiles.items():
        _, told, _ = run("match", saved(profile), "--on", ON, "--json")
        for row in json.loads(told)["measures"]:
            expected = row["status"], row["amount"]["value"], "|".join(row["needs"])
            assert got.pop((key, row["project"], row["code"])) == expected
    assert got == {}


def test_the_estimate_counts_and_adds_what_has_a_figure(profiles: dict[str, Json], run: Run, tmp_path: Path) -> None:
    profiles["E auto-5"]["projects"][0]["facts"]["new_technology_scene"] = True
    profiles["E debut_event"]["projects"][1]["facts"]["sales_3m"] = "10000000.00"
    run("batch", write(tmp_path / "in", tables(profiles), "parquet"), "--out", tmp_path / "out", "--on", ON)
    found = {row[0]: row[1:] for row in read(tmp_path / "out", "estimate", "parquet").iter_rows()}
    assert found["debut_event"] == ("2026", "2", "1500000.00")
    assert found["auto-5"] == ("2026", "1", "5000000.00")
    assert found["auto-6"] == ("2026", "1", None)
    assert "auto-7" not in found


def test_a_waiting_period_that_ends_next_year_is_next_years_money(
    profiles: dict[str, Json], run: Run, tmp_path: Path, example: Callable[[str], Json]
) -> None:
    given = example("first_store")
    found = {
        "E": {
            "entity": given["entity"],
            "projects": [{"id": "p1", "facts": {**given["project"], "opened_on": "2026-07-01"}}],
        }
    }
    run("batch", write(tmp_path / "in", tables(found), "csv"), "--out", tmp_path / "out", "--on", ON)
    assert read(tmp_path / "out", "estimate", "csv").rows() == [("first_store", "2027", "1", "1000000.00")]


def test_what_if_shows_the_difference(profiles: dict[str, Json], run: Run, tmp_path: Path) -> None:
    packaged_file = Path(batch.__file__).parents[1] / "programmes" / "consumption.toml"
    other = tmp_path / "other.toml"
    text = packaged_file.read_text(encoding="utf-8").replace('rate = "0.5"', 'rate = "0.4"')
    sales = 'fact = "project.sales_3m", test = ">=", value = '
    other.write_text(text.replace(f"{sales}5000000", f"{sales}6000000"), encoding="utf-8")
    source = write(tmp_path / "in", tables(profiles), "csv")
    code, *_ = run("batch", source, "--out", tmp_path / "out", "--on", ON, "--what-if", other)
    assert code == 0
    frame = read(tmp_path / "out", "estimate", "csv")
    assert frame.columns == ["code", "year", "count", "sum", "count_what_if", "sum_what_if", "difference"]
    found = {row[0]: row[2:] for row in frame.iter_rows()}
    assert found["mixed_scene"] == ("1", "500000.00", "1", "400000.00", "-100000.00")
    assert found["debut_event"][:2] == ("2", "1000000.00")
    assert found["debut_event"][2:] == ("0", None, "-1000000.00")
    assert found["auto-5"] == ("1", "5000000.00", "1", "5000000.00", "0.00")


def test_typed_columns_are_taken_as_they_are(profiles: dict[str, Json], run: Run, tmp_path: Path) -> None:
    frames = tables(profiles)
    typed = frames["projects"].with_columns(
        pl.col("debut_events").cast(pl.Int32),
        pl.col("launch_area_m2").cast(pl.Decimal(12, 2)),
        pl.col("in_use_on").str.to_date(),
        pl.col("lawful_site") == "true",
        pl.col("exclusions").str.split("|").list.filter(pl.element() != ""),
    )
    for name, projects in (("text", frames["projects"]), ("typed", typed)):
        write(tmp_path / name, {"entities": frames["entities"], "projects": projects}, "parquet")
        assert run("batch", tmp_path / name, "--out", tmp_path / f"{name}-out", "--on", ON)[0] == 0
    texts, types = (pl.read_parquet(tmp_path / f"{name}-out" / "matches.parquet") for name in ("text", "typed"))
    assert texts.equals(types)


Change = Callable[[dict[str, pl.DataFrame]], None]


def put(name: str, column: str, value: object, row: int = 1) -> Change:
    """One cell changed."""

    def change(frames: dict[str, pl.DataFrame]) -> None:
        cells = frames[name][column].to_list()
        cells[row] = value
        frames[name] = frames[name].with_columns(pl.Series(column, cells, dtype=pl.String))

    return change


def add(name: str, column: str, dtype: pl.DataType) -> Change:
    def change(frames: dict[str, pl.DataFrame]) -> None:
        frames[name] = frames[name].with_columns(pl.lit(1).cast(dtype).alias(column))

    return change


WRONG = [
    ("entities", "3", "kind", put("entities", "kind", "company")),
    ("entities", "3", "in_beijing", put("entities", "in_beijing", "yes")),
    ("entities", "3", "id", put("entities", "id", "E0")),
    ("entities", "3", "id", put("entities", "id", "")),
    ("entities", "1", "colour", add("entities", "colour", pl.String())),
    ("projects", "3", "entity", put("projects", "entity", "E9")),
    ("projects", "3", "id", put("projects", "id", "p1")),
    ("projects", "3", "debut_events", put("projects", "debut_events", "5.5")),
    ("projects", "3", "launch_area_m2", put("projects", "launch_area_m2", "500.001")),
    ("projects", "3", "in_use_on", put("projects", "in_use_on", "2026-02-30")),
    ("projects", "3", "paid_share", put("projects", "paid_share", "1.01")),
    ("projects", "3", "directions", put("projects", "directions", "debut_centre|sale")),
    ("projects", "", "sales_3m", add("projects", "sales_3m", pl.Float64())),
]


@pytest.mark.parametrize(("table", "row", "column", "change"), WRONG, ids=[f"{t} {c}" for t, _, c, _ in WRONG])
def test_a_wrong_cell_is_named_and_nothing_is_written(
    profiles: dict[str, Json], run: Run, tmp_path: Path, table: str, row: str, column: str, change: Change
) -> None:
    frames = tables(profiles)
    change(frames)
    source, out = write(tmp_path / "in", frames, "parquet"), tmp_path / "out"
    out.mkdir()
    (out / "matches.parquet").write_text("before", encoding="utf-8")
    code, told, err = run("batch", source, "--out", out, "--on", ON)
    assert (code, told) == (2, "")
    assert all(word in err for word in (table, row, column))
    assert [(path.name, path.read_text()) for path in out.iterdir()] == [("matches.parquet", "before")]


def test_without_tables_there_is_nothing_to_match(run: Run, tmp_path: Path) -> None:
    assert run("batch", tmp_path, "--out", tmp_path / "out", "--on", ON)[0] == 2


def test_empty_tables_give_empty_results(profiles: dict[str, Json], run: Run, tmp_path: Path) -> None:
    frames = {name: frame.clear() for name, frame in tables(profiles).items()}
    for suffix in ("csv", "parquet"):
        code, _, err = run("batch", write(tmp_path / suffix, frames, suffix), "--out", tmp_path / "out", "--on", ON)
        assert (code, err) == (0, "")
        assert read(tmp_path / "out", "matches", suffix).height == 0


def test_a_run_with_the_same_input_gives_the_same_bytes(profiles: dict[str, Json], tmp_path: Path) -> None:
    source = write(tmp_path / "in", tables(profiles), "parquet")
    for name in ("one", "two"):
        batch.run_batch(source, tmp_path / name, packaged(), date(2026, 8, 1))
    for table in ("matches", "estimate"):
        one, two = ((tmp_path / name / f"{table}.parquet").read_bytes() for name in ("one", "two"))
        assert one == two
