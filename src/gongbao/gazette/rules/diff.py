"""What changed between two texts of one document: provisions and table rows added, removed, changed, renumbered."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongbao.gazette.rules.structure import Document, Provision

_WORDS = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_ALIKE = 0.6  # from here on two wordings are one provision that was changed, and not two


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Change:
    """One difference. before, after: citations ("" where there is none); pieces: of its heading and own text."""

    kind: Literal["added", "removed", "changed", "renumbered"]
    before: str
    after: str
    pieces: tuple[Piece, ...]


def diff_documents(old: Document, new: Document) -> tuple[Change, ...]:
    """Every difference in wording, in the order of the new text, removed ones last; () when the texts say the same.

    Pairs are found in this order: the same words at the same place (no change); the same words elsewhere (renumbered);
    like words at the same place (changed); like words elsewhere (renumbered, and changed); the same place at least.
    """
    before, after = _wordings(old), _wordings(new)
    pairs = {cite: cite for cite, words in after.items() if before.get(cite) == words}
    for find in (_identical, _alike_in_place, _alike, _in_place):
        left = {cite: words for cite, words in before.items() if cite not in pairs.values()}
        come = {cite: words for cite, words in after.items() if cite not in pairs}
        pairs |= find(left, come)
    changes = [
        Change(
            _kind(pairs.get(cite, ""), cite),
            pairs.get(cite, ""),
            cite,
            word_pieces(before.get(pairs.get(cite, ""), ""), words),
        )
        for cite, words in after.items()
        if pairs.get(cite) != cite or before[cite] != words
    ]
    removed = [cite for cite in before if cite not in pairs.values()]
    return (*changes, *(Change("removed", cite, "", word_pieces(before[cite], "")) for cite in removed))


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as words that stayed, went and came; a Chinese character is a word, so is a number."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i:j])))
            continue
        if j > i:
            pieces.append(Piece("removed", "".join(before[i:j])))
        if m > k:
            pieces.append(Piece("added", "".join(after[k:m])))
    return tuple(pieces)


def _kind(before: str, after: str) -> Literal["added", "changed", "renumbered"]:
    if not before:
        return "added"
    return "changed" if before == after else "renumbered"


def _wordings(document: Document) -> dict[str, str]:
    """citation -> own words (heading and text, or cells), of everything that has any."""
    found: dict[str, str] = {}

    def collect(provision: Provision) -> None:
        words = "\n".join(part for part in (provision.heading, provision.text) if part)
        if words:
            found[provision.cite] = words
        for child in provision.children:
            collect(child)

    for work in document.works:
        for provision in work.provisions:
            collect(provision)
        for table in work.tables:
            found |= {row.cite: "\t".join(row.cells) for row in table.rows}
    return found


def _identical(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """new citation -> old one with the very same words; the first of several, in order."""
    places: dict[str, list[str]] = {}
    for cite, words in old.items():
        places.setdefault(words, []).append(cite)
    return {cite: places[words].pop(0) for cite, words in new.items() if places.get(words)}


def _alike_in_place(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return {cite: cite for cite, words in new.items() if cite in old and _likeness(old[cite], words) >= _ALIKE}


def _alike(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """The likest pairs first; each citation in one pair only."""
    likeness = [(_likeness(a, b), before, after) for before, a in old.items() for after, b in new.items()]
    pairs: dict[str, str] = {}
    for degree, before, after in sorted(likeness, key=lambda one: -one[0]):
        if degree >= _ALIKE and after not in pairs and before not in pairs.values():
            pairs[after] = before
    return pairs


def _in_place(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return {cite: cite for cite in new if cite in old}


def _likeness(old: str, new: str) -> float:
    """0 … 1, of words in order; cheap bounds first."""
    matcher = SequenceMatcher(None, _WORDS.findall(old), _WORDS.findall(new), autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
