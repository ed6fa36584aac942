"""The score of one enterprise while its cycle is open, by the same rules as a run."""

from dataclasses import dataclass

from gongbao.kernel.text import Text
from gongbao.rating.models import Line, RatingCycle, Run
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.rules.explain import Line as PlainLine
from gongbao.rating.rules.explain import Next, next_grade, rooms_left
from gongbao.rating.rules.grades import last_rank
from gongbao.rating.rules.standard import Standard
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import city_of, tables_around
from gongbao.rating.selectors.results import Explained, explain


@dataclass(frozen=True)
class Gap:
    """An item that still has points to give. points: what it would add to the score at most, 10⁻⁶; None: no limit."""

    indicator: str
    name: Text
    points: int | None
    missing: Text
    proof: Text


@dataclass(frozen=True)
class Live:
    """score in 10⁻⁴, None where it takes no part. rank, grade: where the score would stand among the others of the
    newest public run, None without one. next_grade, distance: the next better grade and the 10⁻⁴ points to it."""

    score: int | None
    base: int
    bonus: int
    deduction: int
    projects: int
    lines: tuple[Explained, ...]
    gaps: tuple[Gap, ...]
    against: Run | None
    rank: int | None
    grade: str | None
    next_grade: str | None
    distance: int | None


def live_score(cycle: RatingCycle, uscc: str) -> Live:
    """Worked out now, from the rows of this one enterprise; the city's complaints come in as a histogram."""
    rating = rate(tables_around(cycle, [uscc]), edition_of(cycle), cycle.cycle, city=city_of(cycle))
    own = rating.scores.filter(rating.scores["uscc"] == uscc)
    against = _against(cycle)
    if own.is_empty():
        return Live(None, 0, 0, 0, 0, (), (), against, None, None, None, None)
    row = own.row(0, named=True)
    lines = _lines(rating, uscc)
    rank, grade, above = _standing(against, uscc, row["score"], lines, row["projects"], rating.standard)
    return Live(
        row["score"], row["base"], row["bonus"], row["deduction"], row["projects"], tuple(explain(cycle, lines)),
        _gaps(rating.standard, lines, row["projects"]), against, rank, grade,
        above.grade if above else None, above.distance if above else None,
    )  # fmt: skip


def _against(cycle: RatingCycle) -> Run | None:
    """The newest run that everybody may read: of this cycle, or of one before it."""
    public = RatingCycle.objects.filter(code__lte=cycle.code).exclude(public=None).order_by("-code").first()
    return public.public if public else None


def _lines(rating: Rating, uscc: str) -> list[Line]:
    """The lines of the ledger as rows that are not stored."""
    ledger = rating.ledger.filter(rating.ledger["uscc"] == uscc)
    facts: dict[int, list[str]] = {}
    for line, fact in rating.ledger_facts.iter_rows():
        facts.setdefault(line, []).append(fact)
    return [
        Line(**{**row, "project_id": row["project_id"] or ""}, facts=" ".join(facts.get(row["line"], ())))
        for row in ledger.iter_rows(named=True)
    ]


def _standing(
    run: Run | None, uscc: str, score: int, lines: list[Line], projects: int, standard: Standard
) -> tuple[int | None, str | None, Next | None]:
    """Rank and grade that a score would have among the others of a run, and what the next grade takes."""
    if run is None:
        return None, None, None
    others = run.scores.exclude(uscc=uscc).order_by("-score").values_list("score", flat=True)
    scores = sorted([*others, score], reverse=True)
    rank = 1 + sum(other > score for other in others)
    grade = next(step.grade for step in standard.grades if rank <= last_rank(step.up_to, len(scores)))
    return rank, grade, next_grade(score, rank, projects, _plain(lines), scores, standard)


def _gaps(standard: Standard, lines: list[Line], projects: int) -> tuple[Gap, ...]:
    """Bonus and base items that could bring more, those that could bring most first."""
    return tuple(
        Gap(i.code, i.name, room.gain, i.kind.words(standard.levels), i.proof)
        for room in rooms_left(0, projects, _plain(lines), standard)
        if not room.lost
        for i in (room.indicator,)
    )


def _plain(lines: list[Line]) -> list[PlainLine]:
    """Lines as the rules know them."""
    return [
        PlainLine(
            line.project_id, line.indicator, line.level, line.quantity, line.points, line.n, line.contribution,
            tuple(line.facts.split()),
        )
        for line in lines
    ]  # fmt: skip
