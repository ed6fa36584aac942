"""Materials of an application (申报材料): the slots to fill, in the order of the document.

京商消二字〔2026〕3号 三: the papers are bound in the order of a catalogue. A paper that is due for every event or
store has a slot for each of them, those of one event or store together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongbao.support.rules.programme import Material, Measure

PICTURE = "image/"


@dataclass(frozen=True)
class Slot:
    """A place for a paper. of: number of the event or store as text, "" for the project as a whole."""

    material: Material
    of: str

    @property
    def key(self) -> tuple[str, str]:
        return self.material.slot, self.of


def slots(measure: Measure, items: int) -> tuple[Slot, ...]:
    """The slots in the order of the catalogue. items: number of events or stores, one at least."""
    found: list[Slot] = []
    for each, materials in groupby(measure.materials, key=lambda material: material.each):
        group = list(materials)
        numbers: Sequence[str] = [str(n) for n in range(1, max(items, 1) + 1)] if each else [""]
        found += [Slot(material, number) for number in numbers for material in group]
    return tuple(found)


def enough(material: Material, kinds: Iterable[str]) -> bool:
    """Whether files of these media types fill its slot: any one file, or as many pictures as are asked for."""
    given = list(kinds)
    return sum(kind.startswith(PICTURE) for kind in given) >= material.pictures if material.pictures else bool(given)


def fits(material: Material, kind: str) -> bool:
    """Whether a file of this media type belongs there."""
    return not material.pictures or kind.startswith(PICTURE)
