"""gongbao cases: tables of moves checked and drawn, and the clock of the cases."""

from datetime import UTC, datetime
from pathlib import Path

import click

from gongbao.cases.rules.bpmn import bpmn_xml
from gongbao.cases.rules.diagram import diagram_svg
from gongbao.cases.rules.walk import check as check_table
from gongbao.cases.rules.walk import walk
from gongbao.cases.tables import read
from gongbao.kernel.problem import CheckFailed
from gongbao.terminal.database import needs_database

table = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


class Moment(click.ParamType[datetime]):
    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"“{value}”应为带时区的时间,如 2026-07-10T00:00:00+08:00 / a time with its zone", param, ctx)
        return moment


@click.group()
def cases() -> None:
    """事项:流程表的检查与图示,期限到期处理。Processes and the clock of cases."""


@cases.command()
@table
def check(file: Path) -> None:
    """检查流程表:走遍所有状态,任何一方不作为也能办结。Walk a table; exit 1 names what would get stuck."""
    process = read(file)
    if problems := check_table(process):
        raise CheckFailed(f"{problem} · {problem.expected_en}" for problem in problems)
    edges = walk(process).edges
    click.echo(f"{process.name.zh} {process.name.en} {process.edition}")
    click.echo(f"{len(edges)} 种情形 standings, {sum(map(len, edges.values()))} 步 moves: 都能办结 all come to an end")


@cases.command()
@table
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def diagram(file: Path, lang: str) -> None:
    """流程图(SVG)。The process as a picture with a lane for each party."""
    click.echo(diagram_svg(read(file), lang))


@cases.command()
@table
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def bpmn(file: Path, lang: str) -> None:
    """BPMN 2.0 XML。The process for other tools, with its drawing."""
    click.echo(bpmn_xml(read(file), lang))


@cases.command()
@click.option("--now", type=Moment(), help="以此时刻为准(带时区)。The moment to act at; default: now.")
@needs_database
def tick(now: datetime | None) -> None:
    """办理到期事项并发出提醒;可反复运行。What is due by now: moves, warnings, mail. Safe to repeat."""
    from gongbao.cases.services.clock import tick as run

    done = run(now=now or datetime.now(UTC))
    click.echo(f"到期办理 moves: {done.moves} · 提醒 warnings: {done.warnings} · 发出 sent: {done.sent}")
