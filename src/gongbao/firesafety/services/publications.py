"""Decisions are told to the public: with their delivery, at the latest on the last day of the period."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.cases.models import Step
from gongbao.cases.selectors import day_table
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Place, Publication
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.workdays import add_workdays


def publication_make(*, place: Place, step: Step, paper: Paper, now: datetime) -> Publication:
    """A decision was made: it is to be published within the working days of the setting. One that was delivered in the
    same breath is published at once."""
    due = add_workdays(step.day, settings().publication_workdays, day_table()).date
    made = Publication.objects.create(
        place=place, party=step.track, step=step, paper=paper, decided_on=step.day, due=due
    )
    if place.deliveries.filter(paper=paper).exclude(effective_on=None).exists():
        publication_make_public(paper=paper, on=timezone.localdate(now), now=now)
    return made


def publication_make_public(*, paper: Paper, on: date, now: datetime) -> None:
    """Publish the decision of a paper, if it is one and not out yet."""
    found = Publication.objects.filter(paper=paper, published_on=None).first()
    if found is None:
        return
    found.published_on = on
    found.save(update_fields=["published_on"])
    entry_append(
        subject=f"fire/{found.place_id}", kind="decision.published", at=now,
        payload={"paper": paper.code, "on": on.isoformat()},
    )  # fmt: skip


def publications_due(*, now: datetime) -> int:
    """Publish what reaches the last day of its period. Returns how many."""
    today = timezone.localdate(now)
    due = list(Publication.objects.filter(published_on=None, due__lte=today).select_related("paper"))
    for one in due:
        with transaction.atomic():
            publication_make_public(paper=one.paper, on=today, now=now)
    return len(due)
