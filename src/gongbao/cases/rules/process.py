"""A process of the law as a table of legal moves. Frozen values; `load` reads them, `course` plays them.

A process has parties (当事方) and one or more tracks that run side by side. A track stands in one state; a move leads
from a state to a state of its own track. Tracks never send each other messages: a condition reads where the other
tracks stand, and the facts of the case.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongbao.kernel.text import Text

CLOCK = "clock"  # the party that never sleeps: moves that happen at once, or when a deadline has passed

Kind = Literal["choice", "text", "date", "organisation", "amount"]
Unit = Literal["workdays", "days", "months", "on"]


@dataclass(frozen=True)
class Party:
    """Somebody with a part in the case. roles: one of them must be held in the organisation that stands for it;
    none: somebody for whom the domain vouches."""

    code: str
    name: Text
    roles: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """Where a track can stand. end: nothing more happens on this track."""

    code: str
    name: Text
    end: bool


@dataclass(frozen=True)
class Track:
    """States in the order of the file; a case begins in the first. authority: parties whose papers its moves make."""

    code: str
    name: Text
    authority: tuple[str, ...]
    states: tuple[State, ...]

    def state(self, code: str) -> State:
        return next(state for state in self.states if state.code == code)


@dataclass(frozen=True)
class Field:
    """What a move can take. A choice is a fact that conditions read. One that is not given at the opening begins with
    its first value ("not yet"), which a move can therefore not choose. An amount is yuan, in decimals. An organisation
    takes the part of the party of the same code. personal: the value stands outside the chain and can be erased."""

    code: str
    name: Text
    kind: Kind
    values: tuple[tuple[str, Text], ...] = ()
    given: bool = False
    personal: bool = False

    @property
    def offered(self) -> tuple[tuple[str, Text], ...]:
        """The values of a choice that a move can choose."""
        return self.values if self.given else self.values[1:]


@dataclass(frozen=True)
class Atom:
    """key: a track or a choice; it holds when the track stands in, or the fact is, one of values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """Holds when all of `every`, at least one of `some` (if any are named) and none of `none` hold."""

    code: str
    name: Text
    every: tuple[Atom, ...]
    some: tuple[Atom, ...]
    none: tuple[Atom, ...]


@dataclass(frozen=True)
class Deadline:
    """A period that somebody (of) has to keep. It runs while its track stands in one of `during`.

    length and unit: "7 workdays"; unit "on" means the day that the date field `since` bears, and has no length.
    since: the mark or date field that bears the day from which is counted; empty: the day of the move that starts it.
    setting: an administrator may change the length.
    """

    code: str
    name: Text
    track: str
    of: str
    unit: Unit
    length: int
    during: tuple[str, ...]
    since: str
    setting: bool
    cite: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """One legal move.

    to: empty when the track stays where it is; by: parties, one of which may make it, or the clock alone; due: the
    deadline whose passing makes the clock move, empty: at once; when: conditions, all of which must hold; takes / may:
    fields that must / can be given; sets: facts that it fixes itself; marks: names under which its day is kept;
    dated_by: the date field that bears its day (a paper handed in at the window counts from that day); starts,
    suspends, resumes: deadlines; tells: parties; paper: name of the paper that it makes; issuer: parties that issue
    it, where it is not the authority of the track; aside: nobody waits for it (withdrawing), so that it makes no turn.
    """

    code: str
    name: Text
    track: str
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    due: str
    when: tuple[str, ...]
    takes: tuple[str, ...]
    may: tuple[str, ...]
    sets: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    dated_by: str
    starts: tuple[str, ...]
    suspends: tuple[str, ...]
    resumes: tuple[str, ...]
    tells: tuple[str, ...]
    paper: str
    issuer: tuple[str, ...]
    cite: str
    readings: tuple[str, ...]
    aside: bool = False

    @property
    def at_once(self) -> bool:
        """Made by the clock as soon as its conditions hold, in the same breath as the move that made them hold."""
        return self.by == (CLOCK,) and not self.due


@dataclass(frozen=True)
class Process:
    """One edition of one process. law: the document that it carries out; warn_days: days left at which to warn;
    remedies: by name of a paper, how one may contest it, as printed on it."""

    code: str
    edition: date
    name: Text
    law: str
    warn_days: tuple[int, ...]
    parties: tuple[Party, ...]
    tracks: tuple[Track, ...]
    fields: tuple[Field, ...]
    conditions: tuple[Condition, ...]
    deadlines: tuple[Deadline, ...]
    opening: Move
    moves: tuple[Move, ...]
    remedies: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind == "choice")

    @property
    def steps(self) -> tuple[Move, ...]:
        """The opening and every move, in the order of the file."""
        return (self.opening, *self.moves)

    def party(self, code: str) -> Party:
        return next(party for party in self.parties if party.code == code)

    def track(self, code: str) -> Track:
        return next(track for track in self.tracks if track.code == code)

    def field(self, code: str) -> Field:
        return next(field for field in self.fields if field.code == code)

    def condition(self, code: str) -> Condition:
        return next(condition for condition in self.conditions if condition.code == code)

    def deadline(self, code: str) -> Deadline:
        return next(deadline for deadline in self.deadlines if deadline.code == code)

    def move(self, track: str, code: str) -> Move:
        """KeyError where the table has no such move."""
        for move in self.moves:
            if (move.track, move.code) == (track, code):
                return move
        raise KeyError(code)
