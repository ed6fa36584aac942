"""gongbao templates: workbooks to fill in."""

from pathlib import Path

import click

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.cli.rate import CycleType


@click.group()
def templates() -> None:
    """数据模板。Workbooks to fill in."""


@templates.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到哪个 .xlsx 文件。")
@click.option("--cycle", default="2026H1", show_default=True, type=CycleType(), help="评价周期。The cycle.")
@click.option("--force", is_flag=True, help="覆盖已有的文件。Replace the file that is there.")
def rating(out: Path, cycle: Cycle, force: bool) -> None:
    """评分数据的模板:填好后直接交给 gongbao rate。The workbook that `gongbao rate` takes."""
    from gongbao.rating.cli.edition import edition
    from gongbao.rating.tables.template import write_template
    from gongbao.rating.tables.vocabulary import Vocabulary

    if out.suffix.lower() != ".xlsx":
        raise BadInput([Problem("--out", None, "", str(out), "文件名应以 .xlsx 结尾", "a name that ends in .xlsx")])
    if out.exists() and not force:
        expected = (
            "文件已存在,可能已填写;换个名字,或用 --force 覆盖",
            "a new file: this one may be filled in; or --force",
        )
        raise BadInput([Problem("--out", None, "", str(out), *expected)])
    standard = edition(cycle)
    write_template(out, Vocabulary.of_standard(standard), standard.title.zh)
    click.echo(f"已写入 written: {out}")
