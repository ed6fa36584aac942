"""Where the domain that owns a process joins in, so that its rules hold whichever page a move comes from.

    @supply("fire_joint", "housing", "draw")       # fields of a move that the clock makes; reads, does not write
    def draw(case: Case, day: date) -> dict[str, str]: ...

    @guard("fire_joint")                           # what else a move of a person needs; reads, does not write
    def wanted(move: Move, case: Case, given: Filled, now: datetime) -> Iterable[Problem]: ...

    @effect("support_fund", "decide")              # what a move changes outside the case, before its paper is made
    def decide(made: Made) -> Rows: ...

    @follow("fire_joint")                          # what follows from a step that is written, with its paper
    def after(case: Case, step: Step, now: datetime) -> None: ...

    lead_on("objection", ways)                     # pages beside a case: ways(case, actor) -> [(words, address)]

Effects and followers run in the transaction of the move; one that raises MoveRefused or BadInput undoes it. What the
clock has to do besides moving cases: web.clock. The modules are imported by the domain's AppConfig.ready.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from gongbao.cases.models import Case, Step
from gongbao.cases.rules.process import Move
from gongbao.cases.services.fields import Filled
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor

Rows = tuple[tuple[str, str], ...]  # label and value
Way = tuple[Text, str]
K = TypeVar("K")
F = TypeVar("F")


@dataclass(frozen=True)
class Made:
    """A move. case: in its new state; values: what was filled in, by field; actor: None where the clock moved."""

    case: Case
    move: Move
    party: str
    values: Mapping[str, str]
    actor: Person | None
    day: date
    now: datetime


Supplier = Callable[[Case, date], Mapping[str, str]]
Guard = Callable[[Move, Case, Filled, datetime], Iterable[Problem]]
Effect = Callable[[Made], Rows | None]
Follower = Callable[[Case, Step, datetime], None]
Ways = Callable[[Case, Actor], Iterable[Way]]

_suppliers: dict[tuple[str, str, str], Supplier] = {}
_guards: dict[str, Guard] = {}
_effects: dict[tuple[str, str], Effect] = {}
_followers: dict[str, Follower] = {}
_ways: dict[str, Ways] = {}


def _into(kept: dict[K, F], *keys: K) -> Callable[[F], F]:
    """A decorator that keeps its function under these keys."""

    def keep(found: F) -> F:
        kept.update(dict.fromkeys(keys, found))
        return found

    return keep


def supply(process: str, track: str, move: str) -> Callable[[Supplier], Supplier]:
    return _into(_suppliers, (process, track, move))


def supplied(process: str, track: str, move: str, case: Case, day: date) -> Mapping[str, str]:
    """The fields for a move. Raises LookupError where no domain supplies them."""
    return _suppliers[process, track, move](case, day)


def guard(process: str) -> Callable[[Guard], Guard]:
    return _into(_guards, process)


def hindered(move: Move, case: Case, given: Filled, now: datetime) -> list[Problem]:
    """What the domain finds wrong with a move of a person."""
    return list(_guards[case.process](move, case, given, now)) if case.process in _guards else []


def effect(process: str, *moves: str) -> Callable[[Effect], Effect]:
    return _into(_effects, *((process, move) for move in moves))


def effected(made: Made) -> Rows:
    """Let the domain do what belongs to a move. What it returns is printed on the paper of the move and kept in its
    archive entry."""
    found = _effects.get((made.case.process, made.move.code))
    return (found(made) if found else None) or ()


def follow(process: str) -> Callable[[Follower], Follower]:
    return _into(_followers, process)


def followed(case: Case, step: Step, now: datetime) -> None:
    """Let the domain do what follows from a step."""
    if case.process in _followers:
        _followers[case.process](case, step, now)


def lead_on(process: str, ways: Ways) -> None:
    """Where a person goes on from the cases of a process, such as the queue that one stands in. What she may not open
    is not offered."""
    _ways[process] = ways


def ways_on(case: Case, who: Actor) -> list[Way]:
    return list(_ways[case.process](case, who)) if case.process in _ways else []
