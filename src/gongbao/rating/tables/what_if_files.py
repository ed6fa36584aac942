"""What a what-if (试算) leaves as files: four tables, and one page with the pictures that needs nothing else."""

from html import escape

import polars as pl

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.fixed import from_fixed
from gongbao.rating.rules.bars import bars_svg
from gongbao.rating.rules.flow import flow_svg
from gongbao.rating.rules.standard import Standard
from gongbao.rating.rules.what_if import WhatIf
from gongbao.rating.tables.writing import decimal

TABLES = ("migration", "movers", "causes", "distribution")
PAGE = "what-if.html"
MOVERS = 20  # on the page; the table has them all
STYLE = """body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem;color:#1b2430}
table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}
td,th{border:1px solid #c9d1da;padding:.3rem .7rem;text-align:right;font-variant-numeric:tabular-nums}
th:first-child,td.words{text-align:left}svg{max-width:100%;height:auto}.en{color:#52606d}"""


def tables(result: WhatIf) -> dict[str, pl.DataFrame]:
    """migration, movers (everybody whose score or rank changes), causes, distribution: points as exact decimals."""
    pairs = [(before, after, count) for (before, after), count in result.migration.items()]
    moved = result.moves.filter((pl.col("change") != 0) | (pl.col("places") != 0))
    points = [decimal(name, 4) for name in ("score_before", "score_after", "change")]
    bars = [(bar.low, bar.low + bar.width, bar.before, bar.after) for bar in result.distribution]
    return {
        "migration": pl.DataFrame(pairs, schema=["before", "after", "enterprises"], orient="row"),
        "movers": moved.with_columns(points),
        "causes": result.causes.with_columns(decimal("change", 6)),
        "distribution": pl.DataFrame(bars, schema=["from", "to", "before", "after"], orient="row"),
    }


def page(result: WhatIf, before: Standard, after: Standard, cycle: Cycle) -> str:
    """Both languages on one page: who changes grade, who moves most and why, how the scores shift."""
    total, moved = result.moves.height, result.moved
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>试算 {cycle}</title><style>{STYLE}</style></head><body>",
            f"<h1>试算:{total:,} 家企业中 {moved:,} 家等级变化</h1>",
            f'<p class="en" lang="en">What if: {moved:,} of {total:,} enterprises change grade</p>',
            f"<p>{cycle} · {escape(before.title.zh)} ({before.sha256[:12]}) → {escape(after.title.zh)} "
            f"({after.sha256[:12]})</p>",
            _head("等级变化", "Changes of grade"),
            flow_svg(result),
            _migration(result),
            _head("变化最大的企业", "Biggest movers"),
            _movers(result, after),
            _head("得分分布", "Scores"),
            bars_svg(result),
            "</body></html>",
            "",
        ]
    )


def _head(zh: str, en: str) -> str:
    return f'<h2>{zh} <span class="en" lang="en">{en}</span></h2>'


def _table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _migration(result: WhatIf) -> str:
    rows = [[old, *(f"{result.migration[old, new]:,}" for new in result.grades)] for old in result.grades]
    return _table(["原 before \\ 试算 after", *result.grades], rows)


def _movers(result: WhatIf, standard: Standard) -> str:
    rows = []
    for row in result.moves.filter(pl.col("change") != 0).head(MOVERS).iter_rows(named=True):
        causes = result.causes.filter(pl.col("uscc") == row["uscc"])
        by = ";".join(
            f"{standard.by_code[code].name.zh if code in standard.by_code else code} {from_fixed(change, 6)}"
            for code, change in causes.select("indicator", "change").iter_rows()
        )
        grades = f"{row['grade_before']} → {row['grade_after']}"
        ranks = f"{row['rank_before']} → {row['rank_after']}"
        rows.append([row["name"], from_fixed(row["score_after"], 4), from_fixed(row["change"], 4), ranks, grades, by])
    if not rows:
        return '<p>没有企业的得分变化。<span class="en" lang="en">Nobody\'s score changes.</span></p>'
    return _table(["企业 enterprise", "得分 score", "变化 change", "名次 rank", "等级 grade", "原因 by"], rows)
