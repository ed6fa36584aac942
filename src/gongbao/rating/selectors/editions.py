"""The standard that a cycle is scored by."""

from functools import lru_cache

from gongbao.rating.models import RatingCycle
from gongbao.rating.rules.standard import Standard, load_standard

edition_read = lru_cache(maxsize=16)(load_standard)


def edition_of(cycle: RatingCycle) -> Standard:
    """The edition whose text the cycle bears."""
    return edition_read(cycle.standard)
