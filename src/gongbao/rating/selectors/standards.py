"""The editions of the standard: those that come with the program, and those that cycles are scored by."""

from dataclasses import dataclass

from gongbao.rating.models import RatingCycle
from gongbao.rating.rules.standard import GROUPS, Indicator, Standard
from gongbao.rating.selectors.editions import edition_read
from gongbao.rating.tables.standards import CURRENT, packaged_ids, standard_text

SHORT = 12  # characters of the hash that tell editions apart in addresses


@dataclass(frozen=True)
class Edition:
    """An edition. key: in addresses; text: of its file; cycles: that are scored by it, the newest first."""

    key: str
    text: str
    standard: Standard
    cycles: tuple[RatingCycle, ...]

    @property
    def groups(self) -> list[tuple[str, list[Indicator]]]:
        """The indicators by group, in the order of the standard."""
        return [(group, [i for i in self.standard.indicators if i.group == group]) for group in GROUPS]


def editions_all() -> list[Edition]:
    """The newest first; of those that begin with the same cycle, the packaged one first."""
    cycles = list(RatingCycle.objects.all())
    texts = dict.fromkeys([*map(standard_text, packaged_ids()), *(cycle.standard for cycle in cycles)])
    editions = []
    for text in texts:
        standard, held = edition_read(text), tuple(cycle for cycle in cycles if cycle.standard == text)
        editions.append(Edition(standard.sha256[:SHORT], text, standard, held))
    return sorted(editions, key=lambda edition: edition.standard.first, reverse=True)


def edition_by_key(key: str) -> Edition | None:
    return next((edition for edition in editions_all() if edition.key == key), None)


def edition_current() -> Edition:
    """The one that the newest cycle is scored by; without a cycle the packaged one."""
    newest = RatingCycle.objects.first()
    text = newest.standard if newest else standard_text(CURRENT)
    return next(edition for edition in editions_all() if edition.text == text)
