"""Explain a result: how every point came about, and what lies between an enterprise and the next grade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongbao.kernel.fixed import divide_half_away
from gongbao.kernel.text import Text
from gongbao.rating.rules.grades import last_rank
from gongbao.rating.rules.kinds.base import points_text
from gongbao.rating.rules.standard import Indicator, Standard

POINT_TO_SCORE = 100


@dataclass(frozen=True)
class Line:
    """A line of the ledger. project_id "": the enterprise itself. points, contribution: in 10⁻⁶."""

    project_id: str
    indicator: str
    level: str
    quantity: int
    points: int
    n: int
    contribution: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """A line with its indicator, the name of its level, and the sentence of its calculation."""

    line: Line
    indicator: Indicator
    level: Text
    sentence: Text


@dataclass(frozen=True)
class Room:
    """What an item could still change: gain in 10⁻⁶ points of the score, None without limit.

    one, units: what one unit more gives, and how many would close the distance. enough: whether it closes it alone.
    lost: it is a deduction; only an objection or the next cycle gives it back.
    """

    indicator: Indicator
    gain: int | None
    one: int
    units: int
    enough: bool
    lost: bool


@dataclass(frozen=True)
class Next:
    """The next better grade: the score that would reach it and the distance to it, in 10⁻⁴; what could close it."""

    grade: str
    score: int
    distance: int
    rooms: tuple[Room, ...]


def explain_line(line: Line, standard: Standard) -> Explained:
    """Put a line in words."""
    indicator = standard.by_code[line.indicator]
    sentence = indicator.kind.sentence(line.level, line.quantity, line.points)
    if line.n > 1:
        share = points_text(line.contribution)
        sentence = Text(f"{sentence.zh};÷ {line.n}个项目 = {share}分", f"{sentence.en}; ÷ {line.n} projects = {share}")
    return Explained(line, indicator, standard.level_name(line.level), sentence)


def next_grade(
    score: int, rank: int, projects: int, lines: Iterable[Line], scores: Sequence[int], standard: Standard
) -> Next | None:
    """The nearest better grade, None where there is none to reach.

    scores: of all that take part, in 10⁻⁴, high to low. The others are taken as they stand.
    """
    last_ranks = {step.grade: last_rank(step.up_to, len(scores)) for step in standard.grades}
    last = max((at for at in last_ranks.values() if 1 <= at < rank), default=0)
    if not last:
        return None
    grade = next(grade for grade, at in last_ranks.items() if at == last)  # the best of those that end there
    needed = scores[last - 1] + (standard.ties == "worse")
    distance = needed - score
    return Next(grade, needed, distance, rooms_left(distance, projects, list(lines), standard))


def rooms_left(distance: int, n: int, lines: Sequence[Line], standard: Standard) -> tuple[Room, ...]:
    """Items that could still give something, the greatest first; those without limit before all others.

    distance: to be closed, in 10⁻⁴. n: projects of the enterprise."""
    rooms = []
    for indicator in standard.indicators:
        had = sum(line.points for line in lines if line.indicator == indicator.code)
        divisor = n if indicator.by_project else 1
        best, lost = indicator.kind.best, indicator.group == "deduction"
        # what its projects could have together, less what they have, shared by all
        gain = None if best is None else divide_half_away(best * divisor - had, divisor)
        one = divide_half_away(max(0, *indicator.kind.gives), divisor)
        if gain is None or gain > 0:
            missing = distance * POINT_TO_SCORE
            units = -(-missing // one) if one > 0 else 0
            rooms.append(Room(indicator, gain, one, units, gain is None or gain >= missing, lost))
    return tuple(sorted(rooms, key=lambda room: (room.gain is not None, -(room.gain or 0))))
