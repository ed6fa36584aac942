"""Reading public notices and the objections to them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongbao.support.models import Application, NoticeObjection, PublicNotice

TRACK = "objection"


def notices_current(on: date) -> QuerySet[PublicNotice]:
    """What is on public notice on that day."""
    return notices_all().filter(replaced=False, first_day__lte=on, last_day__gte=on)


def notices_all() -> QuerySet[PublicNotice]:
    """Every notice, the newest first, with what pages show."""
    return PublicNotice.objects.select_related("application__case", "application__applicant", "application__project")


def notice_open(notice: PublicNotice, on: date) -> bool:
    """Whether an objection can be made; the last day is included."""
    return not notice.replaced and notice.first_day <= on <= notice.last_day


def objections_open(application: Application) -> QuerySet[NoticeObjection]:
    """Objections to any notice of the application that are not answered yet."""
    return NoticeObjection.objects.filter(notice__application=application, case__ended_at=None).select_related("case")


def applications_disputed(among: QuerySet[Any, Any]) -> set[int]:
    """Keys of the applications among these with an objection that is not answered yet."""
    found = NoticeObjection.objects.filter(notice__application__in=among, case__ended_at=None)
    return set(found.values_list("notice__application_id", flat=True))


def objection_by_token(token: str) -> NoticeObjection | None:
    found = NoticeObjection.objects.filter(token=token).select_related("case", "notice__application")
    return found.first() if token else None
