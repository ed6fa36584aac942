"""gongbao cases: tables of moves checked and drawn, and the clock of the cases."""

import logging
from datetime import UTC, datetime
from itertools import count
from time import sleep

import click

from gongbao.cases.rules.bpmn import bpmn_xml
from gongbao.cases.rules.diagram import diagram_svg
from gongbao.cases.rules.walk import check as check_table
from gongbao.cases.rules.walk import walk
from gongbao.cases.tables import find, packaged, read
from gongbao.kernel.problem import CheckFailed
from gongbao.terminal.database import needs_database

log = logging.getLogger(__name__)
table_argument = click.argument("table")


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
@click.argument("tables", nargs=-1)
def check(tables: tuple[str, ...]) -> None:
    """检查流程表(代码或文件,缺省全部):任何一方不作为也能办结。Walk tables; exit 1 names what is stuck."""
    chosen = [find(name) for name in tables] or [read(path) for path in packaged()]
    if problems := [problem for process in chosen for problem in check_table(process)]:
        raise CheckFailed(f"{problem} · {problem.expected_en}" for problem in problems)
    for process in chosen:
        edges = walk(process).edges
        click.echo(f"{process.code} {process.edition} {process.name.zh} · {process.name.en}")
        moves = sum(map(len, edges.values()))
        click.echo(f"  {len(edges)} 种情形 standings, {moves} 种走法 moves, 都能办结 each comes to an end")


@cases.command()
@table_argument
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def diagram(table: str, lang: str) -> None:
    """流程图(SVG)。The process as a picture with a lane for each party."""
    click.echo(diagram_svg(find(table), lang))


@cases.command()
@table_argument
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def bpmn(table: str, lang: str) -> None:
    """BPMN 2.0 XML。The process for other tools, with its drawing."""
    click.echo(bpmn_xml(find(table), lang))


@cases.command()
@click.option("--now", type=Moment(), help="以此时刻为准(带时区)。The moment to act at; default: now.")
@needs_database
def tick(now: datetime | None) -> None:
    """办理到期事项并发出提醒;可反复运行。What is due by now: moves, warnings, mail. Safe to repeat."""
    from gongbao.cases.services.clock import tick as run

    done = run(now=now or datetime.now(UTC))
    click.echo(f"到期办理 moves: {done.moves} · 提醒 warnings: {done.warnings} · 发出 sent: {done.sent}")
    if done.failed:
        raise CheckFailed(f"{number}: 未能办理,见日志 could not be moved, see the log" for number in done.failed)


@cases.command()
@click.option("--every", type=click.IntRange(1, 86_400), default=60, show_default=True, help="间隔秒数。Seconds.")
@click.option("--times", type=click.IntRange(min=1), help="运行次数,缺省不停。Stop after so many; default: never.")
@needs_database
def clock(every: int, times: int | None) -> None:
    """持续运行 tick,每日作出根值并清理。Tick again and again; once a day make the root and clear up. Ctrl-C stops."""
    from django.db import close_old_connections

    from gongbao.archive.services import root_make
    from gongbao.cases.services.clock import tick as run
    from gongbao.cases.services.hand import beijing_day
    from gongbao.web.clock import night

    cleared = None
    for number in range(times) if times else count():
        if number:
            sleep(every)
        now = datetime.now(UTC)
        try:
            run(now=now)
            root_make(now=now)
            if cleared != (today := beijing_day(now)):
                night(now)
                cleared = today
        except Exception:
            log.exception("the clock missed a turn")
        close_old_connections()
