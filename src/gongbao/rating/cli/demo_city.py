"""gongbao demo-city: a made-up city to try everything on."""

import time
from pathlib import Path

import click

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.cli.rate import CycleType


@click.command("demo-city")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到哪个目录。The folder to write.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="随机种子:同一种子同样内容。")
@click.option("--projects", default=8600, show_default=True, type=click.IntRange(1, 20_000_000), help="项目数。")
@click.option("--cycle", default="2026H1", show_default=True, type=CycleType(), help="评价周期。The cycle.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "parquet", "xlsx"]),
    default="csv",
    show_default=True,
    help="格式。Format of the files.",
)
def demo_city(out: Path, seed: int, projects: int, cycle: Cycle, file_format: str) -> None:
    """虚构一座城市的企业、项目、诉求和事实。Make a city up: enterprises, projects, complaints, facts."""
    from gongbao.rating.cli.edition import edition
    from gongbao.rating.tables.demo import demo_city as draw
    from gongbao.rating.tables.demo_files import refuse_city, write_city
    from gongbao.rating.tables.sheets import XLSX_ROWS

    months = len(cycle.months)
    if file_format == "xlsx" and months * projects >= XLSX_ROWS:
        zh, en = f"工作表最多 {XLSX_ROWS:,} 行;请用 csv 或 parquet", f"at most {XLSX_ROWS:,} rows: use csv or parquet"
        raise BadInput([Problem("--format", None, "", f"xlsx · {months * projects:,}", zh, en)])
    begin = time.perf_counter()
    refuse_city(out)
    tables = draw(projects, seed, cycle, edition(cycle).facts)
    write_city(tables, out, file_format)
    counts = " · ".join(f"{name} {frame.height:,}" for name, frame in tables.items())
    click.echo(f"虚构的城市 a made-up city: {counts}")
    click.echo(f"已写入 written: {out} ({time.perf_counter() - begin:.2f} s)")
