"""Reading runs: scores, the ledger of one enterprise, grades, history, search, what differs between two runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.kernel.text import Text
from gongbao.rating.models import Line, RatingCycle, Run, Score


@dataclass(frozen=True)
class Explained:
    """A ledger line with its words. says: how the points came about ("3个月 × 2分 = 6分")."""

    line: Line
    indicator: Text
    group: str
    level: Text
    says: Text
    proof: Text
    project: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """An enterprise that differs between two runs; None: not in that run. own: it objected itself."""

    uscc: str
    name: str
    before: Score | None
    after: Score | None
    own: bool


@dataclass(frozen=True)
class DistrictRow:
    district: str
    enterprises: int
    grades: dict[str, int]
    middle: int  # median score, 10⁻⁴


def runs_of(cycle: RatingCycle) -> QuerySet[Run]:
    raise NotImplementedError


def scores_of(run: Run) -> QuerySet[Score]:
    """By rank, then uscc."""
    raise NotImplementedError


def score_of(run: Run, uscc: str) -> Score | None:
    raise NotImplementedError


def ledger_of(run: Run, uscc: str) -> list[Explained]:
    """Every point of one enterprise, by group in the order of the standard."""
    raise NotImplementedError


def ledger_of_project(run: Run, project_id: str) -> list[Explained]:
    raise NotImplementedError


def history_of(uscc: str) -> list[Score]:
    """Its published scores, the newest cycle first (score.run.cycle)."""
    raise NotImplementedError


def search(run: Run, words: str) -> QuerySet[Score]:
    """By enterprise name or code, estate or street."""
    raise NotImplementedError


def compare(run: Run, codes: Iterable[str]) -> list[tuple[Score, dict[str, int]]]:
    """Scores side by side, each with points (10⁻⁶, divided by n) by indicator."""
    raise NotImplementedError


def district_table(run: Run) -> list[DistrictRow]:
    raise NotImplementedError


def differences(before: Run, after: Run) -> list[Moved]:
    raise NotImplementedError


def migration(before: Run, after: Run) -> dict[tuple[str, str], int]:
    """(grade before, grade after) -> enterprises; "" where not in that run."""
    raise NotImplementedError
