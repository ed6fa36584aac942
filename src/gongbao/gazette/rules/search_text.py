"""How text is folded for search, and how what was found is shown.

Every letter, digit and Chinese character is a token of its own, so that a phrase of tokens is found wherever its
characters stand side by side: no dictionary decides what a word is. Width, case and accents are folded (ＡＢ = ab,
① = 1), spaces and marks inside a sentence are skipped (scans put them at random), the end of a sentence is a token:
words of two sentences are not side by side. Why so: docs/explanation/search.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

STOP = "¶"  # stands for the end of a sentence or line
_ENDS = frozenset("。！？；!?;\n\r…")
# marks that carry meaning, written full-width so that no engine takes them for punctuation
_KEPT = {"%": "％", "‰": "‰"}
_POINT = "．"


@dataclass(frozen=True)
class Token:
    """A folded character, and where the character it comes from stands (offset in the text)."""

    text: str
    at: int


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt; hit: it is what was searched for."""

    text: str
    hit: bool


@lru_cache(maxsize=20_000)
def _fold(character: str) -> str:
    """Letters and digits of one character, folded; "" for marks and spaces."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_KEPT.get(c, c if unicodedata.category(c)[0] in "LN" else "") for c in folded)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order. Ends of sentences at the beginning and end, and repeated ones, are dropped."""
    found: list[Token] = []
    stop = -1
    for at, character in enumerate(text):
        if character in _ENDS:
            stop = at
            continue
        folded = _POINT if _is_point(text, at) else _fold(character)
        if folded and stop >= 0:
            if found:
                found.append(Token(STOP, stop))
            stop = -1
        found.extend(Token(c, at) for c in folded)
    return found


def _is_point(text: str, at: int) -> bool:
    """A decimal point: 1.5 is not 15."""
    return text[at] in ".．" and 0 < at < len(text) - 1 and text[at - 1].isdecimal() and text[at + 1].isdecimal()


def words(query: str) -> list[str]:
    """What a person typed, cut at spaces; each word is looked for as a phrase. Spaces inside "…" or “…” do not cut.

    Words without a single letter or digit are dropped; words in the folded form, characters unspaced.
    """
    parts = re.findall(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)', query)
    folded = ("".join(token.text for token in tokens(quoted or plain)) for quoted, plain in parts)
    return list(dict.fromkeys(word for word in folded if word))


def hits(text: str, sought: list[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text: offsets (from, to), in order, overlapping ones joined."""
    found = tokens(text)
    line = "".join(token.text for token in found)
    spans = []
    for word in sought:
        start = line.find(word)
        while start >= 0:
            spans.append((found[start].at, found[start + len(word) - 1].at + 1))
            start = line.find(word, start + 1)
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def excerpt(text: str, sought: list[str], around: int = 24) -> tuple[Piece, ...]:
    """The places of a text where the words stand, `around` characters of context on both sides, hits marked.

    Left-out stretches are shown as “…”, ends of lines as spaces. A text in which nothing is found gives its beginning.
    """
    spans = hits(text, sought)
    text = text.replace("\n", " ")
    if not spans:
        return (Piece(text[: 2 * around] + ("…" if len(text) > 2 * around else ""), hit=False),)
    pieces: list[Piece] = []
    at = 0
    for number, (first, last) in enumerate(spans):
        pieces.append(Piece(_between(text[at:first], around, opens=number == 0, closes=False), hit=False))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    pieces.append(Piece(_between(text[at:], around, opens=False, closes=True), hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _between(text: str, around: int, *, opens: bool, closes: bool) -> str:
    """A stretch between hits, shortened to the context that is kept on either side."""
    if len(text) <= around * (1 if opens or closes else 2):
        return text
    before = "" if opens else text[:around]
    after = "" if closes else text[-around:]
    return f"{before}…{after}"
