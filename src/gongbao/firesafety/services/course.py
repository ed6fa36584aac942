"""Where joint handling joins in with the engine that moves its cases: the draw, the date that nobody answered, what a
move needs besides the table, and what follows from one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone

from gongbao.cases.joining import follow, guard, supply
from gongbao.cases.models import Case, Step
from gongbao.cases.rules.process import Move
from gongbao.cases.services.fields import Filled
from gongbao.firesafety.models import FIRE, HOUSING, Answer, Place
from gongbao.firesafety.selectors.visits import inspection_of, offers_of, visit_times
from gongbao.firesafety.services.decisions import decision_follow
from gongbao.firesafety.services.deliveries import delivery_make
from gongbao.firesafety.services.draws import drawing_keep, drawing_of
from gongbao.firesafety.services.outbox import step_tell
from gongbao.firesafety.services.visits import visit_follow
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.problem import Problem

PROCESS = "fire_joint"
VISITS = ("visit", "visit_ordinary", "recheck")


@supply(PROCESS, HOUSING, "draw")
def draw(case: Case, day: date) -> Mapping[str, str]:
    """How the filing's draw comes out; kept when the move is made."""
    place = _place(case)
    if place is None:
        raise LookupError(f"case {case.number} has no place")
    return {"drawn": "yes" if drawing_of(place, day).drawn else "no"}


@supply(PROCESS, "visit", "fix")
def fix(case: Case, day: date) -> Mapping[str, str]:
    """The first date that was proposed and still lies ahead; where all have passed, the last."""
    place = _place(case)
    offers = [timezone.localtime(offer.at) for offer in offers_of(place)] if place else []
    if not offers:
        raise LookupError(f"case {case.number} has no proposed date")
    chosen = next((at for at in offers if at.date() > day), offers[-1])
    return {"visit_at": f"{chosen:%Y-%m-%d %H:%M}"}


@guard(PROCESS)
def wanted(move: Move, case: Case, given: Filled, now: datetime) -> Iterable[Problem]:
    """What a move of a person needs besides the table."""
    place = _place(case)
    if place is None:
        return []
    if move.track == "visit":
        return _dates(move, place, given, now)
    if move.code in VISITS:
        return _ready_to_visit(move, place, now)
    if move.code == "approve":
        return _nothing_unfit(move, place)
    if move.code == "suspend" and (last := given.day("pause_until")) and last <= timezone.localdate(now):
        return [_problem("pause_until", str(last), "晚于今天的日期", "a day after today")]
    return []


def _dates(move: Move, place: Place, given: Filled, now: datetime) -> Iterator[Problem]:
    for name in ("visit_dates", "visit_at"):
        if name in given.texts:
            ahead = settings().ahead_workdays if name == "visit_dates" else 0
            yield from visit_times(given.texts[name], name, ahead, now)[1]
    if move.code == "agree":
        offered = [f"{timezone.localtime(offer.at):%Y-%m-%d %H:%M}" for offer in offers_of(place)]
        if given.texts["visit_at"] not in offered:
            zh = f"从机关提议的时间中选:{'、'.join(offered)}"
            yield _problem("visit_at", given.texts["visit_at"], zh, f"one of the proposed dates: {', '.join(offered)}")


def _ready_to_visit(move: Move, place: Place, now: datetime) -> Iterator[Problem]:
    """Enough inspectors, and not before the agreed day."""
    inspection = inspection_of(place, move.track)
    least = settings().inspectors
    named = inspection.inspectors.filter(recused_because="").count() if inspection else 0
    if named < least:
        zh = f"请先登记至少 {least} 名检查人员及证件号(现有 {named} 名)"
        yield _problem(f"{move.track}_opinion", str(named), zh, f"name {least} inspectors with card numbers first")
    if move.code == "visit" and inspection and inspection.at and inspection.at.date() > timezone.localdate(now):
        on = timezone.localtime(inspection.at)
        zh, en = f"检查时间为 {on:%Y-%m-%d %H:%M},到时再记录", f"the visit is on {on:%Y-%m-%d %H:%M}; record it then"
        yield _problem(f"{move.track}_opinion", "", zh, en)


def _nothing_unfit(move: Move, place: Place) -> Iterator[Problem]:
    inspection = inspection_of(place, move.track)
    left = inspection.answers.filter(verdict=Answer.Verdict.UNFIT, mended_on=None) if inspection else ()
    for answer in left:
        zh = "检查表中仍有不符合项,整改复查后才能通过"
        yield _problem("opinion", answer.item, zh, "an item of the checklist is still unfit")


@follow(PROCESS)
def after(case: Case, step: Step, now: datetime) -> None:
    """What follows from a step, in its transaction. At the opening the place has no case yet: nothing follows."""
    place = _place(case)
    if place is None or not step.track:
        return
    if (step.track, step.move) == (HOUSING, "draw"):
        drawing_keep(case=case, day=step.day, now=now)
    if step.track == "visit" or step.move in (*VISITS, "remedied"):
        visit_follow(place=place, step=step, now=now)
    if step.paper:
        delivery_make(place=place, step=step, paper=step.paper, party=_deliverer(case, step), now=now)
    decision_follow(place=place, step=step, now=now)
    step_tell(place=place, step=step, now=now)


def _deliverer(case: Case, step: Step) -> str:
    """Which authority delivers a paper: that of the track; of the common ones the fire authority, if it takes part."""
    if step.track in (HOUSING, FIRE):
        return step.track
    return FIRE if case.parts.filter(party=FIRE).exists() else HOUSING


def _place(case: Case) -> Place | None:
    return Place.objects.filter(case=case).select_related("application").first()


def _problem(column: str, value: str, zh: str, en: str) -> Problem:
    return Problem("fields", None, column, value, zh, en)
