"""Taking a cycle from step to step. Each is one transaction with its archive entry; a refusal changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import CycleStep, RatingCycle, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.selectors.cycles import Onward, steps_onward
from gongbao.rating.services.keeping import cycle_lock
from gongbao.rating.services.publication import result_publish
from gongbao.rating.services.sheets import sheets_settle
from gongbao.rating.services.windows import window_open
from gongbao.rating.tables.course import settings as all_settings
from gongbao.rating.tables.standards import packaged_ids, standard_text

COURSE = "京建法〔2025〕2号 第八条"


@transaction.atomic
def cycle_open(*, code: str, actor: Actor, now: datetime, standard: str = "") -> RatingCycle:
    """Begin collecting. standard: text of the edition; "": the packaged one that holds for the cycle.

    Raises BadInput for a cycle that is there, or a standard that is not sound or does not hold for it."""
    authorise("rating.cycle.run", actor)
    try:
        half = Cycle.parse(code)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise BadInput([Problem("cycle", None, "code", code, zh, en)]) from error
    if RatingCycle.objects.filter(code=str(half)).exists():
        raise BadInput([Problem("cycle", None, "code", code, "还没有开始的周期", "a cycle that is not there yet")])
    text = standard or _packaged(half)
    edition = _sound(text, half)
    cycle = RatingCycle.objects.create(code=str(half), standard=text, trial=half in edition.trial, opened_at=now)
    _record(cycle, "", actor, now, "", {"standard": edition.sha256})
    return cycle


def _packaged(half: Cycle) -> str:
    for name in packaged_ids():
        if load_standard(text := standard_text(name)).holds_for(half):
            return text
    zh, en = "没有适用于这个周期的评分标准", "a cycle that a standard holds for"
    raise BadInput([Problem("cycle", None, "standard", str(half), zh, en)])


def _sound(text: str, half: Cycle) -> Standard:
    edition = load_standard(text)
    if problems := prove(edition):
        raise BadInput(problems)
    if not edition.holds_for(half):
        zh, en = f"适用于 {half} 的标准", f"a standard that holds for {half}"
        raise BadInput([Problem("standard", None, "cycles", f"{edition.first} …", zh, en)])
    return edition


@transaction.atomic
def cycle_settings_change(
    *,
    cycle: RatingCycle,
    settings: Mapping[str, object],
    because: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> RatingCycle:
    """Set some settings of the cycle, with a reason. Raises BadInput with every value that does not fit, Stale."""
    authorise("rating.cycle.run", actor)
    held = _held(cycle, version)
    problems: list[Problem] = [] if because.strip() else [_no_reason()]
    taken: dict[str, int | str] = {}
    for code, value in settings.items():
        try:
            taken[code] = all_settings()[code].taken(value)
        except KeyError:
            problems.append(Problem("settings", None, code, str(value), "一项设置", "a setting"))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    held.settings = {**held.settings, **taken}
    return _changed(held, "rating.settings", {"settings": dict(taken), "because": because.strip()}, actor, now)


@transaction.atomic
def cycle_standard_change(
    *, cycle: RatingCycle, standard: str, because: str, version: int, actor: Actor, now: datetime
) -> RatingCycle:
    """Another edition for a running cycle, with a recorded reason; while it is collected or closed, never later."""
    authorise("rating.cycle.run", actor)
    held = _held(cycle, version)
    if held.state not in (State.COLLECTING, State.CLOSED) or held.revision:
        zh, en = "初步结果之后不能更换评分标准", "the standard stays as it is once there is a preliminary result"
        raise MoveRefused(Text(zh, en), "京建法〔2025〕2号 第九条")
    if not because.strip():
        raise BadInput([_no_reason()])
    edition = _sound(standard, held.cycle)
    before = load_standard(held.standard)
    held.standard, held.trial = standard, held.cycle in edition.trial
    payload = {"before": before.sha256, "standard": edition.sha256, "id": edition.id, "because": because.strip()}
    return _changed(held, "rating.standard", payload, actor, now)


@transaction.atomic
def cycle_step(
    *,
    cycle: RatingCycle,
    to: State,
    version: int,
    actor: Actor,
    now: datetime,
    because: str = "",
    waive: Iterable[str] = (),
) -> RatingCycle:
    """Take a step. version: as the actor saw it; waive: codes of lacks that the step decides away, with a reason.

    To objections the result is released: the window begins and everybody is told; to published the pointer moves; from
    published or archived, closed begins a revision. Raises MoveRefused (what is lacking, clause), BadInput, Stale.
    """
    authorise("rating.cycle.run", actor)
    held = _held(cycle, version)
    onward = next((step for step in steps_onward(held, now) if step.to == to), None)
    if onward is None:
        before, after = State(held.state).label, State(to).label
        raise MoveRefused(Text(f"不能从“{before}”到“{after}”", f"there is no step from {before} to {after}"), COURSE)
    waived = _check(onward, set(waive), because)
    left = held.state
    held.state = to
    if onward.to == State.CLOSED and left in (State.PUBLISHED, State.ARCHIVED):
        held.revision += 1
        held.draft = None
    held.version += 1
    held.save(update_fields=["state", "revision", "draft", "version"])
    _record(held, left, actor, now, because.strip(), waived)
    if effect := EFFECTS.get((left, onward.to)):
        effect(held, actor, now)
    return held


def _check(onward: Onward, waive: set[str], because: str) -> dict[str, Json]:
    """What the step decides away. Raises MoveRefused for the first thing that is lacking otherwise."""
    waived: dict[str, Json] = {}
    for lack in onward.lacks:
        if not (lack.waivable and lack.code in waive):
            raise MoveRefused(lack.because, lack.cite)
        waived[lack.code] = list(lack.items)
    if (waived or onward.needs_reason) and not because.strip():
        raise BadInput([_no_reason()])
    return waived


def _close(cycle: RatingCycle, actor: Actor, now: datetime) -> None:
    sheets_settle(cycle, actor, now)


def _release(cycle: RatingCycle, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - effects are called alike
    if cycle.draft:
        window_open(cycle, cycle.draft, now)


EFFECTS: dict[tuple[str, State], Callable[[RatingCycle, Actor, datetime], None]] = {
    (State.COLLECTING, State.CLOSED): _close,
    (State.PRELIMINARY, State.OBJECTIONS): _release,
    (State.FINAL, State.PUBLISHED): result_publish,
}


def _held(cycle: RatingCycle, version: int) -> RatingCycle:
    held = cycle_lock(cycle)
    if held.version != version:
        raise Stale
    return held


def _no_reason() -> Problem:
    return Problem("cycle", None, "because", "", "请写明理由", "a reason")


def _changed(cycle: RatingCycle, kind: str, payload: Mapping[str, Json], actor: Actor, now: datetime) -> RatingCycle:
    cycle.version += 1
    cycle.save()
    entry_append(subject=cycle.subject, kind=kind, payload=payload, at=now, actor=actor.person)
    return cycle


def _record(
    cycle: RatingCycle, left: str, actor: Actor, now: datetime, because: str, decided: Mapping[str, Json]
) -> None:
    CycleStep.objects.create(
        cycle=cycle, revision=cycle.revision, state_before=left, state_after=cycle.state, because=because,
        decided=dict(decided), by=actor.person, at=now,
    )  # fmt: skip
    payload: dict[str, Json] = {
        "cycle": cycle.code, "revision": cycle.revision, "trial": cycle.trial, "from": left, "to": cycle.state,
        "because": because, "decided": dict(decided), "run": cycle.draft_id,
    }  # fmt: skip
    entry_append(subject=cycle.subject, kind="rating.step", payload=payload, at=now, actor=actor.person)
