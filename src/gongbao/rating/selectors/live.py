"""The score of one enterprise while its cycle is open, by the same rules as a run."""

from dataclasses import dataclass

from gongbao.kernel.fixed import divide_half_away
from gongbao.kernel.text import Text
from gongbao.rating.models import Line, RatingCycle, Run
from gongbao.rating.rules.engine import Rating, rate
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
    rank, grade, next_grade, distance = _standing(against, uscc, row["score"], rating.standard)
    return Live(
        row["score"], row["base"], row["bonus"], row["deduction"], row["projects"], tuple(explain(cycle, lines)),
        tuple(_gaps(rating.standard, lines, row["projects"])), against, rank, grade, next_grade, distance,
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
    run: Run | None, uscc: str, score: int, standard: Standard
) -> tuple[int | None, str | None, str | None, int | None]:
    """Rank and grade that a score would have among the others of a run, and how far the next grade is."""
    if run is None:
        return None, None, None, None
    others = run.scores.exclude(uscc=uscc)
    number = others.count() + 1
    rank = others.filter(score__gt=score).count() + 1
    ends = [last_rank(step.up_to, number) for step in standard.grades]
    at = next((place for place, end in enumerate(ends) if rank <= end), len(ends) - 1)
    better = next((place for place in range(at - 1, -1, -1) if ends[place]), None)
    if better is None:
        return rank, standard.grades[at].grade, None, None
    # who stands at the last rank of the better grade would be equalled, and equal scores share the better rank
    mark = others.order_by("-score").values_list("score", flat=True)[ends[better] - 1]
    return rank, standard.grades[at].grade, standard.grades[better].grade, mark - score


def _gaps(standard: Standard, lines: list[Line], projects: int) -> list[Gap]:
    """Bonus and base items that could bring more, those that could bring most first."""
    held: dict[str, int] = {}
    for line in lines:
        held[line.indicator] = held.get(line.indicator, 0) + line.points
    found = []
    for indicator in standard.indicators:
        if indicator.group == "deduction":
            continue
        best, has = indicator.kind.best, held.get(indicator.code, 0)
        if best is None:
            left: int | None = None
        elif indicator.by_project:
            left = divide_half_away(best * projects - has, projects)
        else:
            left = best - has
        if left is None or left > 0:
            found.append(
                Gap(indicator.code, indicator.name, left, indicator.kind.words(standard.levels), indicator.proof)
            )
    return sorted(found, key=lambda gap: -(gap.points or 0))
