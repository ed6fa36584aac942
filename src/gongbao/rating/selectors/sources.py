"""How collecting goes: completeness, timeliness and accuracy of every source, and progress by district and street."""

from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle


@dataclass(frozen=True)
class SourceProgress:
    """expected, delivered: units of the source (enterprises, months, projects, …); expected None: cannot be known.
    deadline: its last day; late: rows that came after it; corrected: rows that were ended by a later correction."""

    source: str
    name: Text
    unit: Text
    expected: int | None
    delivered: int
    deadline: date
    last_on: date | None
    late: int
    corrected: int

    @property
    def missing(self) -> int:
        raise NotImplementedError


@dataclass(frozen=True)
class PlaceProgress:
    """projects: that a sheet is due for; signed, drafted: sheets; disclosed: disclosures verified; waiting: declarations."""

    place: str
    projects: int
    signed: int
    drafted: int
    disclosed: int
    waiting: int


def source_progress(cycle: RatingCycle) -> list[SourceProgress]:
    raise NotImplementedError


def district_progress(cycle: RatingCycle) -> list[PlaceProgress]:
    raise NotImplementedError


def street_progress(cycle: RatingCycle, district: str) -> list[PlaceProgress]:
    raise NotImplementedError
