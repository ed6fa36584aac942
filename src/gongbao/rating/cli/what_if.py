"""gongbao what-if: the same cycle under an edited standard."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.kinds import plain
from gongbao.kernel.problem import BadInput
from gongbao.rating.cli.rate import CycleType

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Standard
    from gongbao.rating.rules.what_if import WhatIf

BAR = 40  # characters of the longest bar


@click.command("what-if")
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, path_type=Path))
@click.argument("new", metavar="STANDARD", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cycle", required=True, type=CycleType(), help="评价周期,如 2026H1。The cycle, such as 2026H1.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="对照的标准文件;不给则用该周期的标准。The standard to compare with; by default the one of the cycle.",
)
@click.option(
    "--top", default=10, show_default=True, type=click.IntRange(0), help="列出变化最大的几家。How many movers."
)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把等级流向图写成 SVG。Write the flow picture as SVG.",
)
@click.option(
    "--allow-missing-credit", is_flag=True, help="没有公共信用结果的企业按 0 分计。Score 0 without a credit result."
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
def what_if(
    source: Path,
    new: Path,
    cycle: Cycle,
    against: Path | None,
    top: int,
    picture: Path | None,
    allow_missing_credit: bool,
    as_json: bool,
) -> None:
    """试算:用修改后的标准重算一个周期,看谁的等级变化。What if: rate a cycle by an edited standard.

    INPUT: 同 gongbao rate。As for gongbao rate. STANDARD: 修改后的标准文件。The edited standard.
    """
    from gongbao.rating.cli.edition import edition
    from gongbao.rating.rules.engine import rate
    from gongbao.rating.rules.what_if import compare, known_facts, numbers_differ
    from gongbao.rating.tables.intake import take_in
    from gongbao.rating.tables.vocabulary import Vocabulary

    before, after = edition(cycle, against), edition(cycle, new)
    if problems := numbers_differ(before, after):
        raise BadInput(problems)
    words = Vocabulary.of_standard(before)
    tables = take_in(source, cycle, words, allow_missing_credit=allow_missing_credit).tables
    left = replace(tables, facts=known_facts(tables.facts, after))
    result = compare(rate(tables, before, cycle), rate(left, after, cycle))
    if picture:
        from gongbao.rating.rules.flow import flow_svg

        picture.write_text(flow_svg(result), encoding="utf-8", newline="\n")
    if as_json:
        click.echo(json.dumps(as_values(result, top), ensure_ascii=False, indent=2))
        return
    _show(result, before, after, cycle, top)
    if unknown := tables.facts.height - left.facts.height:
        click.echo(
            f"{unknown:,} 条事实的指标不在试算标准中。{unknown:,} facts are of indicators that it does not have."
        )
    if picture:
        click.echo(f"已写入 written: {picture}")


def as_values(result: "WhatIf", top: int) -> dict[str, Any]:
    """A result as plain values: decimals as text, the first movers with what moved them."""
    movers = []
    for row in result.moves.filter(result.moves["change"] != 0).head(top).iter_rows(named=True):
        fixed = {name: from_fixed(row[name], 4) for name in ("score_before", "score_after", "change")}
        causes = {code: from_fixed(change, 6) for code, change in _causes(result, row["uscc"])}
        movers.append(row | fixed | {"causes": causes})
    return {
        "enterprises": result.moves.height,
        "moved": result.moved,
        "migration": [{"before": a, "after": b, "enterprises": count} for (a, b), count in result.migration.items()],
        "movers": movers,
        "distribution": [
            {"from": bar.low, "to": bar.low + bar.width, "before": bar.before, "after": bar.after}
            for bar in result.distribution
        ],
    }


def _causes(result: "WhatIf", uscc: str) -> list[tuple[str, int]]:
    own = result.causes.filter(result.causes["uscc"] == uscc)
    return list(own.select("indicator", "change").iter_rows())


def _show(result: "WhatIf", before: "Standard", after: "Standard", cycle: Cycle, top: int) -> None:
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
    _show_movers(console, result, after, top)
    console.print("得分分布(原 ░ 试算 █)· scores (before ░, after █)", style="bold")
    most = max((max(bar.before, bar.after) for bar in result.distribution), default=1)
    for bar in result.distribution:
        for mark, count in (("░", bar.before), ("█", bar.after)):
            label = f"{bar.low:>6} … {bar.low + bar.width}" if mark == "░" else ""
            console.print(f"{label:16}{mark * -(-count * BAR // most)} {count:,}")


def _show_movers(console: Console, result: "WhatIf", standard: "Standard", top: int) -> None:
    moved = result.moves.filter(result.moves["change"] != 0).head(top)
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
