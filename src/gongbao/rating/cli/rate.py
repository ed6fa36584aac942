"""gongbao rate: files in, scores, ledger and run.json out."""

import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput

if TYPE_CHECKING:
    from gongbao.rating.rules.engine import Rating
    from gongbao.rating.rules.engines import Engine
    from gongbao.rating.rules.standard import Standard
    from gongbao.rating.tables.intake import Intake


class CycleType(click.ParamType[Cycle]):
    """2026H1, or 2026年上半年."""

    name = "cycle"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Cycle:
        if isinstance(value, Cycle):
            return value
        try:
            return Cycle.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, path_type=Path))
@click.option("--cycle", required=True, type=CycleType(), help="评价周期,如 2026H1。The cycle, such as 2026H1.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="结果目录。The folder to write.")
@click.option(
    "--standard",
    "standard_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="评分标准文件;不给则用该周期的标准。A standard; by default the one that holds for the cycle.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "pyspark"]),
    default="polars",
    show_default=True,
    help="计算引擎,结果相同。Where the columns are worked out; the result is the same.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "parquet", "xlsx"]),
    default="csv",
    show_default=True,
    help="结果的格式。Format of the result.",
)
@click.option(
    "--allow-missing-credit",
    is_flag=True,
    help="没有公共信用结果的企业按 0 分计并注明。Score 0, marked, where there is no public-credit result.",
)
@click.option(
    "--what-if",
    "edited_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="试算:与修改后的标准比较,看谁的等级变化。Compare with an edited standard: who moves grade, and why.",
)
@click.option(
    "--marked",
    type=click.Path(dir_okay=False, path_type=Path),
    help="标出错处的工作簿副本写到哪里。Where the marked copy of a wrong workbook goes.",
)
def rate(
    source: Path,
    cycle: Cycle,
    out: Path,
    standard_file: Path | None,
    engine: str,
    file_format: str,
    allow_missing_credit: bool,
    edited_file: Path | None,
    marked: Path | None,
) -> None:
    """评分:计算一个周期的得分、排名、等级和计分明细。Rate all enterprises of a cycle.

    INPUT: 放有 CSV 或 Parquet 文件的文件夹,或一个 .xlsx。A folder of CSV or Parquet files, or one .xlsx.
    """
    from gongbao.rating.cli.edition import edition
    from gongbao.rating.cli.what_if import refuse_other_units, show_compared
    from gongbao.rating.rules.engine import rate as rate_tables
    from gongbao.rating.rules.what_if import try_standard
    from gongbao.rating.tables.intake import take_in
    from gongbao.rating.tables.output import Compared, refuse_output, refuse_xlsx, write_run
    from gongbao.rating.tables.vocabulary import Vocabulary
    from gongbao.rating.tables.what_if_files import page

    if marked and marked.exists() and marked.samefile(source):
        raise click.UsageError("--marked 不能是输入文件本身 / --marked must be another file than INPUT")
    clock = Clock()
    standard = edition(cycle, standard_file)
    edited = edition(cycle, edited_file) if edited_file else None
    if edited:
        refuse_other_units(standard, edited)
    refuse_output(out)
    with clock.step("读入检查 intake"):
        try:
            intake = take_in(source, cycle, Vocabulary.of_standard(standard), allow_missing_credit=allow_missing_credit)
        except BadInput as bad:
            _mark(source, marked, bad)
            raise
    if file_format == "xlsx":
        refuse_xlsx(intake.tables, cycle)
    with clock.step("计分 scoring"):
        result = rate_tables(intake.tables, standard, cycle, engine=_engine(engine))
        ledger_facts, ledger = result.ledger_facts, result.ledger  # the one that needs most room first
    if edited:
        with clock.step("试算 comparing"):
            moves, unknown = try_standard(result, edited)
    with clock.step("写出 writing"):
        about = _about(standard, cycle, source, intake, result, engine, file_format, clock)
        beside = Compared(moves, page(moves, standard, edited, cycle)) if edited else None
        write_run(out, result.scores, ledger, ledger_facts, about, file_format, beside)
    _show(standard, cycle, intake, result, out, clock)
    if edited:
        show_compared(moves, standard, edited, cycle, unknown)


def _engine(name: str) -> "Engine":
    if name == "pyspark":
        from gongbao.rating.tables.spark import SparkEngine

        return SparkEngine()
    from gongbao.rating.rules.engines import PolarsEngine

    return PolarsEngine()


class Clock:
    """How long each step took, in seconds; a line on standard error while a long one runs in a terminal."""

    def __init__(self) -> None:
        self.begin = time.perf_counter()
        self.steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        with _waiting(name):
            yield
        self.steps[name] = time.perf_counter() - start

    def seconds(self) -> dict[str, float]:
        """What has passed, by step and in all, for run.json."""
        passed = {name.split()[-1]: round(seconds, 3) for name, seconds in self.steps.items()}
        return passed | {"total": round(time.perf_counter() - self.begin, 3)}


@contextmanager
def _waiting(name: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(name):
        yield


def _mark(source: Path, marked: Path | None, bad: BadInput) -> None:
    """Write the marked copy of a workbook and tell where it is."""
    if source.is_dir() or source.suffix.lower() != ".xlsx":
        return
    from gongbao.rating.tables.marked import marked_path, write_marked

    path = marked or marked_path(source)
    if write_marked(source, path, bad.problems):
        click.echo(f"已标出错处的副本 a copy with the wrong cells marked: {path}", err=True)


def _about(
    standard: "Standard",
    cycle: Cycle,
    source: Path,
    intake: "Intake",
    result: "Rating",
    engine: str,
    file_format: str,
    clock: Clock,
) -> dict[str, Any]:
    grades = result.scores["grade"].to_list()
    return {
        "standard": {"id": standard.id, "title": standard.title.zh, "sha256": standard.sha256},
        "cycle": str(cycle),
        "trial": cycle in standard.trial,
        "input": {"path": str(source), "sha256": intake.files},
        "enterprises": result.scores.height,
        "grades": {grade.grade: grades.count(grade.grade) for grade in standard.grades},
        "without_credit": list(intake.without_credit),
        "engine": engine,
        "format": file_format,
        "versions": {"python": platform.python_version()}
        | {part: metadata.version(part) for part in sorted({"gongbao", "polars", "narwhals", engine})},
        "duration_seconds": clock.seconds(),
    }


def _show(standard: "Standard", cycle: Cycle, intake: "Intake", result: "Rating", out: Path, clock: Clock) -> None:
    from rich.console import Console

    from gongbao.rating.cli.board import Counts, show

    tables = intake.tables
    counts = Counts(tables.enterprises.height, tables.projects.height, tables.complaints.height, tables.facts.height)
    trial = " · 试评价 trial" if cycle in standard.trial else ""
    console = Console(highlight=False)
    title = f"{standard.title.zh}\n{cycle.name.zh} {cycle}{trial}"
    show(console, title, counts, result.scores, tuple(grade.grade for grade in standard.grades))
    if intake.without_credit:
        some = "、".join(intake.without_credit[:5]) + ("…" if len(intake.without_credit) > 5 else "")
        console.print(f"{len(intake.without_credit):,} 家没有公共信用结果,按 0 分计 without a credit result: {some}")
    steps = " · ".join(f"{name} {seconds:.2f} s" for name, seconds in clock.steps.items())
    total = time.perf_counter() - clock.begin
    console.print(f"{steps} · 共 total {total:.2f} s", style="dim", soft_wrap=True)
    console.print(f"已写入 written: {out}", markup=False, soft_wrap=True)
