"""The catalogue of an application's papers (材料目录) as a PDF, in the order in which they are bound.

京商消二字〔2026〕3号 三: papers are bound with glue in the order of a catalogue, sealed on the cover and across the
pages, in three sets, with a PDF beside them; they are not given back.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gongbao.documents.papers.typesetting import typeset_form

FORM = Path(__file__).with_suffix(".typ")
TITLE = "申报材料目录"


def typeset_catalogue(facts: Iterable[tuple[str, str]], lines: Iterable[tuple[str, str, int]], on: date) -> bytes:
    """facts: label and value for the head; lines: name, clause and number of files of each paper.

    Raises BadInput where the fonts lack a character.
    """
    data = {
        "title": TITLE,
        "day": [on.year, on.month, on.day],
        "facts": [list(fact) for fact in facts],
        "lines": [[name, cite, str(files)] for name, cite, files in lines],
    }
    return typeset_form(FORM, TITLE, on, {"data": json.dumps(data, ensure_ascii=False)})
