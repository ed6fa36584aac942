"""The two summary tables of the districts (项目申报情况汇总表, 项目申报情况初审汇总表) as workbooks.

京商消二字〔2026〕3号 三 and 四（二） ask for both and print neither form; the columns are those that the review itself
needs, and the head says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import MONEY_PLACES

MADE = datetime(2026, 1, 1, tzinfo=UTC)  # the same rows are the same bytes
HINT = "表式未随通知印发,各列由系统列出。The form is not printed with the notice; the columns are our own."
WIDTH = 20


@dataclass(frozen=True)
class Line:
    """An application in the tables. Money in fen, None where nothing is known (yet). share: of paid contracts, "" if
    there is none. reviewed_on: the day of the district's verdict; verdict: its words."""

    number: str
    office: str
    applicant: str
    uscc: str
    project: str
    place: str
    direction: str
    way: str
    applied_on: date | None
    in_use_on: date | None
    investment: int | None
    share: str
    claimed: int | None
    assessed: int | None
    reviewed_on: date | None
    verdict: str


@dataclass(frozen=True)
class Column:
    field: str
    head: Text


APPLIED = (
    Column("number", Text("申报编号", "Number")),
    Column("applicant", Text("申报单位", "Applicant")),
    Column("uscc", Text("统一社会信用代码", "Credit code")),
    Column("project", Text("项目名称", "Project")),
    Column("place", Text("项目地点", "Place")),
    Column("direction", Text("支持方向", "Direction")),
    Column("way", Text("支持方式", "Way")),
    Column("applied_on", Text("申报日期", "Applied on")),
    Column("in_use_on", Text("投入使用日期", "In use on")),
    Column("investment", Text("可计入投资(元)", "Countable investment (yuan)")),
    Column("share", Text("合同支付率", "Paid share")),
    Column("claimed", Text("申请资金(元)", "Claimed (yuan)")),
)
REVIEWED = (
    Column("office", Text("初审单位", "Office of the first review")),
    *APPLIED,
    Column("assessed", Text("初审测算资金(元)", "By the rules (yuan)")),
    Column("reviewed_on", Text("初审日期", "Reviewed on")),
    Column("verdict", Text("初审意见", "Verdict")),
)
TABLES = {
    "applications": (Text("项目申报情况汇总表", "Summary of applications"), APPLIED),
    "first-review": (Text("项目申报情况初审汇总表", "Summary of first reviews"), REVIEWED),
}
MONEY = ("investment", "claimed", "assessed")


def write_summary(kind: str, lines: Iterable[Line]) -> bytes:
    """The workbook of a table ("applications", "first-review"), numbered, in the order of the lines."""
    title, columns = TABLES[kind]
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{title.zh} {title.en}", "created": MADE})
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EDF3", "border": 1})
    formats = {
        "money": book.add_format({"num_format": "#,##0.00", "border": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "border": 1}),
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(title.zh)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write(0, 0, f"{title.zh} {title.en}", bold)
    sheet.write(1, 0, HINT)
    sheet.write_row(2, 0, ["序号 No.", *(f"{column.head.zh} {column.head.en}" for column in columns)], head)
    sheet.set_column(1, len(columns), WIDTH)
    sheet.freeze_panes(3, 0)
    for number, line in enumerate(lines, 1):
        _write(sheet, number, line, columns, formats)
    book.close()
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    line: Line,
    columns: Sequence[Column],
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    row = 2 + number
    sheet.write_number(row, 0, number, formats["text"])
    for at, column in enumerate(columns, 1):
        value = getattr(line, column.field)
        if value is None:
            sheet.write_blank(row, at, None, formats["text"])
        elif isinstance(value, date):
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001 - a cell has no zone
        elif column.field in MONEY:
            sheet.write_number(row, at, float(from_fixed(value, MONEY_PLACES)), formats["money"])
        else:
            sheet.write_string(row, at, str(value), formats["text"])
