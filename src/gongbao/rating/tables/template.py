"""The workbook that is handed out (数据模板): a sheet per table, Chinese heads with notes, and lists to choose from."""

from pathlib import Path
from typing import Any

from gongbao.kernel.fixed import from_fixed
from gongbao.rating.rules.facts import FactShape, NumberShape
from gongbao.rating.tables.columns import Column, Table, contract
from gongbao.rating.tables.sheets import XLSX_ROWS
from gongbao.rating.tables.vocabulary import Vocabulary
from gongbao.rating.tables.writing import BORN

README, LISTS = "说明", "词表"
_TEXT_KINDS = ("uscc", "id", "text", "month", "any")


def write_template(path: Path, vocabulary: Vocabulary, title: str) -> None:
    """Write an empty workbook that, once filled in, `gongbao rate` takes as it is. title: of the standard."""
    import xlsxwriter  # only workbooks pay for it

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": BORN, "title": title})
        formats = {
            "must": book.add_format({"bold": True, "bg_color": "#F6D9B8", "bottom": 1, "text_wrap": True}),
            "may": book.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1, "text_wrap": True}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        _readme(book.add_worksheet(README), vocabulary, title, formats)
        lists = _Lists(vocabulary)
        for table in contract():
            _sheet(book.add_worksheet(table.zh), table, lists, formats)
        lists.write(book.add_worksheet(LISTS))


class _Lists:
    """The words to choose from: one column of the sheet 词表 for each list."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        levels = dict.fromkeys(word for shape in vocabulary.facts.values() for word in shape.levels)
        self.vocabulary, self.levels = vocabulary, tuple(levels)
        self.columns: list[list[str]] = []

    def of(self, column: Column) -> str:
        """The range that holds the words of a column; empty where it has none."""
        words = self.levels if column.kind == "any" and column.name == "value" else self.vocabulary.of(column)
        if not words:
            return ""
        self.columns.append([self.vocabulary.shown(word) for word in words])
        letter = chr(ord("A") + len(self.columns) - 1)
        return f"={LISTS}!${letter}$1:${letter}${len(words)}"

    def write(self, sheet: Any) -> None:
        for place, words in enumerate(self.columns):
            sheet.write_column(0, place, words)
        sheet.hide()


def _sheet(sheet: Any, table: Table, lists: _Lists, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, column in enumerate(table.columns):
        style = "text" if column.kind in _TEXT_KINDS else "date" if column.kind == "date" else None
        sheet.set_column(place, place, max(14, 2 * len(column.zh) + 2), formats.get(style or ""))
        sheet.write_string(0, place, column.zh, formats["must" if column.required else "may"])
        sheet.write_comment(0, place, _note(column), {"x_scale": 2.2, "y_scale": 1.6, "author": "gongbao"})
        source = lists.of(column)
        if source:
            advice = {"validate": "list", "source": source, "ignore_blank": True}
            if column.kind == "any":  # a number may stand here too: offer the words, insist on none
                advice |= {"show_error": False}
            else:
                advice |= {"error_title": "请从列表中选择", "error_message": f"{column.zh}:请从列表中选择。"}
            sheet.data_validation(1, place, XLSX_ROWS - 1, place, advice)


def _note(column: Column) -> str:
    needed = "必填 required" if column.required else "可留空 may be empty"
    example = f"\n例 e.g. {column.example}" if column.example else ""
    return f"{column.about.zh}\n{column.about.en}\n{needed} · {column.name}{example}"


def _readme(sheet: Any, vocabulary: Vocabulary, title: str, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 6, 34)
    sheet.write_string(0, 0, title, formats["title"])
    lines = [
        "逐表填写:橙色表头必填,蓝色可留空;表头上的批注说明含义和例子。日期写作 2026-03-15,月份写作 2026-01。",
        "Fill in each sheet: orange heads are required, blue ones may stay empty; notes on the heads explain them.",
        "填好后运行 gongbao rate 本文件 --cycle 2026H1 --out 结果目录;有错时会另存一份标出错处的副本。",
        "Then run gongbao rate FILE --cycle 2026H1 --out DIR; where something is wrong, a marked copy is written.",
    ]
    for at, line in enumerate(lines, start=1):
        sheet.write_string(at, 0, line)
    at = len(lines) + 2
    for table in contract():
        sheet.write_row(at, 0, [table.zh, table.name, table.about.zh, table.about.en])
        at += 1
    at = _examples(sheet, at + 1, formats)
    heads = [
        "指标 indicator",
        "代码 code",
        "取值 value",
        "对照值 reference",
        "项目编号 project_id",
        "文书编号 document_no",
    ]
    sheet.write_row(at, 0, heads, formats["may"])
    for code, shape in vocabulary.facts.items():
        at += 1
        sheet.write_row(at, 0, [vocabulary.names.get(code, code), code, *_carries(shape, vocabulary)], formats["plain"])


def _examples(sheet: Any, at: int, formats: dict[str, Any]) -> int:
    """One example row of each table, column by column: 示例, made up."""
    for table in contract():
        sheet.write_row(at, 0, [f"示例 {table.zh}", *(column.zh for column in table.columns)], formats["may"])
        sheet.write_row(at + 1, 0, ["(虚构 made up)", *(column.example for column in table.columns)], formats["plain"])
        at += 3
    return at


def _carries(shape: FactShape, vocabulary: Vocabulary) -> list[str]:
    levels = " · ".join(f"{vocabulary.shown(word)}" for word in shape.levels)
    return [
        levels or _number(shape.value),
        _number(shape.reference),
        "必填 required" if shape.project else "可留空 may be empty",
        "必填 required" if shape.document else "可留空 may be empty",
    ]


def _number(shape: NumberShape | None) -> str:
    if shape is None:
        return "空 empty"
    low = "" if shape.minimum is None else from_fixed(shape.minimum, shape.decimals)
    high = "" if shape.maximum is None else from_fixed(shape.maximum, shape.decimals)
    places = "整数 whole" if not shape.decimals else f"≤ {shape.decimals} 位小数 decimals"
    return f"{places} {low}…{high}" + (" ≤ 对照值 reference" if shape.at_most_reference else "")
