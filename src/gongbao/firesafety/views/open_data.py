"""Open data as files."""

import csv
import io
from typing import Any

from django.http import HttpResponse

from gongbao.firesafety.selectors.open_data import Line
from gongbao.web.table import plain


def csv_response(name: str, rows: list[Line]) -> HttpResponse:
    """Lists and objects are written with their parts joined; cells that a spreadsheet would run are quoted."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(heads)
    for row in rows:
        write.writerow([plain(_cell(row.get(head))) for head in heads])
    named = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=named)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return " ".join(f"{key}={inner}" for key, inner in value.items())
    return " ".join(value) if isinstance(value, list) else "" if value is None else value
