"""Broken lines joined to paragraphs: a sentence that a page end cuts goes on in the next line."""

import re
from typing import NamedTuple

from gongbao.gazette.rules.lines import Line

_STOPS = "。！？；：!?;:"
_CLOSERS = "”’」』》〉)）]】"
_AFTER_STOP = re.compile(f"[{_STOPS}][(（][^()（）]*[)）][{_STOPS}]?$")
_PAIRS = ("《》", "“”", "「」")


class Paragraph(NamedTuple):
    """The pieces of one paragraph, each with its line in the source."""

    pieces: tuple[Line, ...]

    @property
    def text(self) -> str:
        joined = ""
        for piece in self.pieces:
            words = (
                joined[-1:].isascii()
                and joined[-1:].isalpha()
                and piece.text[:1].isascii()
                and piece.text[:1].isalpha()
            )
            joined += (" " if words else "") + piece.text
        return joined

    def line_at(self, offset: int) -> int:
        """The source line of the character at an offset of the text."""
        end = 0
        for piece in self.pieces:
            end = self.text.index(piece.text, end) + len(piece.text)
            if offset < end:
                return piece.no
        return self.pieces[-1].no


def is_ended(text: str) -> bool:
    """Does a sentence end here? Not while a bracket or quotation mark is open."""
    if not text or any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS):
        return False
    if sum(map(text.count, "(（")) > sum(map(text.count, ")）")):
        return False
    inner = text.rstrip(_CLOSERS)
    return inner[-1:] in _STOPS or bool(_AFTER_STOP.search(text))


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """Paragraphs out of lines that bear no labels."""
    joined: list[Paragraph] = []
    for line in lines:
        if joined and not is_ended(joined[-1].text):
            joined[-1] = Paragraph((*joined[-1].pieces, line))
        else:
            joined.append(Paragraph((line,)))
    return joined
