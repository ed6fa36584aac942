"""A list as a public notice (公示): its rows, what could not be read, and what was corrected."""

import json
from collections.abc import Iterator
from pathlib import Path

from gongbao.documents.papers.typesetting import typeset_form
from gongbao.kernel.problem import BadInput, Problem
from gongbao.permits.rules.forms import correction_text, shown
from gongbao.permits.rules.items import FIELDS, NAMES, Edition
from gongbao.permits.rules.writing import runs
from gongbao.permits.tables.packaged import modes

FORM = Path(__file__).with_suffix(".typ")


def typeset_notice(edition: Edition) -> bytes:
    """The notice as a PDF/A, dated on the day from which the list holds.

    Raises BadInput where no such day is told or the fonts lack a character.
    """
    day = edition.in_force
    if day is None:
        zh, en = "公示稿须有施行日期", "a notice needs the day from which the list holds"
        raise BadInput([Problem("edition", None, "in_force", "", zh, en)])
    data = {
        "title": [edition.title.zh, edition.title.en],
        "cite": edition.cite,
        "day": [day.year, day.month, day.day],
        "counts": [edition.count, len(edition.items), len(edition.missing)],
        "replaces": edition.replaces,
        "missing": [runs(edition.missing), runs(edition.missing, ", ")],
        "heads": [[NAMES[field].zh, NAMES[field].en] for field in ("no", *FIELDS)],
        "rows": list(_rows(edition)),
        "corrections": [
            [str(item.no), *(getattr(correction_text(one), language) for language in ("zh", "en"))]
            for item in edition.items
            for one in item.corrections
        ],
    }
    return typeset_form(FORM, edition.title.zh, day, {"list": json.dumps(data, ensure_ascii=False)})


def _rows(edition: Edition) -> Iterator[list[str]]:
    """Rows in order: seven cells of an item, or one with the numbers of the rows that are missing there.

    The number of a row with corrections bears ※, of one with hints ?.
    """
    for row in edition.rows:
        if isinstance(row, range):
            yield [runs(row)]
            continue
        cells = shown(row, modes())
        mark = "※" * (len(row.hints) < len(row.corrections)) + "?" * bool(row.hints)
        yield [f"{row.no}{mark}", *(cells[field] for field in FIELDS)]
