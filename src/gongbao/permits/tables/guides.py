"""Service guides from a file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongbao.gazette.rules.entries import Entry, entries, read_file
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.rules.guides import PARTS, Demand, Guide


def read_guides(path: Path) -> list[Guide]:
    """The [[guide]] of a TOML file. Raises BadInput with every problem; what is merely missing is left to findings."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput([Problem(path.name, None, "", str(error), "UTF-8 编码的文件", "a file in UTF-8")]) from error
    problems: list[Problem] = []
    head = read_file(text, path.name, problems)
    head.only("guide")
    guides = [_guide(entry) for entry in entries(head, "guide")]
    if problems:
        raise BadInput(problems)
    return guides


def _guide(entry: Entry) -> Guide:
    entry.only("item", "updated", *PARTS)
    item, updated = entry.fields.get("item"), entry.fields.get("updated")
    if type(item) is not int:
        entry.wrong("item", item, "清单中的序号", "a number of the list")
        item = 0
    if type(updated) is not date:
        entry.wrong("updated", updated, "更新日期，如 2026-01-15", "the day of the last change, such as 2026-01-15")
        updated = date.min
    return Guide(
        item=item,
        updated=updated,
        conditions=tuple(_demands(entry, "conditions")),
        materials=tuple(_demands(entry, "materials")),
        time_limit=_told(entry, "time_limit"),
        fee=_told(entry, "fee"),
        place=_told(entry, "place"),
    )


def _told(entry: Entry, column: str) -> str:
    return entry.word(column) if column in entry.fields else ""


def _demands(entry: Entry, column: str) -> Iterator[Demand]:
    found = entry.fields.get(column, [])
    if not isinstance(found, list) or not all(isinstance(fields, dict) for fields in found):
        entry.wrong(column, found, "{ text, basis } 的列表", "a list of { text, basis }")
        return
    for fields in found:
        demand = Entry(
            entry.file, entry.row, {f"{column}.{name}": value for name, value in fields.items()}, entry.problems
        )
        demand.only(f"{column}.text", f"{column}.basis")
        basis = _told(demand, f"{column}.basis")
        try:
            yield Demand(demand.word(f"{column}.text"), basis and str(parse(basis)))
        except ValueError as error:
            chinese, _, english = str(error).rpartition(" / ")
            demand.wrong(f"{column}.basis", basis, chinese, english)
