"""Lists of names to be checked, and the answers to them."""

from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.tables.sheets import read_rows

HEADS = ("事项名称", "事项", "名称", "服务事项", "name", "item")


def read_names(path: Path) -> list[tuple[int, str]]:
    """Row (as a person counts) and name of every name in a file: .txt one a line, .csv and .xlsx from a column with one
    of the HEADS, or the only column there is. Raises BadInput where no name can be found."""
    rows = [(number, row) for number, row in enumerate(read_rows(path), start=1) if row]
    if rows:
        first = [cell.casefold() for cell in rows[0][1]]
        at = next((first.index(head) for head in HEADS if head in first), None)
        if at is not None:
            rows = rows[1:]
        elif all(len([cell for cell in row if cell]) <= 1 for _, row in rows):
            at = 0
        else:
            expected = (
                f"首行有一列名为 {'、'.join(HEADS)} 之一",
                f"a column named {', '.join(HEADS)} in the first row",
            )
            raise BadInput([Problem(path.name, rows[0][0], "", "、".join(rows[0][1]), *expected)])
        rows = [(number, row) for number, row in rows if at < len(row) and row[at]]
        if rows:
            return [(number, row[at]) for number, row in rows]
    raise BadInput([Problem(path.name, None, "", "", "至少一个事项名称", "at least one name")])
