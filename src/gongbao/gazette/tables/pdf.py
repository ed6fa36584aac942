"""The text layer of a PDF as lines, so that it goes the way of every other text."""

from itertools import pairwise
from typing import NamedTuple

import pypdfium2

START = b"%PDF-"
_TAB_GAP = 1.5  # of the height of the characters; wider gaps divide the cells of a row
_FEWEST_CELLS = 3  # two pieces with a gap between are a title or a date, not a row


class _Piece(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float
    text: str


def pdf_text(content: bytes) -> str:
    """The lines of all pages; "" for a PDF without a text layer. Raises ValueError for a file that cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        return "\n".join(_page_text(page) for page in document)
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    """The lines of a page from top to bottom, wide gaps of a table row as tabs."""
    layer = page.get_textpage()
    pieces = []
    for at in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(at)
        pieces.append(_Piece(left, bottom, right, top, layer.get_text_bounded(left, bottom, right, top).strip()))
    layer.close()
    lines: list[list[_Piece]] = []
    for piece in pieces:
        line = next((line for line in lines if _same_line(line[0], piece)), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    lines.sort(key=lambda line: -line[0].top)
    return "\n".join(_line_text(sorted(line)) for line in lines)


def _same_line(one: _Piece, other: _Piece) -> bool:
    middle = (other.bottom + other.top) / 2
    return one.bottom < middle < one.top


def _line_text(pieces: list[_Piece]) -> str:
    cells = [pieces[0].text]
    for before, piece in pairwise(pieces):
        if piece.left - before.right > _TAB_GAP * (piece.top - piece.bottom):
            cells.append(piece.text)
        else:
            cells[-1] += piece.text
    return ("\t" if len(cells) >= _FEWEST_CELLS else " ").join(cells)
