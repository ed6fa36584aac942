"""The part of gongbao rate that compares: the same cycle under an edited standard (试算)."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.kinds import plain
from gongbao.kernel.problem import BadInput

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Standard
    from gongbao.rating.rules.what_if import WhatIf

MOVERS = 10  # shown; movers.csv has them all
BAR = 40  # characters of the longest bar


def refuse_other_units(before: "Standard", after: "Standard") -> None:
    """Raise BadInput when an indicator's facts hold numbers in other units in the other standard."""
    from gongbao.rating.rules.what_if import numbers_differ

    if problems := numbers_differ(before, after):
        raise BadInput(problems)


def _causes(result: "WhatIf", uscc: str) -> list[tuple[str, int]]:
    own = result.causes.filter(result.causes["uscc"] == uscc)
    return list(own.select("indicator", "change").iter_rows())


def show_compared(result: "WhatIf", before: "Standard", after: "Standard", cycle: Cycle, unknown: int) -> None:
    """Print the migration table, the biggest movers and both distributions. unknown: facts that were left out."""
    console = Console(highlight=False, markup=False)
    console.print(f"{before.id} → {after.id} · {cycle}", style="bold", soft_wrap=True)
    enterprises = f"{result.moves.height:,} 家企业,{result.moved:,} 家等级变化"
    console.print(f"{enterprises} · {result.moves.height:,} enterprises, {result.moved:,} change grade", soft_wrap=True)
    table = Table(title="等级变化(行:原;列:试算)· grades (rows: before, columns: after)")
    for head in ("", *result.grades):
        table.add_column(head, justify="right")
    for old in result.grades:
        table.add_row(old, *(f"{result.migration[old, new]:,}" for new in result.grades))
    console.print(table)
    _show_movers(console, result, after)
    console.print("得分分布(原 ░ 试算 █)· scores (before ░, after █)", style="bold")
    most = max((max(bar.before, bar.after) for bar in result.distribution), default=1)
    for bar in result.distribution:
        for mark, count in (("░", bar.before), ("█", bar.after)):
            label = f"{bar.low:>6} … {bar.low + bar.width}" if mark == "░" else ""
            console.print(f"{label:16}{mark * -(-count * BAR // most)} {count:,}")
    if unknown:
        console.print(
            f"{unknown:,} 条事实的指标不在试算标准中。{unknown:,} facts are of indicators that it does not have."
        )


def _show_movers(console: Console, result: "WhatIf", standard: "Standard") -> None:
    moved = result.moves.filter(result.moves["change"] != 0).head(MOVERS)
    if moved.is_empty():
        console.print("没有企业的得分变化。Nobody's score changes.")
        return
    table = Table(title="变化最大 · biggest movers")
    for head in ("企业 enterprise", "得分 score", "变化 change", "名次 rank", "等级 grade", "原因 by"):
        table.add_column(head, overflow="fold")
    for row in moved.iter_rows(named=True):
        causes = (
            f"{standard.by_code[code].name.zh if code in standard.by_code else code} {plain(change, 6)}"
            for code, change in _causes(result, row["uscc"])
        )
        table.add_row(
            row["name"],
            from_fixed(row["score_after"], 4),
            from_fixed(row["change"], 4),
            f"{row['rank_before']} → {row['rank_after']}",
            f"{row['grade_before']} → {row['grade_after']}",
            "\n".join(causes),
        )
    console.print(table)
