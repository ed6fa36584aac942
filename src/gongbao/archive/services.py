"""Writing dossiers: adding entries, erasing personal values, and closing a day with a root."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F

from gongbao.archive.models import DailyRoot, Dossier, Entry, Leaf, PersonalValue
from gongbao.kernel import chain
from gongbao.kernel.canonical import Json, canonical
from gongbao.kernel.merkle import Head, root
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person

BEIJING = ZoneInfo("Asia/Shanghai")
ALGORITHM = "sha256"
SALT_BYTES = 16
BATCH = 500


def entry_append(
    *,
    subject: str,
    kind: str,
    payload: Mapping[str, Json],
    at: datetime,
    actor: Person | None = None,
    personal: Mapping[str, Json] | None = None,
) -> Entry:
    """Add an entry to the dossier of a subject, in the transaction of the change that it records.

    kind: what happened ("case.moved"); payload: what is kept for good, no floats and nothing personal; personal:
    values that can be erased later; actor: who did it, None for the system itself; at: an aware time.
    Raises RuntimeError outside a transaction: a change and its entry stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an archive entry belongs into the transaction of its change")
    dossier, _ = Dossier.objects.select_for_update().get_or_create(subject=subject)
    last = dossier.entries.order_by("-sequence").first()
    sealed = {field: chain.Personal(value, secrets.token_hex(SALT_BYTES)) for field, value in (personal or {}).items()}
    content = _content(kind, at, actor, payload)
    link = chain.append(subject, last.chained() if last else None, content, sealed, ALGORITHM)
    entry = _entry(dossier, link, kind, at)
    entry.save()
    PersonalValue.objects.bulk_create(
        PersonalValue(entry=entry, field=field, value=canonical(kept.value), salt=kept.salt)
        for field, kept in sealed.items()
    )
    dossier.sequence, dossier.head = link.sequence, link.hash
    dossier.save(update_fields=["sequence", "head"])
    return entry


def entries_append(
    *, payloads: Mapping[str, Mapping[str, Json]], kind: str, at: datetime, actor: Person | None = None
) -> None:
    """Add one entry to each of many dossiers (subject -> payload) in few statements, as `entry_append` does to one."""
    if not connection.in_atomic_block:
        raise RuntimeError("archive entries belong into the transaction of their change")
    subjects = sorted(payloads)
    for start in range(0, len(subjects), BATCH):
        _append_batch(subjects[start : start + BATCH], payloads, kind, at, actor)


def _append_batch(
    subjects: Sequence[str], payloads: Mapping[str, Mapping[str, Json]], kind: str, at: datetime, actor: Person | None
) -> None:
    Dossier.objects.bulk_create((Dossier(subject=subject) for subject in subjects), ignore_conflicts=True)
    dossiers = list(Dossier.objects.select_for_update().filter(subject__in=subjects).order_by("subject"))
    heads = Entry.objects.filter(dossier__in=dossiers, sequence=F("dossier__sequence")).select_related("dossier")
    last = {entry.dossier_id: entry.chained() for entry in heads}
    entries = []
    for dossier in dossiers:
        content = _content(kind, at, actor, payloads[dossier.subject])
        link = chain.append(dossier.subject, last.get(dossier.pk), content, {}, ALGORITHM)
        entries.append(_entry(dossier, link, kind, at))
        dossier.sequence, dossier.head = link.sequence, link.hash
    Entry.objects.bulk_create(entries)
    Dossier.objects.bulk_update(dossiers, ["sequence", "head"], batch_size=100)


def _content(kind: str, at: datetime, actor: Person | None, payload: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "kind": kind,
        "at": at.astimezone(BEIJING).isoformat(timespec="seconds"),
        "actor": f"person/{actor.pk}" if actor else "system",
        "data": payload,
    }


def _entry(dossier: Dossier, link: chain.Entry, kind: str, at: datetime) -> Entry:
    return Entry(
        dossier=dossier,
        sequence=link.sequence,
        kind=kind,
        at=at,
        version=link.version,
        algorithm=link.algorithm,
        previous=link.previous,
        payload=canonical(link.payload),
        personal=canonical(link.personal),
        hash=link.hash,
    )


@transaction.atomic
def personal_erase(*, entry: Entry, fields: list[str], because: str, at: datetime, actor: Person) -> Entry:
    """Erase personal values of an entry, value and salt, for good; the erasure itself is an entry. The chain holds.

    because: stays in the chain, so it names nobody. Raises BadInput for no field, a field that the entry does not
    have, or no longer has, and without a reason.
    """
    kept = {value.field: value for value in entry.values.select_for_update()}
    zh, en = "本条中尚存的个人信息", "a value still kept in this entry"
    missing = [field for field in fields or [""] if field not in kept]
    problems = [Problem("archive", entry.sequence, "fields", field, zh, en) for field in missing]
    if not because.strip():
        problems.append(Problem("archive", entry.sequence, "because", "", "请写明理由", "a reason"))
    if problems:
        raise BadInput(problems)
    PersonalValue.objects.filter(pk__in=[kept[field].pk for field in fields]).delete()
    return entry_append(
        subject=entry.dossier.subject,
        kind="personal.erased",
        payload={"sequence": entry.sequence, "fields": tuple(fields), "because": because.strip()},
        at=at,
        actor=actor,
    )


@transaction.atomic
def root_make(*, now: datetime) -> DailyRoot:
    """The root of the Beijing day of `now` over all dossiers as they stand; made once a day, later calls return it."""
    day = now.astimezone(BEIJING).date()
    if made := DailyRoot.objects.filter(day=day).first():
        return made
    heads = list(Entry.objects.filter(sequence=F("dossier__sequence")).select_related("dossier"))
    made = DailyRoot.objects.create(
        day=day,
        root=root((Head(entry.dossier.subject, entry.sequence, entry.hash) for entry in heads), ALGORITHM),
        algorithm=ALGORITHM,
        dossiers=len(heads),
        made_at=now,
    )
    Leaf.objects.bulk_create((Leaf(root=made, entry=entry) for entry in heads), batch_size=1000)
    return made
