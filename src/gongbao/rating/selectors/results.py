"""Reading runs: scores, the ledger of one enterprise, grades, history, search, what differs between two runs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low

from django.db.models import Q, QuerySet, Sum

from gongbao.kernel.text import Text
from gongbao.rating.models import Line, Objection, RatingCycle, Run, Score, Spell
from gongbao.rating.rules.standard import GROUPS, Standard
from gongbao.rating.selectors.editions import edition_of


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
    """An enterprise whose score, grade or rank differs between two runs; None: not in that run. own: it objected
    itself, the others moved through somebody else's objection."""

    uscc: str
    name: str
    before: Score | None
    after: Score | None
    own: bool

    @property
    def itself(self) -> bool:
        """Whether its own score or grade changed, not just its rank."""
        ends = [(end.score, end.grade) if end else None for end in (self.before, self.after)]
        return ends[0] != ends[1]


@dataclass(frozen=True)
class DistrictRow:
    """middle: the median score, the lower one of two, in 10⁻⁴."""

    district: str
    enterprises: int
    grades: dict[str, int]
    middle: int


def runs_of(cycle: RatingCycle) -> QuerySet[Run]:
    """The whole runs of a cycle, the newest first."""
    return cycle.runs.filter(whole=True).select_related("by")


def scores_of(run: Run) -> QuerySet[Score]:
    """By rank, then uscc."""
    return run.scores.order_by("rank", "uscc")


def score_of(run: Run, uscc: str) -> Score | None:
    return run.scores.filter(uscc=uscc).first()


def ledger_of(run: Run, uscc: str) -> list[Explained]:
    """Every point of one enterprise, by group in the order of the standard."""
    return explain(run.cycle, run.lines.filter(uscc=uscc).order_by("line"))


def ledger_of_project(run: Run, project_id: str) -> list[Explained]:
    return explain(run.cycle, run.lines.filter(project_id=project_id).order_by("line"))


def explain(cycle: RatingCycle, lines: Iterable[Line]) -> list[Explained]:
    """Lines with their words, by group, indicator and project."""
    standard, every = edition_of(cycle), list(lines)
    ids = {line.project_id for line in every if line.project_id}
    names = dict(Spell.objects.filter(cycle=cycle, ended=None, project_id__in=ids).values_list("project_id", "name"))
    place = {indicator.code: at for at, indicator in enumerate(standard.indicators)}
    found = [_explained(standard, line, names.get(line.project_id, "")) for line in every]
    return sorted(found, key=lambda e: (GROUPS.index(e.group), place[e.line.indicator], e.line.project_id))


def _explained(standard: Standard, line: Line, project: str) -> Explained:
    indicator = standard.by_code[line.indicator]
    return Explained(
        line=line,
        indicator=indicator.name,
        group=indicator.group,
        level=standard.level_name(line.level),
        says=indicator.kind.sentence(line.level, line.quantity, line.points),
        proof=indicator.proof,
        project=project,
        facts=tuple(line.facts.split()),
    )


def history_of(uscc: str) -> list[Score]:
    """Its published scores, the newest cycle first (score.run.cycle)."""
    public = RatingCycle.objects.exclude(public=None).values("public")
    found = Score.objects.filter(uscc=uscc, run__in=public).select_related("run__cycle")
    return list(found.order_by("-run__cycle__code"))


def search(run: Run, words: str) -> QuerySet[Score]:
    """By enterprise name or code, estate or street; every word must be found."""
    found = scores_of(run)
    for word in words.split():
        spells = Spell.objects.filter(cycle=run.cycle_id, ended=None)
        at = spells.filter(Q(name__icontains=word) | Q(street__icontains=word) | Q(project_id__iexact=word))
        found = found.filter(Q(name__icontains=word) | Q(uscc__iexact=word) | Q(uscc__in=at.values("uscc")))
    return found


def estates(run: Run, words: str) -> QuerySet[Spell]:
    """The estates that a search finds, by name, street or number."""
    found = Spell.objects.filter(cycle=run.cycle_id, ended=None)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(street__icontains=word) | Q(project_id__iexact=word))
    return found.order_by("name", "project_id")


def points_by_indicator(run: Run, uscc: str) -> dict[str, int]:
    """What each indicator brought to an enterprise's score, in 10⁻⁶, for reading."""
    found = run.lines.filter(uscc=uscc).values_list("indicator").annotate(Sum("contribution"))
    return dict(found.order_by("indicator"))


def compare(run: Run, codes: Iterable[str]) -> list[tuple[Score, dict[str, int]]]:
    """Scores side by side, in the order given, each with points by indicator; codes that took no part are left out."""
    found = {score.uscc: score for score in run.scores.filter(uscc__in=list(codes))}
    return [(found[code], points_by_indicator(run, code)) for code in dict.fromkeys(codes) if code in found]


def district_table(run: Run) -> list[DistrictRow]:
    """By the district of registration."""
    by_district: dict[str, list[tuple[int, str]]] = {}
    for district, score, grade in run.scores.values_list("district", "score", "grade"):
        by_district.setdefault(district, []).append((score, grade))
    return [
        DistrictRow(name, len(held), dict(Counter(grade for _, grade in held)), median_low(score for score, _ in held))
        for name, held in sorted(by_district.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def differences(before: Run, after: Run) -> list[Moved]:
    """Who differs between two runs, by the new rank; those who are in one run only come last."""
    old, new = ({score.uscc: score for score in run.scores.all()} for run in (before, after))
    objected = set(
        Objection.objects.filter(cycle=after.cycle_id, revision=after.revision).values_list("uscc", flat=True)
    )
    moved = [
        Moved(uscc, (new.get(uscc) or old[uscc]).name, old.get(uscc), new.get(uscc), uscc in objected)
        for uscc in old.keys() | new.keys()
        if _ends(old.get(uscc)) != _ends(new.get(uscc))
    ]
    return sorted(moved, key=lambda m: (m.after is None, m.after.rank if m.after else 0, m.uscc))


def _ends(score: Score | None) -> tuple[int, int, str] | None:
    return (score.score, score.rank, score.grade) if score else None


def migration(before: Run, after: Run) -> dict[tuple[str, str], int]:
    """(grade before, grade after) -> enterprises; "" where not in that run."""
    old, new = (dict(run.scores.values_list("uscc", "grade")) for run in (before, after))
    return dict(Counter((old.get(uscc, ""), new.get(uscc, "")) for uscc in old.keys() | new.keys()))
