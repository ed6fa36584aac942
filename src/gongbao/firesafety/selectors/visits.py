"""Reading visits: dates that were proposed, who inspects, the calendar of an authority."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongbao.cases.selectors import day_table
from gongbao.firesafety.models import Inspection, Offer, Place
from gongbao.kernel.problem import Problem
from gongbao.kernel.workdays import add_workdays, look_up
from gongbao.organisations.models import Organisation

FORM = "%Y-%m-%d %H:%M"


def visit_times(text: str, column: str, ahead: int, now: datetime) -> tuple[list[datetime], list[Problem]]:
    """The beginnings of visits in a text, one a line, and what is wrong with them: each on a working day, in the
    future, at least `ahead` working days from now."""
    found, problems, days = [], list[Problem](), day_table()
    today = timezone.localdate(now)
    first = add_workdays(today, ahead, days).date if ahead else today
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            at = timezone.make_aware(datetime.strptime(line, FORM))  # noqa: DTZ007 - a wall clock in Beijing
        except ValueError:
            zh, en = "日期和时间,如 2026-03-03 09:30", "a date with a time such as 2026-03-03 09:30"
            problems.append(Problem("fields", None, column, line, zh, en))
            continue
        if not look_up(at.date(), days).counts:
            problems.append(Problem("fields", None, column, line, f"{line} 不是工作日", f"{line} is no working day"))
        elif at.date() < first or at <= now:
            zh, en = f"{line} 太早,最早 {first}", f"{line} is too early; {first} at the earliest"
            problems.append(Problem("fields", None, column, line, zh, en))
        found.append(at)
    return found, problems


def offers_of(place: Place) -> QuerySet[Offer]:
    """The dates that stand proposed, the earliest first."""
    return place.offers.filter(withdrawn_at=None).order_by("at")


def inspection_of(place: Place, party: str) -> Inspection | None:
    """The inspection of an authority at a place, its latest round."""
    return place.inspections.filter(party=party).order_by("-round").first()


def agenda(authority: Organisation, party: str, now: datetime, weeks: int = 4) -> QuerySet[Inspection]:
    """What an authority has to visit from today on, the next first."""
    begin = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Inspection.objects.filter(
        party=party, at__gte=begin, at__lt=begin + timedelta(weeks=weeks), done_at=None,
        place__case__parts__party=party, place__case__parts__organisation=authority,
    ).select_related("place__case", "place__application").order_by("at", "pk")  # fmt: skip
