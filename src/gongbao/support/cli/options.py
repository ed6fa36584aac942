"""What the commands of support share."""

import json
from datetime import date, datetime
from pathlib import Path

import click

from gongbao.calendar.cli import Day
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.workdays import BEIJING
from gongbao.support.rules.programme import Catalogue, Measure

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
language_option = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", help="结果的文字。Language of the answer."
)


def _today(_ctx: click.Context, _param: click.Parameter, day: date | None) -> date:
    return day or datetime.now(BEIJING).date()


on_option = click.option("--on", type=Day(), callback=_today, help="申报日,默认北京今天。Day of application; today.")


def measure_of(catalogue: Catalogue, code: str) -> Measure:
    """The measure with a code. Raises BadInput."""
    if code not in catalogue.by_code:
        known = ", ".join(catalogue.by_code)
        raise BadInput(
            [Problem("measure", None, "", code, f"没有这项措施;应为:{known}", f"no such measure; due: {known}")]
        )
    return catalogue.by_code[code]


def print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
