"""The made-up city: valid, the same for the same seed, and marked as made up."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from stdnum.cn import uscc

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput
from gongbao.rating.tables.demo import demo_city
from gongbao.rating.tables.demo_files import write_city
from gongbao.rating.tables.intake import Intake
from gongbao.rating.tables.vocabulary import Vocabulary

CYCLE = Cycle(2026, 1)
City = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def city(vocabulary: Vocabulary) -> City:
    return demo_city(2000, 1, CYCLE, vocabulary.facts)


@pytest.mark.parametrize("file_format", ["csv", "parquet", "xlsx"])
def test_the_city_passes_every_check_in_every_format(
    file_format: str, city: City, read: Callable[..., Intake], tmp_path: Path
) -> None:
    write_city(city, tmp_path / "city", file_format)
    source = tmp_path / "city" / ("city.xlsx" if file_format == "xlsx" else "")
    tables = read(source).tables
    assert tables.projects["project"].n_unique() == 2000
    assert "Made up" in (tmp_path / "city" / "README.txt").read_text()


@pytest.mark.parametrize("projects", [1, 2, 50])
@pytest.mark.parametrize("cycle", [Cycle(2026, 1), Cycle(2026, 2)])
def test_small_cities_and_other_cycles_pass_too(
    projects: int, cycle: Cycle, vocabulary: Vocabulary, read: Callable[..., Intake], tmp_path: Path
) -> None:
    write_city(demo_city(projects, 3, cycle, vocabulary.facts), tmp_path / "city", "csv")
    assert read(tmp_path / "city").tables.projects["project"].n_unique() == projects


def test_a_seed_gives_the_same_bytes_and_another_seed_others(vocabulary: Vocabulary, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_city(demo_city(300, seed, CYCLE, vocabulary.facts), tmp_path / name, "csv")
    for table in ("enterprises", "projects", "complaints", "facts"):
        a, b, c = ((tmp_path / name / f"{table}.csv").read_bytes() for name in "abc")
        assert a == b
        assert a != c


def test_the_city_holds_what_a_rating_must_cope_with(city: City, vocabulary: Vocabulary) -> None:
    projects = city["projects"]
    several = projects.filter(pl.col("project_id").is_duplicated())
    owners = several.group_by("project_id").agg(pl.col("uscc").n_unique().alias("owners"))["owners"]
    assert set(owners) == {1, 2}  # renewals and hand-overs
    assert projects.group_by("uscc").len()["len"].max() > 5
    assert city["enterprises"].filter(~pl.col("uscc").is_in(projects["uscc"].implode())).height > 0
    assert set(city["facts"]["indicator"]) == set(vocabulary.facts)
    assert city["facts"]["case_no"].drop_nulls().is_duplicated().any()
    assert city["enterprises"]["district"].n_unique() == 17


def test_codes_are_valid_but_of_a_part_that_is_not_issued_and_names_say_example(city: City) -> None:
    codes = city["enterprises"]["uscc"]
    assert all(uscc.is_valid(code) for code in codes)
    assert codes.str.slice(8, 2).unique().to_list() == ["XX"]
    assert codes.n_unique() == len(codes)
    assert city["enterprises"]["name"].n_unique() == len(codes)
    assert city["enterprises"]["name"].str.starts_with("示例").all()
    assert city["projects"]["street"].str.contains("示例").all()


def test_a_folder_with_something_else_is_not_replaced(city: City, tmp_path: Path) -> None:
    write_city(city, tmp_path / "city", "csv")
    write_city(city, tmp_path / "city", "parquet")
    (tmp_path / "city" / "mine.csv").write_text("mine")
    with pytest.raises(BadInput):
        write_city(city, tmp_path / "city", "csv")
    assert (tmp_path / "city" / "mine.csv").read_text() == "mine"
    assert (tmp_path / "city" / "facts.parquet").exists()
