"""The draw of filings: a secret for each day, committed to weeks before, revealed when the day is over.

Each filing stands alone: drawn when its ticket is below the rate of its kind of place. Nobody steers it: the secret was
bound before the applicant fixed her part, and she fixed it before she could know the secret.
docs/explanation/draw.md gives the algorithm, gongbao-draw-1.
"""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.cases.models import Case
from gongbao.firesafety.models import DrawDay, Drawing, Place
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.draw import commitment, is_drawn, read_rate, seed, ticket

PURPOSE = "消防验收备案抽取"
SUBJECT = "fire/draw"


@transaction.atomic
def draw_days_commit(*, now: datetime) -> list[DrawDay]:
    """Commit to a secret for every day from today on that has none yet, as far ahead as the setting says."""
    today, made = timezone.localdate(now), []
    known = set(DrawDay.objects.filter(day__gte=today).values_list("day", flat=True))
    for ahead in range(settings().draw_ahead_days + 1):
        day = today + timedelta(days=ahead)
        if day not in known:
            made.append(_commit(day, now))
    if made:
        hashes = {row.day.isoformat(): row.commitment for row in made}
        entry_append(
            subject=SUBJECT, kind="draw.committed", payload={"days": hashes, "rates": settings().rates}, at=now
        )
    return made


def _commit(day: date, now: datetime) -> DrawDay:
    purpose, secret = f"{PURPOSE} {day.isoformat()}", secrets.token_hex(32)
    return DrawDay.objects.create(
        day=day, purpose=purpose, secret=secret, commitment=commitment(purpose, secret), rates=settings().rates,
        committed_at=now,
    )  # fmt: skip


@transaction.atomic
def draw_days_reveal(*, now: datetime) -> int:
    """Publish the secrets of days that are over. Returns how many."""
    over = DrawDay.objects.filter(day__lt=timezone.localdate(now), revealed_at=None)
    days = [row.day.isoformat() for row in over]
    if days:
        over.update(revealed_at=now)
        entry_append(subject=SUBJECT, kind="draw.revealed", payload={"days": tuple(days)}, at=now)
    return len(days)


def drawing_of(place: Place, day: date) -> Drawing:
    """How the draw of a filing comes out on a day; not kept. A day without a secret takes the last one before it.

    Raises LookupError where nobody ever committed to a secret.
    """
    bound = DrawDay.objects.filter(day__lte=day).first()
    if bound is None:
        raise LookupError(f"no secret was committed to for {day}")
    rate = bound.rates.get(place.kind, bound.rates[""])
    part = place.application.draw_part
    number = ticket(seed(bound.purpose, bound.secret, [part]), str(place.case.number if place.case else ""))
    drawn = is_drawn(number, read_rate(rate))
    return Drawing(place=place, day=bound, on=day, part=part, rate=rate, ticket=f"{number:064x}", drawn=drawn)


def drawing_keep(*, case: Case, day: date, now: datetime) -> Drawing:
    """Keep what the draw of a case came to: called in the transaction of its move."""
    made = drawing_of(case.fire_place, day)
    made.save()
    entry_append(
        subject=case.subject, kind="draw.made", at=now,
        payload={
            "case": case.number, "purpose": made.day.purpose, "commitment": made.day.commitment, "part": made.part,
            "rate": made.rate, "ticket": made.ticket, "drawn": made.drawn,
        },
    )  # fmt: skip
    return made
