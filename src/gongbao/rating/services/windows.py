"""Windows for objections, and telling enterprises what was released and until when they can object."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entries_append, entry_append
from gongbao.cases.selectors import day_table
from gongbao.cases.services.notices import notice_send
from gongbao.kernel.canonical import Json
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import Deadline, add_workdays
from gongbao.organisations.models import Person
from gongbao.organisations.selectors import organisations_of_kind, people_with_role
from gongbao.rating.models import RatingCycle, Run, Score, Window
from gongbao.rating.selectors.results import differences
from gongbao.rating.selectors.settings import setting

CLAUSE = "京建法〔2025〕2号 第十二条"


def window_open(cycle: RatingCycle, run: Run, now: datetime) -> Window:
    """The window for all that took part: it begins with the release, the day of which is not counted (I-27)."""
    window = _window(cycle, run, 1, now, {})
    scores = {score.uscc: score for score in run.scores.all()}
    payloads = {f"enterprise/{uscc}": _told(cycle, score, window) for uscc, score in scores.items()}
    entries_append(payloads=payloads, kind="rating.released", at=now, actor=None)
    title = Text(f"{_name(cycle).zh}初步评价结果已发布", f"The preliminary result of {_name(cycle).en} is out")
    _tell(scores, title, window, now)
    return window


def window_for_changes(cycle: RatingCycle, before: Run, after: Run, now: datetime) -> Window | None:
    """One more window, limited to the change, for those whose own score or grade a re-run changed (I-38)."""
    window = cycle.windows.filter(revision=cycle.revision).order_by("-round").first()
    moved = {m.uscc: m for m in differences(before, after) if m.itself and m.after}
    if window is None or window.round > 1 or not moved:
        return None
    changed = {uscc: [*_ends(m.before), *_ends(m.after)] for uscc, m in sorted(moved.items())}
    second = _window(cycle, after, 2, now, changed)
    scores = {uscc: m.after for uscc, m in moved.items() if m.after}
    payloads = {f"enterprise/{uscc}": _told(cycle, score, second) for uscc, score in scores.items()}
    entries_append(payloads=payloads, kind="rating.changed", at=now, actor=None)
    title = Text(
        f"{_name(cycle).zh}:复算后您的结果有变化", f"{_name(cycle).en}: your result has changed through a re-run"
    )
    _tell(scores, title, second, now)
    return second


def _window(cycle: RatingCycle, run: Run, number: int, now: datetime, changed: dict[str, list[object]]) -> Window:
    period = _period(cycle, now)
    return Window.objects.create(
        cycle=cycle,
        revision=cycle.revision,
        round=number,
        run=run,
        opened_at=now,
        last_day=period.date,
        provisional=period.provisional,
        counted=_counted(period),
        changed=changed,
    )


def windows_recount(now: datetime) -> int:
    """Work provisional windows out anew once the year that they reach into is loaded (I-24), and tell whoever may
    object. A day that has passed is not called back. Returns how many were; called by the clock."""
    open_still = Window.objects.filter(provisional=True, last_day__gte=timezone.localdate(now))
    return sum(_recounted(window, now) for window in open_still.select_related("cycle"))


@transaction.atomic
def _recounted(window: Window, now: datetime) -> bool:
    window = Window.objects.select_for_update().get(pk=window.pk)
    period, before = _period(window.cycle, window.opened_at), window.last_day
    if period.provisional or not window.provisional:
        return False
    window.last_day, window.provisional, window.counted = period.date, False, _counted(period)
    window.save(update_fields=["last_day", "provisional", "counted"])
    payload: dict[str, Json] = {
        "cycle": window.cycle.code, "revision": window.revision, "round": window.round,
        "before": before.isoformat(), "until": window.last_day.isoformat(),
    }  # fmt: skip
    entry_append(subject=window.cycle.subject, kind="rating.window_recounted", payload=payload, at=now, actor=None)
    if window.last_day != before:
        title = Text(
            f"{_name(window.cycle).zh}:异议期的最后一日有变化",
            f"{_name(window.cycle).en}: the last day to object has changed",
        )
        _tell(window.changed or window.run.scores.values_list("uscc", flat=True), title, window, now)
    return True


def _counted(period: Deadline) -> list[list[object]]:
    return [[d.date.isoformat(), d.kind, d.counts, d.reason.zh, d.reason.en] for d in period.counted]


def _period(cycle: RatingCycle, now: datetime) -> Deadline:
    return add_workdays(timezone.localdate(now), int(setting(cycle, "objection_workdays")), day_table())


def _ends(score: Score | None) -> list[object]:
    return [from_fixed(score.score, 4), score.grade] if score else ["", ""]


def _told(cycle: RatingCycle, score: Score, window: Window) -> dict[str, Json]:
    return {
        "cycle": cycle.code, "revision": cycle.revision, "run": score.run_id, "score": from_fixed(score.score, 4),
        "rank": score.rank, "grade": score.grade, "until": window.last_day.isoformat(), "round": window.round,
    }  # fmt: skip


def _name(cycle: RatingCycle) -> Text:
    trial = ("(试评价)", " (trial)") if cycle.trial else ("", "")
    return Text(cycle.cycle.name.zh + trial[0], cycle.cycle.name.en + trial[1])


def _tell(codes: Iterable[str], title: Text, window: Window, now: datetime) -> None:
    todo = Text(
        f"请查看结果;有异议的,请在 {window.last_day} (含)前提出。依据 {CLAUSE}",
        f"see your result; object by {window.last_day} (that day included) if you disagree. Under {CLAUSE}",
    )
    notice_send(people=people_of(codes, now), title=title, todo=todo, now=now, due=window.last_day, urgent=True)


def people_of(codes: Iterable[str], now: datetime) -> list[Person]:
    """Who acts for these enterprises, as far as they have logins."""
    today, wanted = timezone.localdate(now), set(codes)
    found: dict[int, Person] = {}
    for organisation in organisations_of_kind("enterprise", on=today):
        if organisation.uscc in wanted:
            found |= {person.pk: person for person in people_with_role("enterprise", organisation, today)}
    return [found[pk] for pk in sorted(found)]
