"""The only place where rows become the tables that the rules read."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import polars as pl
from django.db.models import Count, Q, QuerySet

from gongbao.rating.models import Complaint, Delivery, Enterprise, Fact, RatingCycle, Row, Spell
from gongbao.rating.rules.world import City, months_of
from gongbao.rating.tables.keyed import STORED, keyed
from gongbao.rating.tables.schema import RatingTables

MODELS: dict[str, type[Row]] = {
    "enterprises": Enterprise,
    "projects": Spell,
    "complaints": Complaint,
    "facts": Fact,
}


R = TypeVar("R", bound=Row)


def rows_now(model: type[R], cycle: RatingCycle) -> QuerySet[R]:
    """The rows that hold now."""
    return model._default_manager.filter(cycle=cycle, ended=None)


def rows_then(model: type[R], cycle: RatingCycle, seen: Delivery | None) -> QuerySet[R]:
    """The rows that held when `seen` was the newest delivery; None: before the first one."""
    if seen is None:
        return model._default_manager.none()
    known = model._default_manager.filter(cycle=cycle, delivery__lte=seen.pk)
    return known.filter(Q(ended=None) | Q(ended__gt=seen.pk))


def frame_of(table: str, rows: QuerySet[R]) -> pl.DataFrame:
    schema = STORED[table]
    return pl.DataFrame(list(rows.values_list(*schema)), schema=dict(schema), orient="row")


def tables_of(cycle: RatingCycle, *, seen: Delivery | None = None) -> RatingTables:
    """Everything that a run of the cycle reads: as it stands, or as it stood at the delivery `seen`."""
    return keyed(
        {
            name: frame_of(name, rows_now(model, cycle) if seen is None else rows_then(model, cycle, seen))
            for name, model in MODELS.items()
        }
    )


def tables_around(cycle: RatingCycle, codes: Iterable[str], projects: Iterable[str] = ()) -> RatingTables:
    """Only what concerns some enterprises, and the spells of some projects whoever manages them."""
    spells = rows_now(Spell, cycle)
    wanted = set(codes)
    around = spells.filter(Q(uscc__in=wanted) | Q(project_id__in=list(projects)))
    every = wanted | set(around.values_list("uscc", flat=True))
    ids = set(around.values_list("project_id", flat=True))
    return keyed(
        {
            "enterprises": frame_of("enterprises", rows_now(Enterprise, cycle).filter(uscc__in=every)),
            "projects": frame_of("projects", around),
            "complaints": frame_of("complaints", rows_now(Complaint, cycle).filter(project_id__in=ids)),
            "facts": frame_of("facts", rows_now(Fact, cycle).filter(uscc__in=wanted)),
        }
    )


def city_of(cycle: RatingCycle) -> City:
    """What one enterprise's result takes from everybody's complaints, counted by the database."""
    months = [month.number for month in months_of(cycle.cycle)]
    rows = Complaint.objects.filter(cycle=cycle, ended=None, month__in=months)
    delivered = tuple(sorted(rows.values_list("month", flat=True).distinct().order_by("month")))
    counted = rows.filter(count__gt=0, rank=None).values_list("month", "count").annotate(Count("pk"))
    schema = dict.fromkeys(("month", "count", "projects"), pl.Int64)
    return City(delivered, pl.DataFrame(list(counted.order_by("month", "count")), schema=schema, orient="row"))


def managers_on(cycle: RatingCycle, project_id: str, day: date) -> QuerySet[Spell]:
    """The spell of a project that covers a day, if there is one."""
    spells = Spell.objects.filter(cycle=cycle, ended=None, project_id=project_id, managed_from__lte=day)
    return spells.filter(Q(managed_until=None) | Q(managed_until__gte=day))
