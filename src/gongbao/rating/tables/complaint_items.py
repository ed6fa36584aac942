"""The optional table of single complaints (诉求明细): which of them stand behind a month's count of 12345."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.problem import BadInput, Problem

TABLE = "complaint_items"
COLUMNS = {"reference_no": "诉求编号", "project_id": "项目编号", "received_on": "日期", "concerns": "是否涉及企业"}
WORDS = {"yes": True, "是": True, "no": False, "否": False}
LONGEST = 80  # of a reference number


@dataclass(frozen=True)
class Item:
    """concerns: whether it concerns the property enterprise; only then it counts."""

    reference_no: str
    project_id: str
    received_on: date
    concerns: bool


def read_items(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, heads in English or Chinese. Raises BadInput for one that cannot be read."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        zh, en = "UTF-8 编码的 CSV 文件", "a CSV file in UTF-8"
        raise BadInput([Problem(TABLE, None, "", "", zh, en)]) from None
    meant = {name: name for name in COLUMNS} | {zh: name for name, zh in COLUMNS.items()}
    heads = [meant.get(head.strip(), "") for head in lines[0]] if lines else []
    if sorted(filter(None, heads)) != sorted(COLUMNS):
        zh, en = f"表头:{'、'.join(COLUMNS.values())}", f"the heads {', '.join(COLUMNS)}"
        raise BadInput([Problem(TABLE, 1, "", ",".join(lines[0]) if lines else "", zh, en)])
    return [dict(zip(heads, line, strict=False)) for line in lines[1:] if any(line)]


def check_items(rows: Sequence[Mapping[str, str]], projects: Iterable[str], cycle: Cycle) -> list[Item]:
    """Raises BadInput with everything that is wrong; rows are counted from 2, below the heads."""
    known, seen, problems, items = set(projects), set[str](), list[Problem](), list[Item]()
    for at, row in enumerate(rows, 2):
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        wrong = _wrong(cells, known, seen, cycle)
        problems += [Problem(TABLE, at, name, cells[name], zh, en) for name, zh, en in wrong]
        seen.add(cells["reference_no"])
        if not wrong:
            on = date.fromisoformat(cells["received_on"])
            items.append(Item(cells["reference_no"], cells["project_id"], on, WORDS[cells["concerns"]]))
    if problems or not rows:
        raise BadInput(problems or [Problem(TABLE, None, "", "", "至少一行", "one row at least")])
    return items


def _wrong(cells: Mapping[str, str], known: set[str], seen: set[str], cycle: Cycle) -> list[tuple[str, str, str]]:
    """(column, what was expected in Chinese, in English)."""
    found = []
    number = cells["reference_no"]
    if not number or len(number) > LONGEST or not number.isprintable():
        found.append(("reference_no", f"1 至 {LONGEST} 个字符的编号", f"a number of 1 to {LONGEST} characters"))
    elif number in seen:
        found.append(("reference_no", "不得重复", "a number that does not repeat"))
    if cells["project_id"] not in known:
        found.append(("project_id", "本周期登记在册的项目", "a project on file in the cycle"))
    if not _is_in(cells["received_on"], cycle):
        first, last = cycle.first_day, cycle.last_day
        found.append(("received_on", f"{first} 至 {last} 之间的日期", f"a day from {first} to {last}"))
    if cells["concerns"] not in WORDS:
        found.append(("concerns", "是 或 否", "yes or no"))
    return found


def _is_in(text: str, cycle: Cycle) -> bool:
    try:
        return len(text) == len("2026-01-01") and date.fromisoformat(text) in cycle
    except ValueError:
        return False
