"""Taking single complaints in, and striking one that does not concern the enterprise: its month counts one less."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl
from django.db import transaction

from gongbao.archive.services import entries_append, entry_append
from gongbao.cases.services.notices import notice_send
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Client
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Complaint, ComplaintItem, Delivery, RatingCycle
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.complaint_items import items_now, managers_of
from gongbao.rating.selectors.rows import spells_in
from gongbao.rating.services.keeping import Origin, cycle_lock, rows_keep
from gongbao.rating.services.rows import MENDING, OPEN, refuse_unless
from gongbao.rating.services.windows import people_of
from gongbao.rating.tables.complaint_items import TABLE, Item, check_items
from gongbao.rating.tables.keyed import STORED

CLAUSE = "京建法〔2025〕2号 附件 12345零诉求"


@transaction.atomic
def items_take(
    *,
    cycle: RatingCycle,
    rows: Sequence[Mapping[str, str]],
    now: datetime,
    actor: Actor | None = None,
    client: Client | None = None,
) -> Delivery | None:
    """From a person of the complaint line or the commission, or its connected system. Those with a number on file
    take the place of the earlier ones; the same again change nothing (None). Raises BadInput, MoveRefused."""
    post = authorise("rating.complaints.enter", actor).post if actor else None
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, OPEN)
    items = check_items(rows, spells_in(cycle).values_list("project_id", flat=True), cycle.cycle)
    held = {item.reference_no: item for item in items_now(cycle)}
    changed = [item for item in items if _plain(held.get(item.reference_no)) != _plain(item)]
    if not changed:
        return None
    office = post.organisation if post else client.organisation if client else None
    delivery = Delivery.objects.create(
        cycle=cycle, source="hotline", how="file" if actor else "push", organisation=office,
        by=actor.person if actor else None, client=client, at=now, counts={TABLE: len(changed)},
    )  # fmt: skip
    old = [held[item.reference_no].pk for item in changed if item.reference_no in held]
    ComplaintItem.objects.filter(pk__in=old).update(ended=delivery)
    made = ComplaintItem.objects.bulk_create(
        ComplaintItem(cycle=cycle, delivery=delivery, **_plain(item)) for item in changed
    )
    _record(cycle, delivery, made, actor, now)
    return delivery


@transaction.atomic
def item_strike(*, item: ComplaintItem, because: str, actor: Actor, now: datetime) -> ComplaintItem:
    """It does not concern the enterprise after all: by the complaint line or the commission, until the result is final.

    Where the month has a count, it goes down by one; a rank that 12345 supplied itself stays until it supplies another.
    Raises BadInput without a reason, MoveRefused, Stale.
    """
    post = authorise("rating.complaints.enter", actor).post
    cycle = cycle_lock(item.cycle)
    refuse_unless(cycle, MENDING)
    held = ComplaintItem.objects.get(pk=item.pk)
    if held.ended_id:
        raise Stale
    if not held.concerns:
        raise MoveRefused(Text("这一件本来就不计入", "it does not count as it is"), CLAUSE)
    if not because.strip():
        raise BadInput([Problem(TABLE, None, "because", "", "请写明理由", "a reason")])
    office = post.organisation if post else None
    origin = Origin("hotline", "correction", office, actor.person, because=because.strip())
    rows = Complaint.objects.filter(cycle=cycle, ended=None, project_id=held.project_id, month=held.month)
    less = [(row.project_id, row.month, row.count - 1, row.rank) for row in rows.filter(count__gt=0)]
    names = ("project_id", "month", "count", "rank")
    schema = {name: STORED["complaints"][name] for name in names}
    frame = pl.DataFrame(less, schema=schema, orient="row").select(*STORED["complaints"])
    delivery = rows_keep(cycle, {"complaints": frame}, origin, now) or Delivery.objects.create(
        cycle=cycle, source=origin.source, how=origin.how, organisation=office, by=actor.person, at=now,
        because=origin.because, counts={TABLE: 1},
    )  # fmt: skip
    ComplaintItem.objects.filter(pk=held.pk).update(ended=delivery)
    made = ComplaintItem.objects.create(cycle=cycle, delivery=delivery, **{**_plain(held), "concerns": False})
    _record(cycle, delivery, [made], actor, now)
    title = Text(f"诉求 {made.reference_no} 不再计入({cycle.code})", f"Complaint {made.reference_no} no longer counts")
    todo = Text(f"理由:{origin.because}", f"because: {origin.because}")
    notice_send(people=people_of(managers_of(cycle, [made]), now), title=title, todo=todo, now=now)
    return made


def _plain(item: Item | ComplaintItem | None) -> dict[str, object]:
    names = ("reference_no", "project_id", "received_on", "concerns")
    return {name: getattr(item, name) for name in names} if item else {}


def _record(
    cycle: RatingCycle, delivery: Delivery, items: Sequence[ComplaintItem], actor: Actor | None, now: datetime
) -> None:
    """In a dossier beside the cycle's, and in that of each enterprise whose month it is."""
    by_code: dict[str, list[Json]] = {}
    for code, item in zip(managers_of(cycle, items), items, strict=True):
        by_code.setdefault(code, []).append(
            {"reference_no": item.reference_no, "project_id": item.project_id, "concerns": item.concerns,
             "received_on": item.received_on.isoformat()}
        )  # fmt: skip
    about: dict[str, Json] = {"cycle": cycle.code, "delivery": delivery.pk, "because": delivery.because}
    person, kind = actor.person if actor else None, "rating.complaint_items"
    payload: dict[str, Json] = {**about, "items": sum(map(len, by_code.values()))}
    entry_append(subject=f"{cycle.subject}/complaints", kind=kind, payload=payload, at=now, actor=person)
    payloads = {f"enterprise/{code}": {**about, "items": told} for code, told in by_code.items() if code}
    entries_append(payloads=payloads, kind=kind, at=now, actor=person)
