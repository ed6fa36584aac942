"""Awarded money for everybody: what was decided and shown on public notice, and what of it is paid."""

from datetime import date

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Sum

from gongbao.support.models import Commitment, PublicNotice


def awards(on: date) -> QuerySet[Commitment]:
    """Decisions that stand and whose public notice has begun by that day, the newest first. noticed: its first day.

    What was released, because it was taken back before payment, is none.
    """
    shown = PublicNotice.objects.filter(application=OuterRef("application"), replaced=False, first_day__lte=on)
    found = Commitment.objects.exclude(state=Commitment.State.RELEASED).filter(Exists(shown))
    return (
        found.select_related("application__case", "application__applicant", "application__project")
        .annotate(noticed=Min("application__public_notices__first_day"))
        .order_by(F("noticed").desc(), "-pk")
    )


def awarded(found: QuerySet[Commitment]) -> tuple[int, int]:
    """What was decided, and what of it is paid, in fen."""
    rows = Commitment.objects.filter(pk__in=found.order_by().values("pk"))
    paid = rows.filter(state=Commitment.State.PAID)
    return tuple(one.aggregate(sum=Sum("amount"))["sum"] or 0 for one in (rows, paid))  # type: ignore[return-value]
