"""The score of one enterprise while its cycle is open, by the same rules as a run."""

from dataclasses import dataclass

from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle
from gongbao.rating.selectors.results import Explained


@dataclass(frozen=True)
class Gap:
    """An item that still has points to give: missing says what is not there yet."""

    indicator: str
    name: Text
    points: int  # at most, 10⁻⁶, for the enterprise's score
    missing: Text
    proof: Text


@dataclass(frozen=True)
class Live:
    """score in 10⁻⁴, None where it takes no part. rank, grade: against the newest run, None without one.
    next_grade, distance: the next better grade and the 10⁻⁴ points to it, None at the top."""

    score: int | None
    base: int
    bonus: int
    deduction: int
    projects: int
    lines: tuple[Explained, ...]
    gaps: tuple[Gap, ...]
    rank: int | None
    grade: str | None
    next_grade: str | None
    distance: int | None


def live_score(cycle: RatingCycle, uscc: str) -> Live:
    raise NotImplementedError
