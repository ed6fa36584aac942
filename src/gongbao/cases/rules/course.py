"""Playing a process: which moves are legal where a case stands, and where a move leads. The engine and the walk that
proves a table both go through here, so what was proved is what runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from gongbao.cases.rules.process import Atom, Condition, Move, Process
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Standing:
    """Where a case stands, as far as moves depend on it.

    states: one code per track, facts: one value per choice, both in the order of the process; running and held:
    deadlines that run, and that are suspended.
    """

    states: tuple[str, ...]
    facts: tuple[str, ...]
    running: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


def beginning(process: Process, given: Mapping[str, str]) -> Standing:
    """Where a case stands at its opening. given: a value for each choice that is given at the opening."""
    return Standing(
        states=tuple(track.states[0].code for track in process.tracks),
        facts=tuple(given[c.code] if c.given else c.values[0][0] for c in process.choices),
        running=frozenset(process.opening.starts),
    )


def over(process: Process, standing: Standing) -> bool:
    """Every track has come to an end."""
    return all(track.state(code).end for track, code in zip(process.tracks, standing.states, strict=True))


def values(process: Process, standing: Standing) -> dict[str, str]:
    """What conditions read: state by track, value by choice."""
    tracks = {track.code: state for track, state in zip(process.tracks, standing.states, strict=True)}
    return tracks | {choice.code: value for choice, value in zip(process.choices, standing.facts, strict=True)}


def holds(condition: Condition, reads: Mapping[str, str]) -> bool:
    def true(atom: Atom) -> bool:
        return reads[atom.key] in atom.values

    return (
        all(true(atom) for atom in condition.every)
        and (not condition.some or any(true(atom) for atom in condition.some))
        and not any(true(atom) for atom in condition.none)
    )


def hindrance(process: Process, standing: Standing, move: Move) -> Text | None:
    """Why the move is not legal here, as a sentence; None when it is."""
    reads = values(process, standing)
    if move.track:
        here = process.track(move.track).state(reads[move.track])
        if here.code not in move.sources:
            return Text(
                f"当前状态为“{here.name.zh}”,不能“{move.name.zh}”",
                f"“{move.name.en}” is not possible in the state “{here.name.en}”",
            )
    for code in move.when:
        condition = process.condition(code)
        if not holds(condition, reads):
            return Text(f"条件不成立:{condition.name.zh}", f"this does not hold: {condition.name.en}")
    if move.due and move.due not in standing.running:
        return Text("期限没有在计算", "its deadline does not run")
    if move.suspends and not standing.running & set(move.suspends):
        return Text("没有正在计算的期限可以中止", "no deadline runs that could be suspended")
    if move.resumes and not standing.held & set(move.resumes):
        return Text("没有已中止的期限可以恢复", "no deadline is suspended")
    return None


def legal(process: Process, standing: Standing) -> list[Move]:
    """Moves that are legal here, in the order of the table; one that happens at once is alone."""
    found = [move for move in process.moves if hindrance(process, standing, move) is None]
    at_once = [move for move in found if move.at_once]
    return at_once[:1] or found


def movers_of(process: Process, standing: Standing) -> set[str]:
    """Whose turn it is: parties with a legal move that somebody waits for."""
    return {party for move in legal(process, standing) if not move.aside for party in move.by}


def options(process: Process, move: Move) -> Iterator[dict[str, str]]:
    """Every way in which the choices of a move can be filled in; one that may be left out is left out too."""
    codes = [code for code in (*move.takes, *move.may) if process.field(code).kind == "choice"]
    ways: list[list[str | None]] = []
    for code in codes:
        offered: list[str | None] = [value for value, _ in process.field(code).offered]
        ways.append(offered if code in move.takes else [None, *offered])
    for way in product(*ways):
        yield {code: value for code, value in zip(codes, way, strict=True) if value is not None}


def after(process: Process, standing: Standing, move: Move, chosen: Mapping[str, str]) -> Standing:
    """Where the case stands after a legal move. chosen: values of the move's choices."""
    fixed = {**chosen, **dict(move.sets)}
    to = move.to or values(process, standing)[move.track]
    moved = {code for code in (*standing.running, *standing.held) if process.deadline(code).track == move.track}
    ended = {code for code in moved if to not in process.deadline(code).during}
    stopped = standing.running & set(move.suspends)
    resumed = standing.held & set(move.resumes)
    passed = {move.due}
    return replace(
        standing,
        states=tuple(
            to if track.code == move.track else state
            for track, state in zip(process.tracks, standing.states, strict=True)
        ),
        facts=tuple(
            fixed.get(choice.code, value) for choice, value in zip(process.choices, standing.facts, strict=True)
        ),
        running=((standing.running | resumed) - stopped - ended - passed) | set(move.starts),
        held=((standing.held | stopped) - resumed - ended) - set(move.starts),
    )
