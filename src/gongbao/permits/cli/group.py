"""`gongbao permits`: search the list, show an item, check names, compare editions, find a law's items, export."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gongbao.kernel.problem import BadInput, CheckFailed, Problem
from gongbao.permits.cli import output
from gongbao.permits.rules.check import KINDS as VERDICTS
from gongbao.permits.rules.check import Verdict
from gongbao.permits.rules.check import check as check_name
from gongbao.permits.rules.diff import diff as compare
from gongbao.permits.rules.editions import in_force_on
from gongbao.permits.rules.forms import item_json
from gongbao.permits.rules.guides import findings, states
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.laws import Law, find_laws, laws
from gongbao.permits.rules.search import Filters
from gongbao.permits.rules.search import search as find
from gongbao.permits.rules.writing import runs
from gongbao.permits.tables import answers, files, folders
from gongbao.permits.tables.guides import read_guides
from gongbao.permits.tables.names import read_names
from gongbao.permits.tables.packaged import modes, packaged_editions
from gongbao.permits.tables.sheets import save


class AnEdition(click.ParamType[Edition]):
    name = "NAME|FOLDER|FILE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Edition:  # noqa: ARG002
        return value if isinstance(value, Edition) else files.find_edition(str(value))


as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
of_edition = click.option(
    "--edition", type=AnEdition(), default="", help="版本名、文件夹或导出文件，默认最新。Else the latest."
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.group()
def permits() -> None:
    """行政许可事项清单：检索、查看、核对、比较、导出。The list of administrative permits."""


@permits.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="只列该日施行的版本。Only the one in force that day.")
@as_json
def editions(on: datetime | None, as_json: bool) -> None:
    """列出随软件提供的版本。The editions that come with the software, when they hold, and their gaps."""
    known = list(packaged_editions().values())
    if on:
        known = [edition for edition in known if edition is in_force_on(known, on.date())]
        if not known:
            raise CheckFailed([f"{on.date()} 没有施行的版本 · no edition was in force on {on.date()}"])
    if as_json:
        return _print_json([_edition_json(edition) for edition in known])
    for edition in known:
        click.echo(f"{edition.edition}  {edition.title.zh} · {edition.title.en}")
        since = (
            f"{edition.in_force} 起施行 in force" if edition.in_force else "未写明施行日期 no day of entry into force"
        )
        click.echo(f"    {edition.cite}  {since}  代替 replaces {edition.replaces or '—'}")
        read, count = len(edition.items), edition.count
        click.echo(f"    已读出 {read} 项，共 {count} 项 · {read} of {count} rows were read")
        output.print_gaps(edition)
    return None


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.edition,
        "cite": edition.cite,
        "title": asdict(edition.title),
        "in_force": edition.in_force.isoformat() if edition.in_force else None,
        "replaces": edition.replaces,
        "count": edition.count,
        "read": len(edition.items),
        "missing": list(edition.missing),
    }


@permits.command()
@click.argument("words", nargs=-1)
@click.option("--city", default="", help="市级主管部门。City department.")
@click.option("--zone", default="", help="经开区主管部门。Zone department.")
@click.option("--body", default="", help="实施部门。Implementing body.")
@click.option("--law", default="", help="依据名称或文号。Legal basis, by title or document number.")
@click.option("--mode", type=click.Choice([mode.code for mode in modes()]), help="实施方式。Mode.")
@of_edition
@as_json
def search(words: tuple[str, ...], mode: str | None, edition: Edition, as_json: bool, **filters: str) -> None:
    """检索：每个词都要出现，一个字也可以。Items that hold all the words; one character is enough."""
    found = find(edition, " ".join(words), Filters(mode=mode or "", **filters))
    if as_json:
        _print_json(
            {
                "items": [item_json(item, modes()) for item in found.items],
                "facets": found.facets,
                "missing": list(edition.missing),
            }
        )
    else:
        output.print_found(found, edition)


@permits.command()
@click.argument("number", type=click.IntRange(min=1))
@of_edition
@as_json
def show(number: int, edition: Edition, as_json: bool) -> None:
    """查看一项：印出的与更正的文字、依据、部门、相关事项。An item with what was printed, and what belongs to it."""
    if number > edition.count:
        zh, en = f"1 至 {edition.count}", f"1 to {edition.count}"
        raise BadInput([Problem("permits", None, "number", str(number), zh, en)])
    item = next((item for item in edition.items if item.no == number), None)
    if item is None:
        raise CheckFailed(
            [f"第 {number} 项未能读出，请核对原件 · row {number} of the list is unread: see the original"]
        )
    if as_json:
        services = [asdict(service) for service in edition.services if service.item == number]
        _print_json(item_json(item, modes()) | {"services": services})
    else:
        output.print_item(item, edition, modes())


@permits.command()
@click.argument("names", nargs=-1)
@click.option("--file", type=FILE, help="事项名称的列表（xlsx、csv、txt）。A list of names.")
@click.option("--before", multiple=True, type=AnEdition(), help="更早的版本，用来认出更名、拆分。An earlier edition.")
@click.option(
    "--output", "to", type=click.Path(dir_okay=False, path_type=Path), help="答复写入的 xlsx 或 csv。Where to write."
)
@of_edition
@as_json
def check(
    names: tuple[str, ...],
    file: Path | None,
    before: tuple[Edition, ...],
    to: Path | None,
    edition: Edition,
    as_json: bool,
) -> None:
    """核对名称是否在清单内。有一个不在就以 1 结束。Is it on the list? Ends with 1 where a name is not."""
    asked: list[tuple[int | None, str]] = [(None, name) for name in names if name.strip()]
    asked += read_names(file) if file else []
    if not asked:
        zh, en = "至少一个事项名称，或 --file", "at least one name, or --file"
        raise BadInput([Problem("permits", None, "NAMES", "", zh, en)])
    changes = [change for earlier in before for change in compare(earlier, edition, modes())]
    verdicts = [(row, check_name(name, edition, changes)) for row, name in asked]
    if to:
        answers.write(to, verdicts)
    if as_json:
        _print_json([_verdict_json(row, verdict) for row, verdict in verdicts])
    elif not to:
        for row, verdict in verdicts:
            output.print_verdict(verdict, edition, row)
    absent = [verdict for _, verdict in verdicts if not verdict.found]
    if absent:
        total = len(verdicts)
        kind = VERDICTS[absent[0].kind]
        raise CheckFailed([f"{total} 个名称中有 {len(absent)} 个{kind.zh} · {len(absent)} of {total} names: {kind.en}"])


def _verdict_json(row: int | None, verdict: Verdict) -> dict[str, Any]:
    return {"row": row} | asdict(verdict)


@permits.command()
@click.argument("old", type=AnEdition())
@click.argument("new", type=AnEdition())
@as_json
def diff(old: Edition, new: Edition, as_json: bool) -> None:
    """比较两个版本（版本名、文件夹或导出文件）。Compare two editions: a name, a folder or an exported file."""
    changes = compare(old, new, modes())
    if as_json:
        return _print_json([asdict(change) for change in changes])
    output.print_changes(changes)
    click.echo(f"共 {len(changes)} 处变化 · {len(changes)} changes")
    return None


@permits.command()
@click.argument("title", nargs=-1)
@of_edition
@as_json
def law(title: tuple[str, ...], edition: Edition, as_json: bool) -> None:
    """依据反查：这部法修改后要核对哪些事项。不写名称则列出全部依据。

    The items that rest on a law, by title or document number: what to look at when it changes. Without one, every law.
    """
    found = find_laws(edition, " ".join(title)) if title else laws(edition)
    if as_json:
        _print_json([_law_json(one) for one in found])
    elif title:
        output.print_laws(found)
        output.print_gaps(edition)
    else:
        for one in found:
            click.echo(f"{len(one.items):>4}  {one.basis}  {runs(item.no for item in one.items)}")
    if not found:
        raise CheckFailed(["清单中没有以此为依据的事项 · no item of the list rests on it"])


def _law_json(one: Law) -> dict[str, Any]:
    return asdict(one.basis) | {"items": [{"no": item.no, "name": item.name, "cite": item.cite} for item in one.items]}


@permits.command()
@click.argument("file", type=FILE)
@of_edition
@as_json
def guides(file: Path, edition: Edition, as_json: bool) -> None:
    """核对办事指南：哪些事项没有指南或已过时，哪些条件、材料没有依据。有问题就以 1 结束。

    Check service guides (a TOML file): items without one or with an outdated one, and what a guide asks for without a
    basis of its item. Ends with 1 where something is to be mended.
    """
    told = read_guides(file)
    found, state_of = findings(edition, told), states(edition, told)
    if as_json:
        _print_json({"states": state_of, "findings": [asdict(finding) for finding in found]})
    else:
        output.print_guides(state_of, found)
    if found:
        raise CheckFailed([f"{len(found)} 处需要改正 · {len(found)} to be mended"])


@permits.command()
@click.argument("text", type=FILE)
@click.argument("folder", type=click.Path(path_type=Path))
def read(text: Path, folder: Path) -> None:
    """从公报文字（UTF-8 文本或带文字层的 PDF）读出清单，写成一个版本文件夹。

    Read the list in the text of an issue into a new folder, which every command takes as an edition.
    """
    from gongbao.gazette.rules.issue import read_issue
    from gongbao.gazette.tables.source import read_source

    edition = folders.write(folder, read_issue(read_source(text)), text.name)
    click.echo(f"{folder}: {edition.title.zh}，{len(edition.items)} 项 items")
    output.print_gaps(edition)


FORMATS = {"csv": files.as_csv, "xlsx": files.as_xlsx, "json": files.as_json, "pdf": files.as_pdf}


@permits.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True, help="格式。The form.")
@click.option(
    "--output", "to", type=click.Path(dir_okay=False, path_type=Path), help="文件，默认标准输出。Else stdout."
)
@of_edition
def export(form: str, to: Path | None, edition: Edition) -> None:
    """导出清单；pdf 是公示稿。Export the list; pdf is the public notice."""
    if to is None and form in ("xlsx", "pdf") and sys.stdout.isatty():
        raise click.UsageError("请用 --output 指定文件。Name a file with --output.")
    made = FORMATS[form](edition)
    if to:
        save(to, made)
        click.echo(f"{to}: {len(edition.items)} 项 items")
    else:
        click.echo(made, nl=False)
