"""Proving a table: walks every standing that a case can reach, in every order of moves, and with each party silent.

A table passes when every state is reached and every move can be made, nothing that happens at once goes round in
circles, and from every standing an end stays in reach, also when one party never acts again.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import product

from gongbao.cases.rules.course import Standing, after, beginning, hindrance, legal, options, over
from gongbao.cases.rules.process import Move, Process
from gongbao.kernel.problem import Problem


@dataclass(frozen=True)
class Walk:
    """edges: for every standing that can be reached, each legal move with where it leads."""

    edges: dict[Standing, list[tuple[Move, Standing]]]


def walk(process: Process) -> Walk:
    given = [choice for choice in process.choices if choice.given]
    queue: deque[Standing] = deque()
    for way in product(*([value for value, _ in choice.values] for choice in given)):
        start = beginning(process, {choice.code: value for choice, value in zip(given, way, strict=True)})
        if hindrance(process, start, process.opening) is None:
            queue.append(start)
    edges: dict[Standing, list[tuple[Move, Standing]]] = {}
    while queue:
        standing = queue.popleft()
        if standing in edges:
            continue
        edges[standing] = [
            (move, after(process, standing, move, chosen))
            for move in legal(process, standing)
            for chosen in options(process, move)
        ]
        queue.extend(reached for _, reached in edges[standing] if reached not in edges)
    return Walk(edges)


def check(process: Process) -> list[Problem]:
    """Everything wrong with the table, empty when it carries every case to an end."""
    walked = walk(process)
    return [
        *_unreached(process, walked),
        *_unmade(process, walked),
        *_circles(process, walked),
        *_stuck(process, walked),
    ]


def stuck(process: Process, walked: Walk, silent: str) -> list[Standing]:
    """Standings from which no end can be reached when the party `silent` makes no move any more ("" = all act)."""
    back: dict[Standing, set[Standing]] = defaultdict(set)
    for standing, moves in walked.edges.items():
        for move, reached in moves:
            if move.by != (silent,):
                back[reached].add(standing)
    queue = deque(standing for standing in walked.edges if over(process, standing))
    safe = set(queue)
    while queue:
        for before in back[queue.popleft()] - safe:
            safe.add(before)
            queue.append(before)
    return [standing for standing in walked.edges if standing not in safe]


def _unreached(process: Process, walked: Walk) -> list[Problem]:
    reached = {pair for standing in walked.edges for pair in zip(process.tracks, standing.states, strict=True)}
    return [
        Problem(
            process.code,
            None,
            f"track.{track.code}.state",
            state.code,
            "没有办法到达这个状态",
            "this state cannot be reached",
        )
        for track in process.tracks
        for state in track.states
        if (track, state.code) not in reached
    ]


def _unmade(process: Process, walked: Walk) -> list[Problem]:
    made = {id(move) for moves in walked.edges.values() for move, _ in moves}
    return [
        Problem(process.code, None, f"move.{move.track}", move.code, "这一步永远走不到", "this move can never be made")
        for move in process.moves
        if id(move) not in made
    ]


def _circles(process: Process, walked: Walk) -> list[Problem]:
    """Takes away, again and again, what leads only to standings where nothing happens at once; the rest are circles."""
    turning = {
        s: {reached for _, reached in moves} for s, moves in walked.edges.items() if moves and moves[0][0].at_once
    }
    while calm := [standing for standing, reached in turning.items() if not reached & turning.keys()]:
        for standing in calm:
            del turning[standing]
    codes = {(move.track, move.code) for standing in turning for move, _ in walked.edges[standing]}
    return [
        Problem(
            process.code,
            None,
            f"move.{track}",
            code,
            "自动步骤循环不止",
            "moves that happen at once go round in circles",
        )
        for track, code in sorted(codes)
    ]


def _stuck(process: Process, walked: Walk) -> list[Problem]:
    problems = []
    for silent in ("", *(party.code for party in process.parties)):
        if dead := stuck(process, walked, silent):
            where, many = "/".join(dead[0].states), len(dead)
            zh = f"“{silent}”不作为时到不了终点(共{many}种情形)" if silent else f"到不了终点(共{many}种情形)"
            en = f" when {silent!r} never acts" if silent else ""
            problems.append(
                Problem(process.code, None, "move", where, zh, f"no end can be reached{en} ({many} standings)")
            )
    return problems
