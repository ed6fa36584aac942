"""The answers to a list of names, as a file."""

from collections.abc import Sequence
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.rules.check import KINDS, Verdict
from gongbao.permits.tables.sheets import save, to_csv, to_xlsx

COLUMNS = ("row", "name", "verdict", "verdict_zh", "verdict_en", "items", "reason_zh", "reason_en", "cite", "similar")
_WIDTHS = (6, 36, 12, 16, 16, 10, 50, 50, 28, 14)


def content(ending: str, verdicts: Sequence[tuple[int | None, Verdict]]) -> bytes:
    """One row for each name that was asked for, as ".csv" or ".xlsx". Raises BadInput for another ending."""
    rows = [
        (
            str(row or ""),
            verdict.name,
            verdict.kind,
            KINDS[verdict.kind].zh,
            KINDS[verdict.kind].en,
            "、".join(map(str, verdict.items)),
            verdict.reason.zh,
            verdict.reason.en,
            verdict.cite,
            "、".join(map(str, verdict.similar)),
        )
        for row, verdict in verdicts
    ]
    if ending == ".csv":
        return to_csv(COLUMNS, rows)
    if ending == ".xlsx":
        return to_xlsx("核对结果", COLUMNS, rows, _WIDTHS)
    raise BadInput([Problem("answers", None, "", ending, "扩展名为 .xlsx 或 .csv", "a file named .xlsx or .csv")])


def write(path: Path, verdicts: Sequence[tuple[int | None, Verdict]]) -> None:
    """The same into a file. Raises BadInput for another ending, or where it cannot be written."""
    save(path, content(path.suffix.lower(), verdicts))
