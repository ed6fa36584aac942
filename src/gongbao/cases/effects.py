"""What a move changes outside the case: the domain that owns the process does it, in the same transaction.

    @effect("support_fund", "decide")
    def decide(made: Made) -> Rows: ...

The module is imported by the domain's AppConfig.ready. An effect that raises MoveRefused or BadInput undoes the move;
what it returns is printed on the paper of the move and kept in its archive entry. The case stands in its new state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongbao.cases.models import Case
from gongbao.cases.rules.process import Move
from gongbao.organisations.models import Person

Rows = tuple[tuple[str, str], ...]  # label and value


@dataclass(frozen=True)
class Made:
    """values: what was filled in, by field; actor: None where the clock moved."""

    case: Case
    move: Move
    party: str
    values: Mapping[str, str]
    actor: Person | None
    day: date
    now: datetime


Effect = Callable[[Made], Rows | None]
_effects: dict[tuple[str, str], Effect] = {}


def effect(process: str, *moves: str) -> Callable[[Effect], Effect]:
    """Let a function follow these moves of a process."""

    def keep(found: Effect) -> Effect:
        for move in moves:
            _effects[process, move] = found
        return found

    return keep


def follow(made: Made) -> Rows:
    """Do what belongs to a move."""
    found = _effects.get((made.case.process, made.move.code))
    return (found(made) if found else None) or ()
