"""How words are compared: width, spaces, brackets and marks make no other word; every character does."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_BRACKETS = str.maketrans("[]〔〕【】〖〗{}〈〉", "()" * 5 + "《》")
_WIDE = str.maketrans("(),;:!?[]", "（），；：！？［］")
_MARKS = re.compile(r"[、，,。.；;：:·•“”‘’\"'《》()\-—–_/]")


def folded(text: str) -> str:
    """For matching print: NFKC, one kind of brackets, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_BRACKETS))


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """For the same name in another writing: folded, without any mark, small letters."""
    return _MARKS.sub("", folded(name)).casefold()


def wide(text: str) -> str:
    """As a Chinese text is set: full-width brackets and marks, 〔〕 around the year of a document number."""
    text = re.sub(r"[\[(（［〔]\s*(\d{4})\s*[\])）］〕](?=\s*\d+\s*号)", r"〔\1〕", text)
    return text.translate(_WIDE).strip()


def likeness(one: str, other: str) -> int:
    """How alike two names are written, 0–1000: pairs of neighbouring characters in common (Dice), ‰."""
    first, second = _pairs(one), _pairs(other)
    pairs = first.total() + second.total()
    return 2000 * (first & second).total() // pairs if pairs else 0


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(bare(text)))


def runs(numbers: Iterable[int], mark: str = "、") -> str:
    """Numbers with runs drawn together: 4–8、28."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return mark.join(f"{a}–{b}" if a != b else str(a) for a, b in found)
