"""Populations that offices hand in: kept in a folder of their own, matched in the background, and deleted."""

import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import polars as pl
from django.conf import settings
from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.rows import Population
from gongbao.support.rules.programme import Programme
from gongbao.support.rules.trying import programme_with
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.tables.batch import run_batch

State = Population.State
BUSY = (State.WAITING, State.RUNNING)
GIVEN_UP_AFTER = timedelta(days=1)  # from its making: what is not worked out by then has lost its worker
TABLES = ("entities", "projects")
FORMATS = ("csv", "parquet")
LARGEST = 2_000_000_000  # bytes of both tables
CHUNK = 1 << 20
Given = tuple[str, IO[bytes]]  # file name, content
SHOWN = 50  # problems that are kept


def folder(population: Population) -> Path:
    """Where its files lie, its results in `out`; a trial reads those of its origin."""
    return Path(settings.HOME) / "populations" / str(population.pk)


def result_file(population: Population, table: str) -> Path:
    return folder(population) / "out" / f"{table}.{population.format}"


def population_make(*, name: str, files: Iterable[Given], on: date, actor: Actor, now: datetime) -> Population:
    """Keep the tables of a population. files: entities and projects as CSV or Parquet, or one ZIP with both.

    Raises NotAllowed, BadInput (nothing is kept then). Matching is population_match's part.
    """
    authorise("support.population.make", actor)
    with transaction.atomic():
        made = Population.objects.create(name=name, on=on, by=_person(actor), made_at=now)
        try:
            made.format = _kept(files, folder(made) / "in")
        except BaseException:
            shutil.rmtree(folder(made), ignore_errors=True)
            raise
        made.save(update_fields=["format"])
        _record(made, "support.population.made", actor, now)
    return made


def _kept(files: Iterable[Given], place: Path) -> str:
    """Write the tables; the format of the entities."""
    place.mkdir(parents=True)
    room = [LARGEST]
    found: dict[str, str] = {}
    for name, content in files:
        if name.lower().endswith(".zip"):
            found |= _unpacked(content, place, room)
        elif table := _table(name):
            found[table[0]] = table[1]
            _write(content, place / ".".join(table), room)
        else:
            raise _refused(
                name, "entities 或 projects,以 .csv 或 .parquet 结尾", "entities or projects, .csv or .parquet"
            )
    if missing := [table for table in TABLES if table not in found]:
        raise _refused(missing[0], f"还缺 {missing[0]} 表", f"the table {missing[0]} is missing")
    return found["entities"]


def _table(name: str) -> tuple[str, str] | None:
    """(table, format) of a file by its name."""
    stem, _, ending = name.rsplit("/", 1)[-1].lower().rpartition(".")
    return (stem, ending) if stem in TABLES and ending in FORMATS else None


def _unpacked(content: IO[bytes], place: Path, room: list[int]) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(content) as archive:
            for info in archive.infolist():
                if table := _table(info.filename):
                    found[table[0]] = table[1]
                    with archive.open(info) as file:
                        _write(file, place / ".".join(table), room)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # broken, encrypted, unknown method
        raise _refused("zip", "可以打开的 ZIP 文件", "a ZIP file that can be opened") from error
    return found


def _write(content: IO[bytes], path: Path, room: list[int]) -> None:
    """room: bytes that are left for all files; what a ZIP says about sizes is not believed."""
    with path.open("wb") as file:
        while part := content.read(CHUNK):
            room[0] -= len(part)
            if room[0] < 0:
                raise _refused(path.name, "两张表合计不超过 2 GB", "2 GB at most for both tables")
            file.write(part)


def population_try(*, origin: Population, what_if: Mapping[str, Any], actor: Actor, now: datetime) -> Population:
    """Try other numbers on a population. what_if: {code of a measure: rule of the amount}.

    Raises NotAllowed, BadInput. Matching is population_match's part.
    """
    authorise("support.population.see", actor, origin)
    if origin.state != State.DONE:
        raise _refused(origin.name, "先完成测算", "let the population be worked out first")
    if not what_if:
        raise _refused(origin.name, "至少改一个数", "change at least one number")
    _tried(origin.on, what_if)
    with transaction.atomic():
        return Population.objects.create(
            name=origin.name, on=origin.on, format=origin.format, origin=origin, what_if=dict(what_if),
            by=_person(actor), made_at=now,
        )  # fmt: skip


def _tried(on: date, what_if: Mapping[str, Any]) -> Programme:
    """The programme with what is tried; all measures are of one. Raises BadInput."""
    known = catalogue_on(on)
    programmes = {known.programme_of[code].id: known.programme_of[code] for code in what_if if code in known.by_code}
    if len(programmes) != 1:
        raise _refused(", ".join(what_if), "同一份政策的措施", "measures of one programme")
    return programme_with(next(iter(programmes.values())), what_if, known.vocabulary)


def population_match(*, population: Population) -> Population:
    """Match it, and keep the estimate. What is wrong with its tables is kept for its page; nothing else is caught."""
    Population.objects.filter(pk=population.pk).update(state=State.RUNNING, matched=0, problems=[])
    rows = Population.objects.filter(pk=population.pk)
    origin = population.origin or population

    def progress(matched: int) -> None:
        rows.update(matched=matched)

    try:
        report = run_batch(
            folder(origin) / "in",
            folder(population) / "out",
            catalogue_on(population.on),
            population.on,
            _tried(population.on, population.what_if) if population.what_if else None,
            progress,
        )
    except BadInput as bad:
        told = [_told(problem) for problem in bad.problems[:SHOWN]]
        rows.update(state=State.FAILED, problems=told, about={"problems": bad.total})
    except BaseException:
        rows.update(state=State.FAILED, problems=[])
        raise
    else:
        about = {
            "entities": report.entities,
            "projects": report.projects,
            "rows": report.rows,
            "milliseconds": int(report.seconds * 1000),
        }
        rows.update(state=State.DONE, matched=report.rows, about=about, estimate=_estimate(population))
    population.refresh_from_db()
    return population


def _told(problem: Problem) -> dict[str, str]:
    row = "" if problem.row is None else f" {problem.row}"
    place = f"{problem.table}{row} {problem.column}".strip()
    value = f"“{problem.value[:60]}”" if problem.value else ""
    return {lang: f"{place} {value}: {due}" for lang, due in (("zh", problem.expected), ("en", problem.expected_en))}


def _estimate(population: Population) -> list[dict[str, str | None]]:
    path = result_file(population, "estimate")
    frame = pl.read_parquet(path) if population.format == "parquet" else pl.read_csv(path, infer_schema=False)
    return frame.cast(pl.String).to_dicts()


def population_given_up(population: Population, now: datetime) -> bool:
    """Whether it is still not worked out long after it was made: nobody works on it any more."""
    return population.state in BUSY and now - population.made_at >= GIVEN_UP_AFTER


def population_delete(*, population: Population, actor: Actor, now: datetime) -> None:
    """Delete it with its files and whatever was tried on it. Raises NotAllowed; BadInput while it is worked out."""
    authorise("support.population.see", actor, population)
    every = [population, *population.tries.all()]
    if any(one.state in BUSY and not population_given_up(one, now) for one in every):
        raise _refused(population.name, "测算完成后再删除", "delete it when it has been worked out")
    with transaction.atomic():
        _record(population, "support.population.deleted", actor, now)
        places = [folder(one) for one in every]
        population.delete()
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _record(population: Population, kind: str, actor: Actor, now: datetime) -> None:
    payload: dict[str, Json] = {"population": population.pk, "on": population.on.isoformat()}
    entry_append(subject="support/populations", kind=kind, payload=payload, at=now, actor=actor.person)


def _person(actor: Actor) -> Person:
    assert actor.person is not None, "who is authorised is somebody"  # noqa: S101 - narrows the type
    return actor.person


def _refused(value: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem("population", None, "register", value, zh, en)])
