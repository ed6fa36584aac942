"""What if another edition had held: an edited standard on the facts of a run, and who would move."""

from collections import Counter
from dataclasses import dataclass

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle, Run
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.rules.editions import Change, compare
from gongbao.rating.rules.engine import rate
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import tables_of

MOST = 20  # movers that are shown


@dataclass(frozen=True)
class Mover:
    """Scores in 10⁻⁴."""

    uscc: str
    name: str
    before: int
    after: int
    rank_before: int
    rank_after: int
    grade_before: str
    grade_after: str

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class WhatIf:
    """migration: (grade before, grade after) -> enterprises; movers: those whose score changes most; before, after:
    range of ten points -> enterprises; moved: how many change their grade."""

    run: Run
    standard: Standard
    changes: list[Change]
    migration: dict[tuple[str, str], int]
    movers: list[Mover]
    before: dict[int, int]
    after: dict[int, int]
    moved: int


def what_if(cycle: RatingCycle, text: str) -> WhatIf:
    """Nothing is kept. text: of the edition. Raises BadInput for a standard that is not sound, MoveRefused where the
    cycle has no run yet."""
    run = cycle.draft or cycle.public
    if run is None:
        raise MoveRefused(
            Text("还没有计算结果,无法试算", "there is no result to compare with yet"), "京建法〔2025〕2号 第九条"
        )
    standard = load_standard(text)
    if problems := prove(standard):
        raise BadInput(problems)
    scores = rate(tables_of(cycle, seen=run.seen), standard, cycle.cycle).scores
    held = {score.uscc: score for score in run.scores.all()}
    movers = [
        Mover(
            row["uscc"], row["name"], old.score, row["score"], old.rank, row["rank"], old.grade, row["grade"]
        )
        for row in scores.iter_rows(named=True)
        if (old := held.get(row["uscc"]))
    ]  # fmt: skip
    migration = Counter((mover.grade_before, mover.grade_after) for mover in movers)
    return WhatIf(
        run=run,
        standard=standard,
        changes=compare(edition_of(cycle), standard),
        migration=dict(migration),
        movers=sorted((m for m in movers if m.change), key=lambda m: (-abs(m.change), m.uscc))[:MOST],
        before=_tens(mover.before for mover in movers),
        after=_tens(mover.after for mover in movers),
        moved=sum(count for (before, after), count in migration.items() if before != after),
    )


def _tens(scores: object) -> dict[int, int]:
    """Lower end of each range of ten points -> how many."""
    counted = Counter(score // 100_000 * 10 for score in scores)  # type: ignore[attr-defined]
    return dict(sorted(counted.items()))
