"""gongbao rating: the cycle in the database, for an operator."""

from pathlib import Path

import click

from gongbao.terminal.database import demo_only, needs_database

CYCLE = click.argument("code", metavar="CYCLE")
AS = click.option("--as", "username", required=True, help="以谁的身份办理(登录名)。Login name of who acts.")


@click.group()
def rating() -> None:
    """评价周期:进度、导入、计算、导出、演示数据。The rating cycle: progress, import, run, export, demo data."""


@rating.command()
@click.option("--projects", default=1000, show_default=True, type=click.IntRange(200, 20_000), help="项目数。Projects.")
@needs_database
def demo(projects: int) -> None:
    """装入虚构的城市:一个已公布的周期、一个归集中的周期。Load the made-up city: a published and a running cycle.

    只在 GONGBAO_DEMO=1 时可用;再次运行不改变已有内容。Only where GONGBAO_DEMO=1 is set; run again, it changes nothing.
    """
    from django.utils import timezone

    from gongbao.rating.services.demo import demo_city_load

    demo_only()
    for cycle in demo_city_load(now=timezone.now(), projects=projects):
        click.echo(f"{cycle.code} {cycle.get_state_display()}")


@rating.command()
@CYCLE
@needs_database
def show(code: str) -> None:
    """显示周期的状态、下一步还缺什么、各来源进度。Where a cycle stands, what its next step lacks, its sources."""
    from django.utils import timezone
    from rich.console import Console
    from rich.table import Table

    from gongbao.rating.models import State
    from gongbao.rating.selectors.cycles import steps_onward
    from gongbao.rating.selectors.sources import source_progress

    cycle = _cycle(code)
    console = Console(highlight=False)
    console.print(f"{cycle.code} · {State(cycle.state).label}" + (" · 试评价 trial" if cycle.trial else ""))
    for step in steps_onward(cycle, timezone.now()):
        console.print(f"→ {step.name.zh} {step.name.en}")
        for lack in step.lacks:
            console.print(f"   {lack.because.zh} {lack.because.en} [{lack.cite}]", markup=False)
    table = Table()
    for head in ("来源 source", "应有 expected", "已有 in", "期限 due", "逾期 late", "更正 corrected"):
        table.add_column(head)
    for p in source_progress(cycle):
        expected = "–" if p.expected is None else f"{p.expected:,}"
        numbers = (expected, f"{p.delivered:,} {p.unit.zh}", str(p.deadline), f"{p.late:,}", f"{p.corrected:,}")
        table.add_row(f"{p.name.zh} {p.name.en}", *numbers)
    console.print(table)


@rating.command("import")
@CYCLE
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, path_type=Path))
@AS
@click.option("--because", default="", help="说明。A remark.")
@needs_database
def import_(code: str, source: Path, username: str, because: str) -> None:
    """把文件夹或工作簿导入归集中的周期。Take a folder or workbook into a cycle that is being collected."""
    from django.utils import timezone

    from gongbao.rating.services.rows import file_import

    made = file_import(cycle=_cycle(code), source=source, actor=_actor(username), now=timezone.now(), because=because)
    counts = " · ".join(f"{name} {number:,}" for name, number in made.counts.items()) if made else "没有变化 no change"
    click.echo(counts)


@rating.command()
@CYCLE
@AS
@click.option("--because", default="", help="说明。A remark.")
@needs_database
def run(code: str, username: str, because: str) -> None:
    """计算已截止归集的周期。Work the result of a closed cycle out."""
    from django.utils import timezone

    from gongbao.rating.services.runs import run_make

    made = run_make(cycle=_cycle(code), actor=_actor(username), now=timezone.now(), because=because)
    grades = " · ".join(f"{grade} {number:,}" for grade, number in made.grades.items())
    click.echo(f"{made.enterprises:,} 家 enterprises · {grades}")


@rating.command()
@CYCLE
@needs_database
def live(code: str) -> None:
    """现在更新实时得分(平时每日自动更新)。Store the live scores of an open cycle now; else the clock does so daily."""
    from django.utils import timezone

    from gongbao.rating.services.nights import live_scores_store

    made = live_scores_store(cycle=_cycle(code), now=timezone.now())
    click.echo(f"{made.enterprises:,} 家 enterprises · {made.changed:,} 家有变化 changed")


@rating.command()
@CYCLE
@click.option("--out", required=True, type=click.Path(path_type=Path), help="结果目录。The folder to write.")
@needs_database
def export(code: str, out: Path) -> None:
    """把当前结果写成 gongbao rate 的文件:scores、ledger、run.json。Write the result as `gongbao rate` does."""
    import json

    from gongbao.kernel.problem import BadInput, Problem
    from gongbao.rating.selectors.downloads import csv_text, ledger_table, scores_table
    from gongbao.rating.tables.folders import replaced
    from gongbao.rating.tables.output import MARK, refuse_output

    cycle = _cycle(code)
    made = cycle.draft or cycle.public
    if made is None:
        zh, en = "已有计算结果的周期", "a cycle with a result"
        raise BadInput([Problem("rating", None, "cycle", code, zh, en)])
    refuse_output(out)
    with replaced(out) as folder:
        for name, frame in (("scores", scores_table(made)), ("ledger", ledger_table(made))):
            (folder / f"{name}.csv").write_text(csv_text(frame), encoding="utf-8", newline="\n")
        about = {"made_by": MARK.split('"')[-2], **made.about}
        text = json.dumps(about, ensure_ascii=False, indent=2)
        (folder / "run.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    click.echo(f"已写入 written: {out}")


@rating.command()
@click.argument("run_json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("dossier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--scores", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="公布的 CSV。The CSV.")
@click.option("--root", help="公布的档案根值。A published daily root.")
def check(run_json: Path, dossier: Path, scores: Path | None, root: str | None) -> None:
    """用 run.json 和周期档案核对已公布的结果,不需要数据库。Check a published result with run.json and the dossier."""
    from gongbao.kernel.problem import CheckFailed
    from gongbao.rating.tables.published import published_failures

    if failures := published_failures(run_json, dossier, scores, root):
        raise CheckFailed(failures)
    click.echo("结果与档案一致。The result is the one that was published.")


def _cycle(code: str):  # type: ignore[no-untyped-def] # models are imported when Django is set up
    from gongbao.kernel.problem import BadInput, Problem
    from gongbao.rating.selectors.cycles import cycle_by_code, cycles_all

    found = cycle_by_code(code)
    if found is None:
        known = "、".join(cycle.code for cycle in cycles_all()) or "–"
        raise BadInput([Problem("rating", None, "cycle", code, f"已有的周期:{known}", f"a cycle: {known}")])
    return found


def _actor(username: str):  # type: ignore[no-untyped-def]
    from django.utils import timezone

    from gongbao.kernel.problem import BadInput, Problem
    from gongbao.organisations.models import Person
    from gongbao.organisations.permissions import actor_of

    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise BadInput([Problem("rating", None, "--as", username, "已有的登录名", "a login name")])
    return actor_of(person, timezone.localdate())
