"""Storing rows under a delivery: new versions beside the old ones, an entry in every dossier concerned."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from gongbao.archive.services import entries_append, entry_append
from gongbao.kernel.canonical import Json
from gongbao.organisations.models import Client, Organisation, Person
from gongbao.rating.models import Delivery, Fact, RatingCycle, Row, Spell
from gongbao.rating.selectors.gather import MODELS

CHUNK = 400


@dataclass(frozen=True)
class Origin:
    """Where rows come from. source: a party of the standard; how: file, push, declaration, sheet, … ."""

    source: str
    how: str
    organisation: Organisation | None = None
    person: Person | None = None
    client: Client | None = None
    because: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def cycle_lock(cycle: RatingCycle) -> RatingCycle:
    """The cycle, locked for the rest of the transaction: deliveries, runs and steps follow one another."""
    return RatingCycle.objects.select_for_update().get(pk=cycle.pk)


def rows_keep(
    cycle: RatingCycle, changed: Mapping[str, pl.DataFrame], origin: Origin, now: datetime, ended: Sequence[Fact] = ()
) -> Delivery | None:
    """Store changed rows (columns of keyed.STORED, by table), and end those with the same keys, and `ended`.

    The caller holds the lock of the cycle. None where nothing changed.
    """
    counts = {name: frame.height for name, frame in changed.items() if frame.height}
    if not counts and not ended:
        return None
    delivery = Delivery.objects.create(
        cycle=cycle, source=origin.source, how=origin.how, organisation=origin.organisation, by=origin.person,
        client=origin.client, at=now, because=origin.because, files=dict(origin.files), counts=counts,
    )  # fmt: skip
    Fact.objects.filter(pk__in=[fact.pk for fact in ended]).update(ended=delivery)
    for name in counts:
        _store(MODELS[name], cycle, delivery, changed[name])
    _write(cycle, delivery, changed, ended, now)
    return delivery


def _store(model: type[Row], cycle: RatingCycle, delivery: Delivery, frame: pl.DataFrame) -> None:
    manager = model._default_manager
    if manager.filter(cycle=cycle, ended=None).exists():
        keys = set(frame.select(model.KEY).iter_rows())
        for part in _chunks(sorted({key[0] for key in keys})):
            held = manager.filter(cycle=cycle, ended=None, **{f"{model.KEY[0]}__in": part})
            old = [pk for pk, *key in held.values_list("pk", *model.KEY) if tuple(key) in keys]
            for some in _chunks(old):
                manager.filter(pk__in=some).update(ended=delivery)
    rows = (model(cycle=cycle, delivery=delivery, **row) for row in frame.iter_rows(named=True))
    manager.bulk_create(rows, batch_size=CHUNK)


def _chunks(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _write(
    cycle: RatingCycle, delivery: Delivery, changed: Mapping[str, pl.DataFrame], ended: Sequence[Fact], now: datetime
) -> None:
    """One entry in the dossier of the cycle, and one for each enterprise with the rows that concern it."""
    about: dict[str, Json] = {
        "cycle": cycle.code, "delivery": delivery.pk, "source": delivery.source, "how": delivery.how,
        "organisation": delivery.organisation.code if delivery.organisation else "", "because": delivery.because,
    }  # fmt: skip
    ids = [fact.fact_id for fact in ended]
    whole = {name: _hash(frame) for name, frame in changed.items() if frame.height}
    actor = delivery.by
    payload: dict[str, Json] = {
        **about,
        "files": dict(delivery.files),
        "rows": dict(delivery.counts),
        "sha256": whole,
        "ended": [*ids],
    }
    entry_append(subject=cycle.subject, kind="rating.delivered", payload=payload, at=now, actor=actor)
    by_code: dict[str, dict[str, Json]] = {}
    for code, table, row in concerned(cycle, changed):
        rows = by_code.setdefault(code, {**about, "rows": {}, "ended": []})["rows"]
        rows.setdefault(table, []).append(row)  # type: ignore[union-attr]
    for fact in ended:
        entry = by_code.setdefault(fact.uscc, {**about, "rows": {}, "ended": []})
        entry["ended"].append(fact.fact_id)  # type: ignore[union-attr]
    payloads = {f"enterprise/{code}": entry for code, entry in by_code.items()}
    entries_append(payloads=payloads, kind="rating.delivered", at=now, actor=actor)


def concerned(cycle: RatingCycle, changed: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """(uscc, table, row) of every changed row; a complaint concerns all who have managed its project."""
    counts = changed.get("complaints")
    managers: dict[str, set[str]] = {}
    if counts is not None and counts.height:
        for project, code in Spell.objects.filter(cycle=cycle, ended=None).values_list("project_id", "uscc"):
            managers.setdefault(project, set()).add(code)
    for table, frame in changed.items():
        for row in frame.iter_rows(named=True):
            codes = managers.get(row["project_id"], ()) if table == "complaints" else (row["uscc"],)
            plain = {name: _plain(value) for name, value in row.items() if value is not None}
            for code in sorted(codes):
                yield code, table, plain


def _plain(value: object) -> Json:
    return value.isoformat() if isinstance(value, date) else value  # type: ignore[return-value]


def _hash(frame: pl.DataFrame) -> str:
    return hashlib.sha256(frame.sort(frame.columns).write_csv().encode()).hexdigest()
