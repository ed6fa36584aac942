"""gongbao support ledger: the investment ledger as a workbook, and invoices from their XML."""

import json
from pathlib import Path

import click

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.cli.options import FILE
from gongbao.support.tables.answer_json import Json
from gongbao.support.tables.applications import application_of
from gongbao.support.tables.catalogue import catalogue
from gongbao.support.tables.json_files import read_json

NEW = click.Path(dir_okay=False, path_type=Path)


@click.group()
def ledger() -> None:
    """投资明细:模板,导入工作簿和数电发票。The investment ledger: template, import of workbooks and e-invoices."""


@ledger.command()
@click.argument("out", type=NEW, metavar="OUT.xlsx")
def template(out: Path) -> None:
    """写出空白的投资明细工作簿。Write an empty workbook to fill in."""
    from gongbao.support.tables.ledger_sheets import write_template

    rules = next(programme.ledger for programme in catalogue().programmes if programme.ledger)
    write_template(out, rules)
    click.echo(f"已写出 {out} · written")


@ledger.command(name="import")
@click.argument("application", type=FILE)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--contract", help="XML 发票所属的合同编号。The contract that the XML invoices belong to.")
@click.option("--out", type=NEW, required=True, help="写出的申报文件。The application file to write.")
def import_(application: Path, files: tuple[Path, ...], contract: str | None, out: Path) -> None:
    """把 FILE(xlsx 明细、数电发票 XML)并入 APPLICATION,写成新文件。Add workbooks and e-invoices to an application."""
    from gongbao.support.tables.einvoice import read_einvoice
    from gongbao.support.tables.ledger_sheets import SHEETS, read_sheets

    document = read_json(application)
    if not isinstance(document, dict):
        raise BadInput([Problem(application.name, None, "", "", "应为申报文件 {…}", "an application {…} is due")])
    tables: dict[str, list[Json]] = {name: list(document.get(name) or []) for name in SHEETS}
    for file in files:
        if file.suffix.lower() == ".xml":
            if not contract:
                raise click.UsageError("导入 XML 发票要写明 --contract / --contract is due for XML invoices")
            tables["invoices"].append(read_einvoice(file, contract))
        else:
            for name, rows in read_sheets(file).items():
                tables[name] += rows.values()
    merged = {**document, **tables}
    application_of(merged, catalogue())
    out.write_text(json.dumps(merged, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in tables.items())
    click.echo(f"已写出 {out} · {counts}")
