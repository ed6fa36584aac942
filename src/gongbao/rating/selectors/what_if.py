"""What if another edition had held (试算): on the facts that a run of the cycle read. Nothing is kept."""

from dataclasses import dataclass

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.rules import editions
from gongbao.rating.rules.engine import rate
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.rules.what_if import WhatIf, numbers_differ, try_standard
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import tables_of


@dataclass(frozen=True)
class Tried:
    """changes: between the cycle's edition and the one tried; unknown: facts of indicators that it does not have."""

    standard: Standard
    changes: list[editions.Change]
    result: WhatIf
    unknown: int


def what_if(cycle: RatingCycle, text: str) -> Tried:
    """text: of an edition. Raises BadInput where it is not sound or cannot use the same facts, MoveRefused where the
    cycle has no run yet."""
    run = cycle.draft or cycle.public
    if run is None:
        because = Text("还没有计算结果,无法试算", "there is no result to compare with yet")
        raise MoveRefused(because, "京建法〔2025〕2号 第九条")
    before, after = edition_of(cycle), load_standard(text)
    if problems := [*prove(after), *numbers_differ(before, after)]:
        raise BadInput(problems)
    result, unknown = try_standard(rate(tables_of(cycle, seen=run.seen), before, cycle.cycle), after)
    return Tried(after, editions.compare(before, after), result, unknown)
