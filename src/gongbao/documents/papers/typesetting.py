"""Papers as PDF/A: the same data gives the same bytes, and a character that the fonts lack is an error."""

import io
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import segno
import typst

from gongbao.kernel.problem import BadInput, Problem

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"


@dataclass(frozen=True)
class PaperText:
    """What a paper says. rows: label and value; basis: the clause; check: the address at which the code is
    checked, in print and as a QR code."""

    name: str
    number: str
    code: str
    issuer: str
    issued_on: date
    rows: tuple[tuple[str, str], ...]
    basis: str
    check: str


def typeset(paper: PaperText) -> bytes:
    """The paper as a PDF/A-2a. Raises BadInput for characters that the fonts lack, FileNotFoundError for lost fonts."""
    day = paper.issued_on
    data = asdict(paper) | {
        "issued_on": [day.year, day.month, day.day],
        "day": f"{day.year}年{day.month}月{day.day}日",
    }
    picture = io.BytesIO()
    segno.make(paper.check, error="m").save(picture, kind="svg", border=0, xmldecl=False)
    inputs = {"paper": json.dumps(data, ensure_ascii=False), "picture": picture.getvalue().decode()}
    return typeset_form(HERE / "paper.typ", paper.name, day, inputs)


def typeset_form(form: Path, name: str, day: date, inputs: dict[str, str]) -> bytes:
    """A form (typst file) with its inputs as a PDF/A-2a dated on a day; name: what to call it. Raises as typeset."""
    if missing := fonts_missing():
        raise FileNotFoundError(f"fonts of the papers are missing, run make setup: {', '.join(missing)}")
    try:
        made = typst.compile(
            form,
            format="pdf",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["a-2a"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        if absent := re.search(r'the text `"(.+)"` could not be displayed', error.message):
            zh, en = "换用字库中有的字", "a character that the fonts have"
            raise BadInput([Problem(name, None, "", absent[1], zh, en)]) from error
        raise
    assert isinstance(made, bytes)  # noqa: S101 - one PDF was asked for
    return made


def fonts_missing(folder: Path = FONTS, *, read: bool = False) -> list[str]:
    """The font files of fonts.toml that are not in the folder; read: or whose bytes are not those it names."""
    wanted = tomllib.loads((HERE.parent / "fonts.toml").read_text(encoding="utf-8"))

    def sound(name: str) -> bool:
        path = folder / name
        return path.is_file() and (not read or sha256(path.read_bytes()).hexdigest() == wanted[name]["sha256"])

    return [name for name in wanted if not sound(name)]
