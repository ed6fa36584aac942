"""The investment ledger as a workbook (xlsx): an empty one with choices and notes to fill in, and reading it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import fastexcel
import xlsxwriter

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.tables.answer_json import Json

MOST_BYTES = 200_000_000  # of a workbook once unpacked: a small file must not fill the memory
FIRST_LINE = 2  # below the head
LETTERS = "ABCDEFG"  # of the columns of the template
LINES = 5_000  # that get choices and checks
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # the same template is the same bytes
Rows = Mapping[str, Sequence[Mapping[str, object]]]  # table -> its rows, as an application file has them


@dataclass(frozen=True)
class Column:
    """A field of the table, its head and its note. kind: text, money, date or category."""

    field: str
    head: str
    kind: str
    note: str


SHEETS: Mapping[str, tuple[Column, ...]] = {
    "contracts": (
        Column("no", "合同编号", "text", "不能重复。Must be unique."),
        Column("category", "支出类别", "category", "从列表中选择。Choose from the list."),
        Column("party", "对方单位", "text", "合同的对方。The other party."),
        Column("amount", "合同金额(元)", "money", "大于零,至多两位小数。More than 0, two decimals."),
        Column("signed_on", "签订日期", "date", "如 2026-01-31。Such as 2026-01-31."),
    ),
    "invoices": (
        Column("no", "发票号码", "text", "重复的号码只计第一张。A number met twice counts once."),
        Column("contract", "合同编号", "text", "contracts 表中的编号。A number of the sheet contracts."),
        Column("issuer", "开票方", "text", "销售方名称。Name of the seller."),
        Column("buyer", "购买方", "text", "申报单位或共同投资单位。The applicant or a co-investor."),
        Column("amount", "价税合计(元)", "money", "大于零,至多两位小数。More than 0, two decimals."),
        Column("issued_on", "开票日期", "date", "如 2026-01-31。Such as 2026-01-31."),
    ),
    "payments": (
        Column("no", "付款编号", "text", "银行回单号,不能重复。Must be unique."),
        Column("contract", "合同编号", "text", "contracts 表中的编号。A number of the sheet contracts."),
        Column("invoice", "发票号码", "text", "没有发票的预付款留空。Empty for an advance."),
        Column("payer", "付款方", "text", "申报单位或共同投资单位。The applicant or a co-investor."),
        Column("payee", "收款方", "text", "与开票方一致。The issuer of the invoice."),
        Column("amount", "付款金额(元)", "money", "大于零,至多两位小数。More than 0, two decimals."),
        Column("paid_on", "付款日期", "date", "如 2026-01-31。Such as 2026-01-31."),
    ),
}


def write_template(path: Path, rules: LedgerRules, rows: Rows | None = None) -> None:
    """A workbook to fill in: a sheet for each table, with choices, checks and notes; rows: what stands there already.

    Amounts are written as text, so that they come back digit by digit.
    """
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": "投资明细 Investment ledger", "created": MADE})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EDF3", "border": 1})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "category": book.add_format({"num_format": "@"}),
        "money": book.add_format({"num_format": "0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    options = {code: f"{code} {named.name.zh}" for code, named in rules.categories.items()}
    choices = list(options.values())
    for name, columns in SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write(0, at, f"{column.head} {column.field}", head)
            sheet.write_comment(0, at, column.note)
            sheet.set_column(at, at, 26, formats[column.kind])
            if check := _check(column.kind, len(choices)):
                sheet.data_validation(1, at, LINES, at, check)
            for line, row in enumerate((rows or {}).get(name, ()), 1):
                value = row.get(column.field)
                shown = options.get(str(value), value) if column.kind == "category" else value
                sheet.write_string(line, at, "" if shown is None else str(shown), formats[column.kind])
    listed = book.add_worksheet("支出类别")
    listed.write_column(0, 0, choices)
    listed.set_column(0, 0, 60)
    book.close()


def _check(kind: str, choices: int) -> dict[str, object] | None:
    if kind == "category":
        return {"validate": "list", "source": f"='支出类别'!$A$1:$A${choices}"}
    if kind == "money":
        return {"validate": "decimal", "criteria": ">", "value": 0}
    if kind == "date":
        return {"validate": "date", "criteria": ">", "value": datetime(2000, 1, 1)}  # noqa: DTZ001 - a cell has no zone
    return None


def read_sheets(path: Path) -> dict[str, dict[int, Json]]:
    """table -> line of its sheet -> the row as it stands in an application file. Raises BadInput."""
    _guard(path)
    try:
        book = fastexcel.read_excel(path)
        return {name: dict(_rows(book, path, name)) for name in SHEETS}
    except fastexcel.FastExcelError as error:
        raise BadInput(
            [Problem(path.name, None, "", str(error), "应为投资明细的工作簿", "a workbook of the ledger is due")]
        ) from error


def _guard(path: Path) -> None:
    try:
        with ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except BadZipFile as error:
        raise BadInput([Problem(path.name, None, "", "", "应为 xlsx 文件", "an xlsx file is due")]) from error
    if size > MOST_BYTES:
        raise BadInput(
            [Problem(path.name, None, "", str(size), f"解压后不得超过 {MOST_BYTES} 字节", "too big once unpacked")]
        )


def at_cells(problems: Iterable[Problem], sheets: Mapping[str, Mapping[int, Json]]) -> list[Problem]:
    """Problems of rows that were read from sheets, told by line and cell: B3 支出类别 category."""
    told = []
    for problem in problems:
        columns = [column.field for column in SHEETS.get(problem.table, ())]
        if problem.row and problem.column in columns:
            line, at = list(sheets[problem.table])[problem.row - 1], columns.index(problem.column)
            head = SHEETS[problem.table][at].head
            problem = replace(problem, row=line, column=f"{LETTERS[at]}{line} {head} {problem.column}")
        told.append(problem)
    return told


def _rows(book: fastexcel.ExcelReader, path: Path, name: str) -> Iterator[tuple[int, Json]]:
    if name not in book.sheet_names:
        raise BadInput([Problem(path.name, None, "", name, f"缺少工作表 {name}", f"the sheet {name} is missing")])
    frame = book.load_sheet(name, dtypes="string").to_polars()
    fields = {head: head.split()[-1] for head in frame.columns if head.strip()}
    kinds = {column.field: column.kind for column in SHEETS[name]}
    missing = [field for field in kinds if field not in fields.values()]
    if missing:
        raise BadInput(
            Problem(f"{path.name} {name}", 1, field, "", "缺少这一列", "this column is missing") for field in missing
        )
    for line, row in enumerate(frame.iter_rows(named=True), FIRST_LINE):
        if any(row[head] for head in fields):
            yield line, {field: _cell(kinds.get(field, "text"), row[head]) for head, field in fields.items()}


def _cell(kind: str, value: str | None) -> str | None:
    """A cell as the application file writes it; the choice "design 项目设计" is design."""
    if value is None or not value.strip():
        return None
    value = value.strip()
    if kind == "category":
        return value.split()[0]
    return value.split(" ")[0].split("T")[0] if kind == "date" else value
