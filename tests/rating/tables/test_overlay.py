"""What is on file, written out as cells and read again, is what it was; and what comes in takes its place by key."""

from datetime import date

import polars as pl
import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.demo import demo_city
from gongbao.rating.tables.demo_places import Places, left_to_people, placed, until
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.keyed import STORED, keyed
from gongbao.rating.tables.overlay import check_over, laid_over, sheet_of
from gongbao.rating.tables.schema import RatingTables

CYCLE = Cycle(2026, 1)
Frames = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def frames(standard: Standard) -> Frames:
    return demo_city(300, 7, CYCLE, standard.facts)


def taken(frames: Frames, on_file: RatingTables, standard: Standard) -> Frames:
    sheets = {name: sheet_of(name, frame.select(pl.all().cast(pl.String))) for name, frame in frames.items()}
    return check_over(sheets, on_file, CYCLE, standard, Findings())


def nothing() -> RatingTables:
    return keyed({name: pl.DataFrame(schema=dict(schema)) for name, schema in STORED.items()})


def test_a_whole_city_comes_in_and_the_same_city_again_is_nothing_new(frames: Frames, standard: Standard) -> None:
    changed = taken(frames, nothing(), standard)
    assert {name: frame.height for name, frame in changed.items()} == {
        name: frame.height for name, frame in frames.items()
    }
    city = laid_over(changed, nothing())
    assert all(frame.is_empty() for frame in taken(frames, city, standard).values())
    assert all(frame.is_empty() for frame in check_over({}, city, CYCLE, standard, Findings()).values())


def test_a_row_with_a_known_key_takes_the_place_of_the_old_one(frames: Frames, standard: Standard) -> None:
    city = laid_over(taken(frames, nothing(), standard), nothing())
    row = frames["complaints"].head(1).with_columns(count=pl.lit(999))
    changed = taken({"complaints": row}, city, standard)
    assert changed["complaints"]["count"].to_list() == [999]
    after = laid_over(changed, city)
    assert after.complaints.height == city.complaints.height and after.complaints["count"].max() == 999


def test_the_demo_people_get_an_enterprise_and_a_street_of_the_city(frames: Frames, standard: Standard) -> None:
    places = Places("西城区", "91110102MA0DEENT0E", "演示物业有限公司", "演示街道")
    city = placed(until(frames, date(2026, 4, 15)), places)
    own = city["projects"].filter(pl.col("uscc") == places.uscc)
    assert own.height >= 4 and (own["street"] == places.street).any()
    assert city["projects"]["managed_from"].max() <= date(2026, 4, 15)
    assert city["complaints"]["month"].max() == "2026-03"
    taken(left_to_people(city, places.street), nothing(), standard)  # it fits together
    left = left_to_people(city, places.street)["facts"].join(
        city["projects"].filter(pl.col("street") == places.street).select("project_id").unique(), on="project_id"
    )
    assert not left["indicator"].is_in(["community", "disclosure"]).any()
