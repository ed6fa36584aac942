"""Names of items: the same in another writing, and a part of a name that lists several things.

律师事务所设立、变更、注销许可 lists 设立, 变更 and 注销, so 律师事务所变更许可 is a part of it: what stands before the
first thing and behind the last belongs to each. Likeness plays no role: a part is spelt out of the name, or it is none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from gongbao.permits.rules.writing import bare, folded

_LISTED = re.compile("、|以及|或者|和|与|及|或")
SHORTEST = 2  # characters of the common beginning or end of a name, where there is one
MOST = 6  # things listed in one name; longer lists are prose


def same_name(one: str, other: str) -> bool:
    """The same characters, whatever width, spaces, brackets and marks."""
    return bool(bare(one)) and bare(one) == bare(other)


def is_part(name: str, whole: str) -> bool:
    """Is a name one, or some but not all, of the things that a listed name spells out?"""
    return "".join(bare(thing) for thing in _LISTED.split(folded(name))) in _parts(whole)


@lru_cache(maxsize=4_000)
def _parts(whole: str) -> frozenset[str]:
    """Every part of a name, bare: the common beginning, some of the listed things in their order, the common end."""
    things = [bare(thing) for thing in _LISTED.split(folded(whole))]
    if not 2 <= len(things) <= MOST or not all(things):
        return frozenset()
    spelt = {
        before + "".join(some) + behind
        for before, listed, behind in _cuts(things)
        for number in range(1, len(listed))
        for some in combinations(listed, number)
    }
    return frozenset(spelt - {"".join(things)})


def _cuts(things: Sequence[str]) -> Iterator[tuple[str, list[str], str]]:
    """The ways to see a common beginning, listed things and a common end, in which the things are of one kind.

    With a common beginning the first must be of a kind with the next; without, all must be of a kind with the first.
    """
    first, last = things[0], things[-1]
    for start, end in product(_common(first), _common(last)):
        listed = [first[start:], *things[1:-1], last[: len(last) - end]]
        alike = [_one_kind(listed[0], other) for other in listed[1:]]
        if alike[0] if start else end and all(alike):
            yield first[:start], listed, last[len(last) - end :]


def _common(thing: str) -> list[int]:
    return [0, *range(SHORTEST, len(thing))]


def _one_kind(one: str, other: str) -> bool:
    """Things that are listed together are as long (设立, 变更), or begin or end alike (麻醉药品, 第一类精神药品)."""
    return len(one) == len(other) or one[:SHORTEST] == other[:SHORTEST] or one[-SHORTEST:] == other[-SHORTEST:]
