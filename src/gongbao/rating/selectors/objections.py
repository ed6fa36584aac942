"""Reading objections: of an enterprise, of a cycle, and whether one can still be made."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongbao.cases.models import Step
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.rating.models import Objection, RatingCycle, State, Window

CLAUSE = "京建法〔2025〕2号 第十二条"
OPEN = ("lodged", "asking")
UPHELD = ("uphold", "uphold_partly", "uphold_appeal")


def window_newest(cycle: RatingCycle) -> Window | None:
    """The newest window of the revision, open or over."""
    return cycle.windows.filter(revision=cycle.revision).order_by("-round").first()


def objections_in(cycle: RatingCycle) -> QuerySet[Objection]:
    """All of the cycle, requests of those left out included, the newest first."""
    return cycle.objections.select_related("case", "window").order_by("-pk")


def objections_of(cycle: RatingCycle, uscc: str) -> QuerySet[Objection]:
    return objections_in(cycle).filter(uscc=uscc)


def objections_open(cycle: RatingCycle) -> QuerySet[Objection]:
    """Objections of this revision that are not yet answered."""
    found = objections_in(cycle).filter(revision=cycle.revision, kind=Objection.Kind.OBJECTION)
    return found.filter(case__tracks__state__in=OPEN, case__ended_at=None)


def upheld_since(cycle: RatingCycle, moment: datetime) -> bool:
    """Whether anything was upheld after a moment, appeals and requests of those left out included."""
    return Step.objects.filter(case__objection__cycle=cycle, move__in=UPHELD, at__gt=moment).exists()


def upheld_waiting(cycle: RatingCycle) -> QuerySet[Objection]:
    """What was upheld after the newest run: its facts are to be mended, and the cycle run again."""
    if cycle.draft is None:
        return Objection.objects.none()
    steps = Step.objects.filter(move__in=UPHELD, at__gt=cycle.draft.made_at)
    return objections_in(cycle).filter(case__in=steps.values("case"))


def upheld_after_final(cycle: RatingCycle) -> QuerySet[Objection]:
    """What was upheld since the public result was made: grounds for a correction."""
    made = cycle.public.made_at if cycle.public else cycle.opened_at
    steps = Step.objects.filter(move__in=UPHELD, at__gt=made)
    return objections_in(cycle).filter(case__in=steps.values("case"))


def objection_refusal(cycle: RatingCycle, uscc: str, now: datetime) -> Refused | None:
    """Why an enterprise cannot object now, with the date that passed; None where it can."""
    window = window_newest(cycle)
    if window is None:
        if cycle.state in (State.COLLECTING, State.CLOSED, State.PRELIMINARY):
            return Refused(Text("初步结果还没有发布", "the preliminary result has not been released yet"), CLAUSE)
        return Refused(Text("本周期没有异议期", "there is no window in this cycle"), CLAUSE)
    if timezone.localdate(now) > window.last_day or cycle.state != State.OBJECTIONS:
        because = Text(
            f"异议期已于 {window.last_day} 24:00 届满",
            f"the window for objections closed at 24:00 on {window.last_day}",
        )
        return Refused(because, CLAUSE)
    if window.round > 1 and uscc not in window.changed:
        because = Text("这一次只对结果有变化的企业开放", "this window is only for those whose result has changed")
        return Refused(because, "I-38")
    if not window.run.scores.filter(uscc=uscc).exists():
        because = Text("企业不在参评名单中;请申请漏评更正", "it was not rated: ask for correction as left out")
        return Refused(because, CLAUSE)
    return None


def left_out_refusal(cycle: RatingCycle, uscc: str) -> Refused | None:
    """Why an enterprise cannot ask to be taken in, from release until archiving; None where it can."""
    if cycle.state not in (State.OBJECTIONS, State.FINAL, State.PUBLISHED):
        because = Text(
            "漏评更正自初步结果发布起、归档前受理",
            "asked for from the release of the preliminary result until archiving",
        )
        return Refused(because, CLAUSE)
    if cycle.draft and cycle.draft.scores.filter(uscc=uscc).exists():
        return Refused(Text("企业已经参评;请提出异议", "it was rated: object instead"), CLAUSE)
    return None
