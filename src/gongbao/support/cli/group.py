"""gongbao support: what support there is, for whom, how much, and why not."""

from datetime import date
from pathlib import Path

import click

from gongbao.kernel.problem import CheckFailed
from gongbao.support.cli import printing
from gongbao.support.cli.demo import demo
from gongbao.support.cli.ledger import ledger
from gongbao.support.cli.options import (
    FILE,
    json_option,
    language_option,
    measure_of,
    on_option,
    print_json,
)
from gongbao.support.rules.answers import match_profile
from gongbao.support.rules.combination import best_combination
from gongbao.support.rules.ledger import assess as assess_application
from gongbao.support.tables.answer_json import assess_json, combine_json, facts_json, match_json
from gongbao.support.tables.applications import read_application
from gongbao.support.tables.catalogue import catalogue
from gongbao.support.tables.profiles import read_profile
from gongbao.support.tables.programme_files import check_programme, read_programme


@click.group()
def support() -> None:
    """扶持政策:条件匹配、金额测算、投资核算、最优组合。Support programmes: who gets what, and why not."""


support.add_command(ledger)
support.add_command(demo)


@support.command()
@click.argument("code", required=False, metavar="[MEASURE]")
@json_option
@language_option
def facts(code: str | None, as_json: bool, language: str) -> None:
    """措施要问的事实:名称、类型、单位、问题、条款。Every fact that a measure asks for; without MEASURE, all."""
    known = catalogue()
    found = facts_json(known, measure_of(known, code) if code else None)
    if as_json:
        return print_json(found)
    return printing.print_facts(found, language)


@support.command()
@click.argument("name", required=False, metavar="[PROGRAMME|MEASURE]")
@language_option
def show(name: str | None, language: str) -> None:
    """列出政策和措施,或显示其中一项的条件、金额、材料。List programmes, or show one with its clauses."""
    known = catalogue()
    for programme in known.programmes:
        if name is None or name in (programme.id, programme.document):
            printing.print_programme(programme, language)
    if name and name not in [word for p in known.programmes for word in (p.id, p.document)]:
        printing.print_measure(measure_of(known, name), known, language)


@support.command()
@click.argument("profile", type=FILE)
@on_option
@json_option
@language_option
def match(profile: Path, on: date, as_json: bool, language: str) -> None:
    """PROFILE(JSON)能得到哪些支持:符合、不符合(条款)或还需哪些事实。What a profile may get, row by row."""
    known = catalogue()
    matches = match_profile(read_profile(profile, known.vocabulary), known, on)
    best = best_combination(matches, known)
    if as_json:
        return print_json(match_json(on, matches, best, known, language))
    printing.print_matches(on, matches, known.vocabulary, language)
    return printing.print_best(best, language)


@support.command()
@click.argument("profile", type=FILE)
@on_option
@json_option
@language_option
def combine(profile: Path, on: date, as_json: bool, language: str) -> None:
    """各项目、各政策的最优组合,次优组合,以及其余各项为何落选。The best combination, and why each other row lost."""
    known = catalogue()
    best = best_combination(match_profile(read_profile(profile, known.vocabulary), known, on), known)
    if as_json:
        return print_json(combine_json(best))
    printing.print_best(best, language)
    return printing.print_lost(best, language)


@support.command()
@click.argument("application", type=FILE)
@json_option
@language_option
def assess(application: Path, as_json: bool, language: str) -> None:
    """按投资明细核算补助上限,逐行说明计入与否。Count an investment ledger: a verdict for each row, and the subsidy."""
    assessment = assess_application(read_application(application, catalogue()))
    if as_json:
        return print_json(assess_json(assessment, language))
    return printing.print_assessment(assessment, language)


@support.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """检查政策文件:事实、档次、比例、条款、期间。Check a programme file; ends with 1 where something is wrong."""
    found, programme = check_programme(file, catalogue())
    if found:
        raise CheckFailed(found)
    count = len(programme.measures) if programme else 0
    click.echo(f"没有发现问题,共 {count} 项措施 · Nothing wrong, {count} measures")


@support.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="IN")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="结果的文件夹。Folder of results."
)
@click.option(
    "--what-if", "what_if", type=FILE, metavar="PROGRAMME.toml", help="试算另一份政策文件的差额。Try other rates."
)
@on_option
def batch(source: Path, out: Path, what_if: Path | None, on: date) -> None:
    """IN 中的 entities、projects 表(Parquet 或 CSV)全部匹配,写出 matches 和 estimate。Match a whole population."""
    from gongbao.support.tables.batch import run_batch

    known = catalogue()
    report = run_batch(source, out, known, on, read_programme(what_if, known) if what_if else None)
    pace = int(report.rows / report.seconds)
    click.echo(
        f"{report.entities} 家单位,{report.projects} 个项目,{report.rows} 行结果,{report.seconds:.1f} 秒,每秒 {pace} 行"
        f" · {report.entities} entities, {report.projects} projects, {report.rows} rows, {pace} rows a second"
    )
