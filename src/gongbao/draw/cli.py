"""gongbao draw: commit to a secret, draw with it, and let anybody draw again."""

import csv
import secrets
import sys
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

import click

from gongbao.draw.lists import CHOICE, EACH, draw_each, draw_some, fingerprint, read_list, read_rows
from gongbao.kernel.draw import commitment, read_rate
from gongbao.kernel.problem import BadInput, CheckFailed, Problem

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Rate(click.ParamType[Fraction]):
    name = "0.1|10%|1/3"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            return value if isinstance(value, Fraction) else read_rate(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


purpose_option = click.option("--purpose", required=True, help="抽取事项和日期,随承诺公布。What is drawn, and when.")
secret_option = click.option(
    "--secret", "secret_file", type=FILE, required=True, help="存有秘密的文件。File of the secret."
)
part_option = click.option("--part", "parts", multiple=True, help="他人确定的部分,按顺序。A part that others fixed.")
rate_option = click.option("--rate", type=Rate(), help="逐件抽取的比例。Rate of cases that bear none of their own.")
choose_option = click.option(
    "--choose", "count", type=click.IntRange(min=1), help="按权重抽取几个。Choose so many by weight."
)


@click.group()
def draw() -> None:
    """公平抽取:先公布承诺,后公布秘密,任何人可重抽。A draw that anybody can repeat."""


@draw.command()
@click.argument("secret_file", type=click.Path(dir_okay=False, path_type=Path))
@purpose_option
@click.option("--list", "list_file", type=FILE, help="名单,一并固定。The list, fixed too.")
def commit(secret_file: Path, purpose: str, list_file: Path | None) -> None:
    """把新的秘密写入 SECRET_FILE,打印抽取前应公布的承诺。Make a secret and print what to publish before the draw.

    文件已存在时不覆盖,用其中的秘密。An existing file is not overwritten; its secret is used.
    """
    known = secret_file.exists()
    secret = _secret(secret_file) if known else secrets.token_hex(32)
    told = {"purpose": purpose, "commitment": _commitment(purpose, secret)}
    if list_file:
        told["list"] = fingerprint(read_list(list_file))
    if not known:
        secret_file.touch(mode=0o600, exist_ok=False)
        secret_file.write_text(f"{secret}\n", encoding="utf-8")
    for name, value in told.items():
        click.echo(f"{name:<12}{value}")


@draw.command(name="draw")
@click.argument("list_file", type=FILE)
@purpose_option
@secret_option
@part_option
@rate_option
@choose_option
def draw_command(
    list_file: Path, purpose: str, secret_file: Path, parts: tuple[str, ...], rate: Fraction | None, count: int | None
) -> None:
    """从 LIST_FILE(CSV:id,可有 name、rate、weight、part)抽取,逐行打印签号。Draw from a list; prints every ticket."""
    csv.writer(sys.stdout, lineterminator="\n").writerows(_result(list_file, purpose, secret_file, parts, rate, count))


@draw.command()
@click.argument("list_file", type=FILE)
@click.argument("result_file", type=FILE)
@purpose_option
@secret_option
@part_option
@rate_option
@choose_option
@click.option("--commitment", "published", help="抽取前公布的承诺。The commitment published before.")
@click.option("--list-hash", "published_list", help="抽取前公布的名单指纹。The hash of the list published before.")
def verify(
    list_file: Path,
    result_file: Path,
    purpose: str,
    secret_file: Path,
    parts: tuple[str, ...],
    rate: Fraction | None,
    count: int | None,
    published: str | None,
    published_list: str | None,
) -> None:
    """重抽一遍,与 RESULT_FILE 逐行比较,指出第一处不同。Draw again and name the first line that differs."""
    failures = []
    made = _commitment(purpose, _secret(secret_file))
    if published and published.lower() != made:
        failures.append(f"秘密与抽取前公布的承诺不符 · The secret is not the one committed to: {made}")
    if published_list and published_list.lower() != (listed := fingerprint(read_list(list_file))):
        failures.append(f"名单与抽取前固定的不符 · The list is not the one fixed before: {listed}")
    expected = _result(list_file, purpose, secret_file, parts, rate, count)
    for line, (is_, should) in enumerate(zip_longest(read_rows(result_file), expected), start=1):
        if is_ != (should and list(should)):
            failures.append(f"第 {line} 行不同 · line {line} differs: “{_text(is_)}” → “{_text(should)}”")
            break
    if failures:
        raise CheckFailed(failures)
    click.echo(f"一致,共 {len(expected) - 1} 行 · The same, {len(expected) - 1} lines")


def _text(row: list[str] | tuple[str, ...] | None) -> str:
    return ",".join(row) if row else "(无 none)"


def _secret(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip()


def _commitment(purpose: str, secret: str) -> str:
    try:
        return commitment(purpose, secret)
    except ValueError as error:
        raise BadInput(
            [Problem("draw", None, "secret, purpose", "", *map(str.strip, str(error).split(" / ")))]
        ) from error


def _result(
    list_file: Path, purpose: str, secret_file: Path, parts: tuple[str, ...], rate: Fraction | None, count: int | None
) -> list[tuple[str, ...]]:
    """The head and every row of a draw."""
    secret, entries = _secret(secret_file), read_list(list_file)
    _commitment(purpose, secret)
    try:
        if count is None:
            return [EACH, *draw_each(entries, purpose, secret, parts, rate)]
        return [CHOICE, *draw_some(entries, purpose, secret, parts, count)]
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
