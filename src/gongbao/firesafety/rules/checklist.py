"""The checklist of a visit: each authority's points, what was found at each, and whether the list is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.text import Text

Found = Literal["fit", "unfit", "not_here"]
FOUND: dict[Found, Text] = {
    "fit": Text("符合", "fit"),
    "unfit": Text("不符合", "unfit"),
    "not_here": Text("不涉及", "does not apply"),
}


@dataclass(frozen=True)
class Point:
    """One thing to look at. code: unique in its section."""

    code: str
    name: Text


@dataclass(frozen=True)
class Section:
    """A heading of the document with the points under it. matter: only where the project has that, "" for both."""

    authority: str
    code: str
    name: Text
    cite: str
    points: tuple[Point, ...]
    matter: str = ""

    def key(self, point: Point) -> str:
        return f"{self.code}.{point.code}"


@dataclass(frozen=True)
class Tally:
    """fit, unfit, not_here: how many points were found so; open: keys of those not looked at; unsaid: keys of those
    found unfit without a word why."""

    fit: int
    unfit: int
    not_here: int
    open: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def done(self) -> bool:
        return not self.open and not self.unsaid


def sections_for(sections: Collection[Section], authority: str, matter: str) -> tuple[Section, ...]:
    return tuple(one for one in sections if one.authority == authority and one.matter in ("", matter))


def keys(sections: Collection[Section]) -> tuple[str, ...]:
    return tuple(section.key(point) for section in sections for point in section.points)


def tally(sections: Collection[Section], answers: Mapping[str, tuple[str, str]]) -> Tally:
    """answers: key → (what was found, note). Answers to points that the list does not have are left out."""
    known = keys(sections)
    found = [answers[key][0] for key in known if key in answers]
    return Tally(
        found.count("fit"),
        found.count("unfit"),
        found.count("not_here"),
        tuple(key for key in known if answers.get(key, ("", ""))[0] not in FOUND),
        tuple(key for key in known if key in answers and answers[key][0] == "unfit" and not answers[key][1].strip()),
    )
