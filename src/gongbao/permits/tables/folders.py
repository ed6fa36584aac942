"""A list read from an issue, written as the folder of an edition."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from gongbao.gazette.rules.structure import Issue
from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.rules.editions import Head, Row, build
from gongbao.permits.rules.items import FIELDS, Correction, Edition
from gongbao.permits.rules.printed import printed_lists
from gongbao.permits.tables.packaged import CORRECTION, modes


def write(folder: Path, issue: Issue, source: str) -> Edition:
    """Write edition.toml and items.csv into a new folder and give back the edition.

    Raises BadInput, and writes nothing, where the issue holds no such list or several, a row cannot be read, or there
    is something at the folder's place.
    """
    lists = list(printed_lists(issue))
    problems = []
    if len(lists) != 1:
        zh, en = "恰有一份行政许可事项清单", "exactly one list of administrative permits"
        problems.append(Problem(source, None, "", str(len(lists)), zh, en))
    if folder.exists():
        problems.append(
            Problem(str(folder), None, "", str(folder), "尚不存在的文件夹", "a folder that is not there yet")
        )
    if problems:
        raise BadInput(problems)
    head, rows = lists[0].head, lists[0].rows
    edition = build(head, rows, (), modes(), source)
    folder.mkdir(parents=True)
    (folder / "edition.toml").write_text(_toml(head), encoding="utf-8")
    (folder / "items.csv").write_text(items_csv(rows), encoding="utf-8")
    return edition


def items_csv(rows: tuple[Row, ...]) -> str:
    """Rows as items.csv holds them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("no", *FIELDS), *((str(row.no), *row.cells) for row in rows)])
    return out.getvalue()


def _toml(head: Head) -> str:
    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [f"{name} = {text(getattr(head, name))}" for name in ("edition", "cite", "list", "rule")]
    lines.append(f"title = {{ zh = {text(head.title.zh)}, en = {text(head.title.en)} }}")
    lines += [f"in_force = {head.in_force.isoformat()}"] if head.in_force else []
    lines += [f"replaces = {text(head.replaces)}"] if head.replaces else []
    lines.append(f"count = {head.count}")
    return "\n".join(lines) + "\n"


def corrections_csv(corrections: Iterable[Correction]) -> str:
    """Corrections as corrections.csv holds them."""
    out = io.StringIO()
    rows = ((c.no, c.field, c.printed, c.corrected, c.confidence, c.reason.zh, c.reason.en) for c in corrections)
    csv.writer(out, lineterminator="\n").writerows([CORRECTION, *rows])
    return out.getvalue()
