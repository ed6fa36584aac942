"""Where the domain that owns a process joins in, so that its rules hold whichever page a move comes from.

    @supply("fire_joint", "housing", "draw")       # fields of a move that the clock makes; reads, does not write
    def draw(case: Case, day: date) -> dict[str, str]: ...

    @guard("fire_joint")                           # what else a move of a person needs; reads, does not write
    def wanted(move: Move, case: Case, given: Filled, now: datetime) -> Iterable[Problem]: ...

    @follow("fire_joint")                          # what follows from a step, in the transaction that wrote it
    def after(case: Case, step: Step, now: datetime) -> None: ...

What the clock has to do besides moving cases: cases.turns. What a move changes before its paper is made: cases.effects.

The modules are imported by the domain's AppConfig.ready.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from gongbao.cases.models import Case, Step
from gongbao.cases.rules.process import Move
from gongbao.kernel.problem import Problem

Supplier = Callable[[Case, date], Mapping[str, str]]
Guard = Callable[[Move, Case, Any, datetime], Iterable[Problem]]
Follower = Callable[[Case, Step, datetime], None]
_suppliers: dict[tuple[str, str, str], Supplier] = {}
_guards: dict[str, Guard] = {}
_followers: dict[str, Follower] = {}


def supply(process: str, track: str, move: str) -> Callable[[Supplier], Supplier]:
    def keep(supplier: Supplier) -> Supplier:
        _suppliers[process, track, move] = supplier
        return supplier

    return keep


def supplied(process: str, track: str, move: str, case: Case, day: date) -> Mapping[str, str]:
    """The fields for a move. Raises LookupError where no domain supplies them."""
    return _suppliers[process, track, move](case, day)


def guard(process: str) -> Callable[[Guard], Guard]:
    def keep(found: Guard) -> Guard:
        _guards[process] = found
        return found

    return keep


def hindered(process: str, move: Move, case: Case, given: Any, now: datetime) -> list[Problem]:
    """What the domain finds wrong with a move of a person. given: a Filled."""
    return list(_guards[process](move, case, given, now)) if process in _guards else []


def follow(process: str) -> Callable[[Follower], Follower]:
    def keep(follower: Follower) -> Follower:
        _followers[process] = follower
        return follower

    return keep


def followed(process: str, case: Case, step: Step, now: datetime) -> None:
    """Let the domain do what follows from a step."""
    if process in _followers:
        _followers[process](case, step, now)
