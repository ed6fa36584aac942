"""Working out a result in the background, so that nobody waits for it."""

from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongbao.organisations.models import Person
from gongbao.organisations.permissions import actor_of
from gongbao.rating.models import RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.services.runs import run_make


@task()
def run_in_background(code: str, person: int, because: str) -> dict[str, str]:
    """Make a run of a cycle as a person. Returns {"run": number}, or why not: {"zh", "en", "cite"}."""
    now = timezone.now()
    actor = actor_of(Person.objects.get(pk=person), timezone.localdate(now))
    try:
        run = run_make(cycle=RatingCycle.objects.get(code=code), actor=actor, now=now, because=because)
    except MoveRefused as refused:
        why = refused.refused
        return {"zh": why.because.zh, "en": why.because.en, "cite": why.cite}
    return {"run": str(run.pk)}


def run_task_newest(code: str) -> Any | None:
    """The newest task of a cycle (a DBTaskResult): waiting, running, or what became of it."""
    path = run_in_background.module_path
    found = DBTaskResult.objects.filter(task_path=path).order_by("-enqueued_at")[:20]
    return next((row for row in found if row.args_kwargs["args"][:1] == [code]), None)
