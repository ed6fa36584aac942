"""`gongbao gazette`: import an issue, list, show, search and export what it holds. Models are loaded late."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongbao.gazette.cli import output
from gongbao.gazette.cli.changes import changes_json, print_changes
from gongbao.kernel.problem import BadInput, Problem
from gongbao.terminal.database import needs_database

if TYPE_CHECKING:
    from gongbao.gazette.selectors.changes import Change

as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")


@click.group()
def gazette() -> None:
    """公报:导入、查阅、检索、导出。Import, read, search, export."""


@gazette.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="已有文本有改动时不再询问。Do not ask before stored texts are revised.")
@click.option("--noise", is_flag=True, help="列出不属于正文的行。List the lines that are no text, and why.")
@as_json
@needs_database
def import_(file: Path, yes: bool, noise: bool, as_json: bool) -> None:
    """导入一期公报的文字(UTF-8 文本或带文字层的 PDF)。重复导入不改变任何内容。

    Import the text of an issue (UTF-8 text, or PDF with a text layer). Importing it again changes nothing; a better
    text makes new revisions, after a question.
    """
    from gongbao.gazette.rules.issue import read_issue
    from gongbao.gazette.selectors.changes import issue_changes
    from gongbao.gazette.services.imports import issue_import
    from gongbao.gazette.tables.source import read_source

    text = read_source(file)
    content = read_issue(text)
    changes = issue_changes(content)
    rewritten = [change for change in changes if change.kind in ("revised", "withdrawn")]
    if rewritten and not as_json:
        _tell(rewritten)
    if rewritten and not yes:
        _ask(file)
    imported = issue_import(content=content, text=text, source=file.name, at=datetime.now(UTC))
    if as_json:
        output.print_json(output.imported_json(content, imported, noise=noise))
    else:
        output.print_imported(content, imported, noise=noise)


def _tell(changes: Sequence["Change"]) -> None:
    from gongbao.gazette.rules.diff import diff_documents
    from gongbao.gazette.selectors.content import document_content

    for change in changes:
        click.echo(f"{output.KINDS[change.kind]}: {change.key}")
        if change.old and change.content:
            print_changes(diff_documents(document_content(change.old), change.content))


def _ask(file: Path) -> None:
    if not sys.stdin.isatty():
        raise BadInput(
            [
                Problem(
                    str(file),
                    None,
                    "--yes",
                    "",
                    "已有文本将被修订,确认后请加 --yes",
                    "stored texts would be revised; add --yes to confirm",
                )
            ]
        )
    click.confirm("写入这些修订? Store these revisions?", abort=True)


@gazette.command("list")
@click.option("--issue", metavar="2026-13", help="只列这一期。Only this issue.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="只列该日有效的文件。Only what is in force that day.")
@as_json
@needs_database
def list_(issue: str | None, on: datetime | None, as_json: bool) -> None:
    """列出已导入的文件。List the documents that are imported, and when they hold."""
    from gongbao.gazette.selectors.documents import documents_list, issue_get

    listed = documents_list(issue=issue_get(issue) if issue else None, on=on.date() if on else None)
    if as_json:
        output.print_json([output.listed_json(entry) for entry in listed])
    else:
        output.print_list(listed)


@gazette.command()
@click.argument("citation", nargs=-1, required=True)
@click.option("--revision", type=click.IntRange(min=1), help="看较早的修订文本。An earlier revision of the text.")
@as_json
@needs_database
def show(citation: tuple[str, ...], revision: int | None, as_json: bool) -> None:
    """显示一个条款、表行或文件,如“京建法〔2025〕2号 第七条”。

    Show a provision, a row of a table or a document, in any usual spelling.
    """
    from gongbao.gazette.selectors.resolve import Announced, lookup, resolve

    text = " ".join(citation)
    found = resolve(text, sequence=revision) if revision else lookup(text)
    if isinstance(found, Announced):
        if as_json:
            output.print_json(output.announced_json(found))
        else:
            output.print_announced(found)
    elif as_json:
        output.print_json(output.resolved_json(found))
    else:
        output.print_resolved(found)


@gazette.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--start", type=click.IntRange(min=0), default=0, help="跳过前几条。Leave out the first ones.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="最多几条。How many at most."
)
@as_json
@needs_database
def search(words: tuple[str, ...], start: int, limit: int, as_json: bool) -> None:
    """检索:空格隔开的每个词都要在同一条款或表行里出现,一个字也可以。

    Search provisions and rows that hold all the words; one character is enough.
    """
    from gongbao.gazette.selectors.search import search as find

    found = find(" ".join(words), start=start, limit=limit)
    if as_json:
        output.print_json(output.found_json(found))
    else:
        output.print_found(found, start)


@gazette.command()
@click.argument("citation", nargs=-1, required=True)
@click.option("--old", type=click.IntRange(min=1), help="较早的修订号。The earlier revision; else the one before.")
@click.option("--new", type=click.IntRange(min=1), help="较晚的修订号。The later revision; else the current one.")
@as_json
@needs_database
def diff(citation: tuple[str, ...], old: int | None, new: int | None, as_json: bool) -> None:
    """比较一份文件的两个修订文本。Compare two revisions of the text of a document."""
    from gongbao.gazette.selectors.revisions import revisions_compare

    compared = revisions_compare(" ".join(citation), old=old, new=new)
    if as_json:
        output.print_json(changes_json(compared.changes))
    else:
        click.echo(f"{compared.new.document.key}: 文本 revision {compared.old.sequence} → {compared.new.sequence}")
        print_changes(compared.changes)


@gazette.command()
@click.argument("name", metavar="CITATION|2026-13", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["json", "html", "akn", "text"]), required=True, help="格式。The form."
)
@needs_database
def export(name: tuple[str, ...], form: str) -> None:
    """导出引用所在的整份文件,或整期公报,到标准输出。

    Export the document that a citation names, or an issue, to standard output: JSON, HTML, Akoma Ntoso XML or text.
    """
    from gongbao.gazette.selectors.export import export as render

    click.echo(render(" ".join(name), form), nl=False)
