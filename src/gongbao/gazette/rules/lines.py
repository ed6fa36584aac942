"""From the raw text of an issue to lines worth reading: markup and scan spaces off, page furniture set aside.

Nothing is thrown away: what is set aside becomes Noise with its line and the reason.
"""

import re
from typing import NamedTuple

from gongbao.gazette.rules.structure import Noise

HAN = "\u3400-\u9fff"
WIDE = HAN + "\u3000-\u303f\uff00-\uffef"  # characters that never need a space beside them
_SPACE = " \t\u00a0\u3000"
_OPERATOR = "*=+×÷<>"
_GAP = re.compile(
    f"(?<=[{WIDE}])[{_SPACE}]+(?=[^{re.escape(_OPERATOR)}])|(?<=[^{re.escape(_OPERATOR)}])[{_SPACE}]+(?=[{WIDE}])"
)
_LISTED = re.compile(f"(?<=[》)）])[{_SPACE}]+(?=《)")  # the end of a line inside a cell: one law, next law
_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|-\s+|\*\s+(?=[A-Z]))|\*\*")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>", re.IGNORECASE)
_RULE = re.compile(r"[\s*_`~=|:-]+")
_PAGE = re.compile(r"[\s·•—–-]*(\d{1,3})[\s·•—–-]*")
_SENSE = re.compile(f"[{HAN}A-Za-z0-9]")


class Line(NamedTuple):
    """no: 1-based in the source; text: without markup, cells still divided by tabs."""

    no: int
    text: str


def tidy(text: str) -> str:
    """Drop the spaces that scanning put between Chinese characters, keep those between foreign words."""
    text = _LISTED.sub("\0", text.strip(_SPACE))
    text = _GAP.sub("", text).replace("\0", " ")
    return re.sub(f"[{_SPACE}]+", " ", text)


def squeeze(text: str) -> str:
    """For comparing titles: no spaces, one kind of brackets and quotes."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("（）〈〉：，", "()《》:,"))


def broken_text(text: str) -> bool:
    """Is the line mostly characters that nobody can read (replacement characters, controls, bare signs)?"""
    lost = sum(c == "\ufffd" or (ord(c) < 32 and c != "\t") for c in text)
    return lost * 3 >= len(text.strip()) or not _SENSE.search(text)


def read_lines(source: str) -> tuple[list[Line], list[Noise]]:
    """The lines of a source that hold something, and the noise among them: markup, pictures, what nobody can read."""
    lines, noise = [], []
    for no, raw in enumerate(re.split(r"\r\n|\r|\n|\f", source.removeprefix("\ufeff")), start=1):
        text = _PICTURE.sub("", raw)
        if not raw.strip():
            continue
        if not text.strip():
            noise.append(Noise(no, raw.strip(), "picture"))
        elif _RULE.fullmatch(text):
            noise.append(Noise(no, raw.strip(), "markup"))
        elif broken_text(text):
            noise.append(Noise(no, raw.strip(), "unreadable"))
        else:
            cleaned = _MARK.sub("", text)
            lines.append(Line(no, cleaned if "\t" in cleaned else cleaned.strip()))
    return lines, noise


def find_masthead(lines: list[Line]) -> str:
    """The name of the gazette, as the first line that is nothing but a name ending in 公报; "" when there is none."""
    return next((name for line in lines[:50] if re.fullmatch(f"[{HAN}]+公报", name := squeeze(line.text))), "")


def drop_furniture(lines: list[Line], masthead: str) -> tuple[list[Line], list[Noise]]:
    """Take out what the page layout repeats: the name of the gazette, page numbers, a number printed twice."""
    kept: list[Line] = []
    noise: list[Noise] = []
    page = ""
    for line in lines:
        number = _PAGE.fullmatch(line.text)
        if masthead and squeeze(line.text) == masthead:
            noise.append(Noise(line.no, line.text, "furniture"))
        elif number:
            noise.append(Noise(line.no, line.text, "repeated" if number[1] == page else "furniture"))
            page = number[1]
        else:
            kept.append(line)
            page = ""
    return kept, noise
