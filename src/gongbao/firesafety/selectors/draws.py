"""Reading draws: what was committed to, what was revealed, every ticket worked out anew."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, QuerySet, When

from gongbao.draw.lists import EACH, Entry, draw_each
from gongbao.firesafety.models import DrawDay, Drawing
from gongbao.kernel.draw import read_rate


def draw_days(today: date) -> QuerySet[DrawDay]:
    """Days with a commitment: today and those before it, the last first; then those that lie ahead."""
    ahead = Case(When(day__gt=today, then=1), default=0)
    return DrawDay.objects.annotate(filings=Count("drawings")).order_by(ahead, "-day")


def draw_day_on(day: date) -> DrawDay | None:
    return DrawDay.objects.filter(day=day).first()


@dataclass(frozen=True)
class Redrawn:
    """A filing of the day, and whether drawing again gives the ticket and the result on file."""

    drawing: Drawing
    same: bool


def drawings_of(day: DrawDay) -> QuerySet[Drawing]:
    return day.drawings.select_related("place__case").order_by("place__case__number")


def entries_of(day: DrawDay) -> list[Entry]:
    """The list as the draw takes it: case number, rate, the applicant's part."""
    return [
        Entry(str(one.place.case.number), read_rate(one.rate), 1, one.part)
        for one in drawings_of(day)
        if one.place.case
    ]


def redraw(day: DrawDay) -> list[Redrawn]:
    """Each filing drawn again from the published secret; empty before it is revealed."""
    if day.revealed_at is None:
        return []
    rows = {row[0]: row for row in result_rows(day)}
    return [
        Redrawn(one, (rows[number][3], rows[number][4]) == (one.ticket, "yes" if one.drawn else "no"))
        for one in drawings_of(day)
        if (number := str(one.place.case.number if one.place.case else "")) in rows
    ]


def result_rows(day: DrawDay) -> Iterator[tuple[str, ...]]:
    yield from draw_each(entries_of(day), day.purpose, day.secret, (), None)


def list_csv(day: DrawDay) -> str:
    """The list as `gongbao draw` takes it."""
    return _csv(["id", "rate", "part"], ((e.id, str(e.rate), e.part) for e in entries_of(day)))


def result_csv(day: DrawDay) -> str:
    """Every ticket as `gongbao draw verify` takes it."""
    return _csv(list(EACH), result_rows(day))


def _csv(head: list[str], rows: Iterator[tuple[str, ...]]) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(head)
    write.writerows(rows)
    return out.getvalue()
