"""Editions by their name, from a folder, or from a file that was exported."""

import json
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.rules.forms import COLUMNS, from_json, from_table, table, to_json
from gongbao.permits.rules.items import Edition
from gongbao.permits.tables.packaged import modes, packaged_editions, read_folder
from gongbao.permits.tables.sheets import read_rows, to_csv, to_xlsx

_WIDTHS = (8, 6, 18, 36, 60, 18, 30, 20, 20, 40)


def find_edition(name: str) -> Edition:
    """The edition of that name ("2025"; "" is the latest), or the one in a folder or an exported file (.json, .csv,
    .xlsx). Raises BadInput."""
    known = packaged_editions()
    if not name:
        return list(known.values())[-1]
    if name in known:
        return known[name]
    path = Path(name)
    if path.is_dir():
        return read_folder(path)
    if path.is_file():
        return read_edition(path)
    zh, en = f"{'、'.join(known)}，或一个文件夹、文件", f"{', '.join(known)}, or a folder or file"
    raise BadInput([Problem("edition", None, "", name, zh, en)])


def read_edition(path: Path) -> Edition:
    """The edition in an exported file (.json, .csv, .xlsx). Raises BadInput."""
    return _read_json(path) if path.suffix.lower() == ".json" else _read_table(path)


def _read_json(path: Path) -> Edition:
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8-sig")), modes(), path.name)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        zh, en = "由 gongbao permits export --format json 导出的文件", "a file that this command has exported"
        raise BadInput([Problem(path.name, None, "", repr(error), zh, en)]) from error


def _read_table(path: Path) -> Edition:
    rows = [(line, row) for line, row in enumerate(read_rows(path), start=1) if row]
    head = rows[0][1] if rows else []
    if missing := [column for column in COLUMNS if column not in head]:
        zh, en = f"首行应有列 {'、'.join(missing)}", f"the columns {', '.join(missing)} in the first row"
        raise BadInput([Problem(path.name, 1, "", ",".join(head), zh, en)])
    if len(rows) == 1:
        raise BadInput([Problem(path.name, None, "", "", "至少一行事项", "at least one row with an item")])
    cells = [(line, dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=False))) for line, row in rows[1:]]
    return from_table(cells, modes(), path.name)


def as_csv(edition: Edition) -> bytes:
    """Every row that was read, in the columns of the reference."""
    return to_csv(COLUMNS, [tuple(row.values()) for row in table(edition, modes())])


def as_xlsx(edition: Edition) -> bytes:
    """The same as a sheet."""
    rows = [tuple(row.values()) for row in table(edition, modes())]
    return to_xlsx(edition.title.zh, COLUMNS, rows, _WIDTHS)


def as_json(edition: Edition) -> bytes:
    """Everything, what was printed and the gaps included."""
    return (json.dumps(to_json(edition, modes()), ensure_ascii=False, indent=2) + "\n").encode()


def as_pdf(edition: Edition) -> bytes:
    """The public notice."""
    from gongbao.permits.tables.notice import typeset_notice  # only the notice pays for the typesetter

    return typeset_notice(edition)
