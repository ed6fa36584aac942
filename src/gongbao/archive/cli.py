"""gongbao archive: dossiers as files that anybody can verify; daily roots; erasing personal values."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.problem import BadInput, CheckFailed, Problem
from gongbao.terminal.database import needs_database


@click.group()
def archive() -> None:
    """档案:导出、核验、每日根值、删除个人信息。Dossiers: export, verify, daily roots, erase."""


@archive.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--root", help="公布的根值;整条链被改写也能发现。A published root: finds a chain rewritten as a whole.")
def verify(file: Path, root: str | None) -> None:
    """核验档案文件,有改动则指出第一条。Verify a file; exit 1 names the first changed entry."""
    with file.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        failures = verify_file_lines(lines, root)
    if failures:
        raise CheckFailed(map(str, failures))
    against = " · 与根值相符 against the root" if root else ""
    click.echo(f"档案完整,未被改动{against}。The dossier is whole and unchanged.")


@archive.command()
@click.argument("subject")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件。Write to a file.")
@needs_database
def export(subject: str, out: Path | None) -> None:
    """导出 SUBJECT 的档案,每条一行。Export a dossier, a line for each entry."""
    from gongbao.archive.models import Dossier
    from gongbao.archive.selectors import dossier_file

    try:
        text = "".join(line + "\n" for line in dossier_file(subject))
    except Dossier.DoesNotExist:
        zh, en = "有档案的主体,如 enterprise/91110000…", "a subject that has a dossier, such as enterprise/91110000…"
        raise BadInput([Problem("archive", None, "subject", subject, zh, en)]) from None
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"已写入 {out}。Written.")
    else:
        sys.stdout.write(text)


@archive.command()
@click.argument("subject")
@click.argument("sequence", type=click.IntRange(min=1))
@click.option("--field", "fields", multiple=True, required=True, help="要删除的项,可重复。What goes; repeatable.")
@click.option("--because", required=True, help="理由,永久留存,勿写个人信息。The reason; it stays, so name nobody.")
@click.option("--by", required=True, help="系统管理员的登录名。Login name of an administrator.")
@click.option("--yes", is_flag=True, help="不再询问。Do not ask again.")
@needs_database
def erase(subject: str, sequence: int, fields: tuple[str, ...], because: str, by: str, yes: bool) -> None:
    """永久删除 SUBJECT 第 SEQUENCE 条的个人信息;档案仍可核验。Erase personal values; the dossier still verifies."""
    from django.utils import timezone

    from gongbao.archive.permissions import erase_as
    from gongbao.archive.selectors import dossier_failures, entry_in, personal_values
    from gongbao.archive.services import personal_erase

    entry, who, now = entry_in(subject, sequence), erase_as(by, timezone.localdate()), datetime.now(UTC)
    if entry is None:
        zh, en = "有档案的主体和其中的一条", "a subject that has a dossier, and an entry of it"
        raise BadInput([Problem("archive", sequence, "subject", subject, zh, en)])
    values = personal_values(entry)
    for field in fields:
        click.echo(f"{field}: {values.get(field, '—')}", err=True)
    if not yes:
        click.confirm("以上内容将永久删除,确定吗?This goes for good. Go on?", abort=True, err=True)
    personal_erase(entry=entry, fields=list(fields), because=because, at=now, actor=who)
    if failures := dossier_failures(subject):
        raise CheckFailed(map(str, failures))
    click.echo(f"已删除 {len(fields)} 项;档案核验通过。Erased; the dossier verifies.")


@archive.command()
@needs_database
def root() -> None:
    """作出今日根值(一日一次)并显示。Make today's root, once a day, and show it."""
    from gongbao.archive.services import root_make

    made = root_make(now=datetime.now(UTC))
    click.echo(f"{made.day} {made.root} 档案 dossiers: {made.dossiers}")
