"""A population from upload to estimate, what other numbers would change, and nobody else's eyes on it."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import actor_of
from gongbao.organisations.services.demo import demo_people_load
from gongbao.support.rows import Population
from gongbao.support.services.populations import GIVEN_UP_AFTER, folder, population_delete, population_match

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 1)
ROOT = "/desk/support/populations/"
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _city(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.HOME = True, tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    demo_people_load(now=timezone.now(), today=TODAY)


def browser(username: str = "commerce-city") -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="gongbao.organisations.login.Backend")
    return client


def table(rows: list[Json]) -> bytes:
    out = io.StringIO()
    write = csv.DictWriter(out, list(rows[0]))
    write.writeheader()
    write.writerows(rows)
    return out.getvalue().encode()


def cells(facts: Json) -> Json:
    return {k: "|".join(v) or "|" if isinstance(v, list) else str(v).lower() if isinstance(v, bool) else v
            for k, v in facts.items()}  # fmt: skip


@pytest.fixture
def tables(example: Callable[[str], Json]) -> dict[str, bytes]:
    """One enterprise with three debut centres: 4 events, 5 and 10."""
    file = example("debut_centre")
    projects = [
        {"id": f"p{events}", "entity": "e1", **cells({**file["project"], "debut_events": events})}
        for events in (4, 5, 10)
    ]
    return {"entities.csv": table([{"id": "e1", **cells(file["entity"])}]), "projects.csv": table(projects)}


def hand_in(tables: dict[str, bytes], status: int = 302, packed: bool = True) -> str:
    fields: Json = {"name": "八月名录", "on": "2026-08-01"}
    if packed:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in tables.items():
                archive.writestr(f"register/{name}", content)
        fields["register"] = SimpleUploadedFile("register.zip", out.getvalue())
    else:
        for field, (name, content) in zip(("register", "projects"), tables.items(), strict=False):
            fields[field] = SimpleUploadedFile(name, content)
    answer = browser().post(ROOT, fields)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def worked_out() -> Population:
    """What the worker does with what was handed in last."""
    return population_match(population=Population.objects.select_related("origin").first() or Population())


def test_a_zip_is_worked_out_to_an_estimate_with_chart_and_downloads(tables: dict[str, bytes]) -> None:
    hand_in(tables)
    waiting = Population.objects.get()
    address = f"{ROOT}{waiting.pk}/"
    assert "正在测算" in browser().get(address).content.decode()
    assert "HX-Refresh" not in browser().get(f"{address}progress/").headers
    found = worked_out()
    assert (found.state, found.about["entities"], found.about["projects"]) == ("done", 1, 3)
    fund = [row for row in found.estimate if row["code"] == "debut_centre"]
    assert fund == [{"code": "debut_centre", "year": "2026", "count": "2", "sum": "3000000.00"}]
    text = browser().get(address).content.decode()
    assert "3000000.00" in text
    assert 'data-chart="' in text
    assert browser().get(f"{address}progress/").headers["HX-Refresh"] == "true"
    file = b"".join(browser().get(f"{address}files/matches/").streaming_content)  # type: ignore[attr-defined] # a file
    assert b"e1,p10,debut_centre,eligible,2000000.00," in file
    assert browser().get(f"{address}files/secrets/").status_code == 404


def test_two_files_do_as_well_as_a_zip_and_parquet_as_well_as_csv(tables: dict[str, bytes], tmp_path: Path) -> None:
    hand_in(tables, packed=False)
    first = worked_out()
    assert first.state == "done"
    parquet = {}
    for name, content in tables.items():
        out = io.BytesIO()
        pl.read_csv(content, infer_schema=False).write_parquet(out)
        parquet[name.replace("csv", "parquet")] = out.getvalue()
    hand_in(parquet)
    assert worked_out().estimate == first.estimate


def test_other_numbers_are_tried_and_compared_and_what_is_in_force_stays(tables: dict[str, bytes]) -> None:
    hand_in(tables)
    origin = worked_out()
    address = f"{ROOT}{origin.pk}/try/consumption-2026/"
    page = browser().get(address)
    form = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    assert browser().post(address, form).status_code == 422, "nothing was changed"
    changed = form | {"debut_centre|steps.1.yuan": "2500000", "mixed_scene|rate": "0.4"}
    assert browser().post(address, changed).status_code == 302
    tried = worked_out()
    assert tried.origin == origin
    row = next(row for row in tried.estimate if row["code"] == "debut_centre")
    assert (row["sum"], row["sum_what_if"], row["difference"]) == ("3000000.00", "3500000.00", "500000.00")
    text = browser().get(f"{ROOT}{tried.pk}/").content.decode()
    assert "500000.00" in text
    origin.refresh_from_db()
    assert next(row for row in origin.estimate if row["code"] == "debut_centre")["sum"] == "3000000.00"


def test_numbers_that_make_no_rule_are_refused_at_their_measure(tables: dict[str, bytes]) -> None:
    hand_in(tables)
    origin = worked_out()
    address = f"{ROOT}{origin.pk}/try/consumption-2026/"
    page = browser().get(address)
    form = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    for name, value in (
        ("debut_centre|steps.1.yuan", "many"),
        ("mixed_scene|rate", "1.0001"),
        ("debut_centre|steps.1.from", "5"),
    ):
        assert browser().post(address, form | {name: value}).status_code == 422, name
    assert Population.objects.count() == 1


def test_what_is_wrong_in_a_register_is_told_with_its_row_and_nothing_is_estimated(tables: dict[str, bytes]) -> None:
    tables["projects.csv"] = tables["projects.csv"].replace(b"p5,e1", b"p5,e9").replace(b"debut_events", b"moon_events")
    hand_in(tables)
    found = worked_out()
    assert (found.state, found.estimate) == ("failed", [])
    text = browser().get(f"{ROOT}{found.pk}/").content.decode()
    assert "moon_events" in text
    assert not (folder(found) / "out" / "matches.csv").exists()


@pytest.mark.parametrize("name", ["entities.csv", "projects.csv"])
def test_a_table_that_is_missing_and_a_zip_that_is_none_are_refused_and_leave_nothing(
    tables: dict[str, bytes], name: str, tmp_path: Path
) -> None:
    del tables[name]
    assert name.split(".")[0] in hand_in(tables, 422)
    answer = browser().post(
        ROOT, {"name": "x", "on": "2026-08-01", "register": SimpleUploadedFile("register.zip", b"no zip")}
    )
    assert answer.status_code == 422
    assert Population.objects.count() == 0
    assert list((tmp_path / "populations").iterdir()) == []


def test_a_register_of_more_than_may_be_is_refused(tables: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(map(len, tables.values()))
    monkeypatch.setattr("gongbao.support.services.populations.LARGEST", size)
    hand_in(tables)
    monkeypatch.setattr("gongbao.support.services.populations.LARGEST", size - 1)
    hand_in(tables, 422)
    assert Population.objects.count() == 1


def test_nobody_else_sees_a_register_and_it_is_deleted_with_its_files(tables: dict[str, bytes]) -> None:
    hand_in(tables)
    found = Population.objects.get()
    address = f"{ROOT}{found.pk}/"
    assert browser("finance").get(address).status_code == 404
    assert browser("finance").post(f"{address}delete/").status_code == 404
    assert browser("street").get(address).status_code == 403
    assert browser().post(f"{address}delete/").status_code == 302
    assert Population.objects.count() == 1, "it waits to be worked out"
    worked_out()
    place = folder(found)
    assert place.exists()
    browser().post(f"{address}delete/")
    assert Population.objects.count() == 0
    assert not place.exists()


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_what_lost_its_worker_is_deleted_by_who_handed_it_in_after_a_day(tables: dict[str, bytes], state: str) -> None:
    hand_in(tables)
    found = Population.objects.get()
    place, address = folder(found), f"{ROOT}{found.pk}/"

    def stands_for(age: timedelta) -> str:
        Population.objects.update(state=state, made_at=timezone.now() - age)
        return browser().get(address).content.decode()

    assert f"{address}delete/" not in stands_for(GIVEN_UP_AFTER - timedelta(minutes=1))
    browser().post(f"{address}delete/")
    assert (Population.objects.count(), place.exists()) == (1, True)
    assert f"{address}delete/" in stands_for(GIVEN_UP_AFTER)
    assert browser("finance").post(f"{address}delete/").status_code == 404
    assert Population.objects.count() == 1
    browser().post(f"{address}delete/")
    assert (Population.objects.count(), place.exists()) == (0, False)


def test_a_trial_that_lost_its_worker_keeps_nothing_from_being_deleted_after_a_day(tables: dict[str, bytes]) -> None:
    hand_in(tables)
    origin = worked_out()
    trial = Population.objects.create(
        name=origin.name, on=origin.on, origin=origin, by=origin.by, made_at=timezone.now()
    )
    who = actor_of(origin.by, TODAY)
    with pytest.raises(BadInput):
        population_delete(population=origin, actor=who, now=trial.made_at + GIVEN_UP_AFTER - timedelta(seconds=1))
    assert Population.objects.count() == 2
    population_delete(population=origin, actor=who, now=trial.made_at + GIVEN_UP_AFTER)
    assert Population.objects.count() == 0


def test_what_was_deleted_meanwhile_is_passed_over() -> None:
    from gongbao.support.services.population_tasks import match_in_background

    assert match_in_background.func(999_999) is None


def test_the_estimate_is_what_the_command_writes(
    tables: dict[str, bytes], run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, content in tables.items():
        (source / name).write_bytes(content)
    assert run("batch", source, "--out", tmp_path / "out", "--on", "2026-08-01")[0] == 0
    hand_in(tables)
    found = worked_out()
    for name in ("matches", "estimate"):
        assert (folder(found) / "out" / f"{name}.csv").read_bytes() == (tmp_path / "out" / f"{name}.csv").read_bytes()
    assert json.dumps(found.estimate)
