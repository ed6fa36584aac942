"""Where the states of a track stand in a drawing: a lane for each party that is awaited, from left to right as the case
goes on. Shared by the picture and the BPMN export."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gongbao.cases.rules.process import CLOCK, Move, Process, State, Track
from gongbao.kernel.text import Text

BOX_WIDTH, BOX_HEIGHT = 124, 52
COLUMN, ROW = 204, 84  # from box to box
MARGIN, HEAD = 24, 112  # around a lane's boxes; width of its name
ENDS = Text("办结", "Ended")
SYSTEM = Text("系统", "System")
MANY = 3  # a move from more states than these has no arrows; its number stands at the boxes
BEND = 50  # how far a curve swings out

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """x, y: the upper left corner."""

    state: State
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True)
class Lane:
    name: Text
    y: int
    height: int


@dataclass(frozen=True)
class Arrow:
    """One arrow for all moves between two boxes. numbers: of the moves in the list beside the drawing, from 1; curve: a
    start, two bends and an end."""

    numbers: tuple[int, ...]
    moves: tuple[Move, ...]
    curve: tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Layout:
    """often: box → numbers of moves that have no arrow and leave from it; into: those that arrive at it."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...]
    often: Mapping[str, tuple[int, ...]]
    into: Mapping[str, tuple[int, ...]]


def lay_out(process: Process, track: Track) -> Layout:
    """The drawing of one track. A move that stays in its state has no arrow."""
    moves = [move for move in process.moves if move.track == track.code]
    columns = _columns(track, moves)
    cells: dict[str, dict[int, list[State]]] = defaultdict(lambda: defaultdict(list))
    for state in track.states:
        cells[awaited(process, track, state)][columns[state.code]].append(state)
    names = {party.code: party.name for party in process.parties} | {CLOCK: SYSTEM, "": ENDS}
    lanes, boxes, y = [], dict[str, Box](), 0
    for lane in (code for code in names if code in cells):
        height = max(len(stack) for stack in cells[lane].values()) * ROW + MARGIN
        for column, stack in cells[lane].items():
            for row, state in enumerate(stack):
                x = HEAD + MARGIN + column * COLUMN
                boxes[state.code] = Box(state, x, y + MARGIN + row * ROW)
        lanes.append(Lane(names[lane], y, height))
        y += height
    width = HEAD + 2 * MARGIN + max(columns.values()) * COLUMN + BOX_WIDTH
    numbered = list(enumerate(moves, start=1))
    many = [(number, move) for number, move in numbered if move.to and len(move.sources) > MANY]
    return Layout(
        width,
        y,
        tuple(lanes),
        boxes,
        tuple(_arrows([pair for pair in numbered if pair not in many], boxes)),
        {code: tuple(number for number, move in many if code in move.sources) for code in boxes},
        {code: tuple(number for number, move in many if code == move.to) for code in boxes},
    )


def awaited(process: Process, track: Track, state: State) -> str:
    """Who has to act in a state: whose deadline runs, else who moves first; "" where it has ended."""
    if state.end:
        return ""
    movers = [move.by[0] for move in process.moves if move.track == track.code and state.code in move.sources]
    bound = [d.of for d in process.deadlines if d.track == track.code and state.code in d.during and d.of in movers]
    return next(iter((*bound, *movers)), CLOCK)


def _columns(track: Track, moves: list[Move]) -> dict[str, int]:
    """The length of the longest way to each state that never goes back to one it came through."""
    follows = {
        state.code: {move.to for move in moves if state.code in move.sources and move.to not in ("", state.code)}
        for state in track.states
    }
    order, through = list[str](), list[str]()

    def visit(code: str) -> None:
        through.append(code)
        follows[code] = {after for after in follows[code] if after not in through}  # what leads back is no progress
        for after in sorted(follows[code] - set(order)):
            visit(after)
        through.pop()
        order.append(code)

    visit(track.states[0].code)
    columns = dict.fromkeys((state.code for state in track.states), 0)
    for code in reversed(order):
        for after in follows[code]:
            columns[after] = max(columns[after], columns[code] + 1)
    return columns


def _arrows(numbered: list[tuple[int, Move]], boxes: Mapping[str, Box]) -> list[Arrow]:
    """Arrows that go on leave on the right and arrive on the left, each at a place of its own; others go round."""
    drawn: dict[tuple[str, str], list[tuple[int, Move]]] = defaultdict(list)
    for number, move in numbered:
        for source in move.sources:
            if move.to not in ("", source):
                drawn[source, move.to].append((number, move))
    forward = [pair for pair in drawn if _runs_free(boxes[pair[0]], boxes[pair[1]])]

    def place(pair: tuple[str, str], end: int) -> int:
        rivals = sorted((p for p in forward if p[end] == pair[end]), key=lambda p: boxes[p[1 - end]].y)
        return boxes[pair[end]].y + BOX_HEIGHT * (rivals.index(pair) + 1) // (len(rivals) + 1)

    arrows = []
    for pair, made in drawn.items():
        left, right = boxes[pair[0]], boxes[pair[1]]
        if pair in forward:
            (x1, y1), (x2, y2) = (left.x + BOX_WIDTH, place(pair, 0)), (right.x, place(pair, 1))
            curve = ((x1, y1), (x1 + BEND, y1), (x2 - BEND, y2), (x2, y2))
        else:
            curve = _round(left, right)
        numbers, moves = zip(*made, strict=True)
        arrows.append(Arrow(numbers, moves, curve))
    return arrows


def _runs_free(source: Box, target: Box) -> bool:
    """Whether an arrow to the right meets no box of its own row on the way."""
    return source.x < target.x and (source.y != target.y or target.x - source.x <= COLUMN)


def _round(source: Box, target: Box) -> tuple[Point, Point, Point, Point]:
    """Not simply to the right: from the side that faces the target; in one row onward below the boxes, back above."""
    x1, x2 = source.x + BOX_WIDTH // 2, target.x + BOX_WIDTH // 2
    if source.y == target.y:
        onward = x1 < x2
        y, far = (source.y + BOX_HEIGHT, BEND * (x2 - x1) // COLUMN // 3) if onward else (source.y, -BEND)
        return (x1, y), (x1, y + far), (x2, y + far), (x2, y)
    down = source.y < target.y
    y1, y2 = (source.y + BOX_HEIGHT, target.y) if down else (source.y, target.y + BOX_HEIGHT)
    bend = BEND if down else -BEND
    return (x1, y1), (x1, y1 + bend), (x2, y2 - bend), (x2, y2)
