"""When a document holds: from what it says of itself, and from the documents that replace it."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongbao.gazette.rules.structure import Force

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Validity:
    """begins, ends: first and last day, None where unknown or open. stated: the document itself says when it begins.

    replaced_by: number of the document that ended it, "" where none did.
    """

    begins: date | None
    ends: date | None
    stated: bool
    replaced_by: str = ""

    def holds(self, on: date) -> bool | None:
        """Is it in force on that day? None: the text does not tell."""
        if self.ends is not None and on > self.ends:
            return False
        return None if self.begins is None else on >= self.begins


def validity(force: Force, issued_on: date | None, replaced: tuple[str, date] | None = None) -> Validity:
    """The days of a document. replaced: number and first day of the document that replaces it.

    A document that begins with its publication, or says nothing, begins on the day printed under it (reading I-19).
    A replaced document ends on the day before the other begins, if it has not ended earlier by itself.
    """
    begins = force.begins or issued_on
    stated = force.begins is not None or (force.from_publication and issued_on is not None)
    if replaced and (force.ends is None or replaced[1] <= force.ends):
        return Validity(begins, replaced[1] - _DAY, stated, replaced[0])
    return Validity(begins, force.ends, stated)
