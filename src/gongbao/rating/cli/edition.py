"""Which standard a command uses."""

from pathlib import Path

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.standards import packaged_ids, read_standard


def edition(cycle: Cycle, file: Path | None = None) -> Standard:
    """The standard of a file, or the packaged one that holds for the cycle. Raises BadInput where it does not."""
    standards = [read_standard(file)] if file else [read_standard(name) for name in packaged_ids()]
    for standard in standards:
        if standard.holds_for(cycle):
            return standard
    known = "; ".join(f"{s.id}: {s.first} … {s.last or ''}" for s in standards)
    zh, en = f"没有适用于这个周期的评分标准({known})", f"a cycle that the standard holds for ({known})"
    raise BadInput([Problem("--cycle", None, "", str(cycle), zh, en)])
