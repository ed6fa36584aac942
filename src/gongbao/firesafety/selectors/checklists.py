"""The checklist of one authority's visit: its points, what was found, what the other authority found."""

from dataclasses import dataclass

from gongbao.firesafety.models import FIRE, HOUSING, Answer, Inspection, Photo, Place
from gongbao.firesafety.rules.checklist import Point, Section, Tally, sections_for, tally
from gongbao.firesafety.selectors.visits import inspection_of
from gongbao.firesafety.tables.guides import packaged_checklist
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Line:
    """A point with what was found there now, and before (in the round before a re-check)."""

    key: str
    point: Point
    answer: Answer | None
    before: Answer | None
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class Checklist:
    """round: of the visit, 1 at first; inspection: None before anything was kept; closed: the visit is recorded."""

    party: str
    round: int
    inspection: Inspection | None
    sections: tuple[tuple[Section, tuple[Line, ...]], ...]
    tally: Tally

    @property
    def closed(self) -> bool:
        return self.inspection is not None and self.inspection.done_at is not None


def checklist_of(place: Place, party: str) -> Checklist:
    """The list of an authority in its latest round. A re-check looks at what was unfit before, and nothing else."""
    inspection = inspection_of(place, party)
    number = inspection.round if inspection else 1
    now = _answers(inspection)
    before = _answers(place.inspections.filter(party=party, round=number - 1).first())
    unfit = {key for key, answer in before.items() if answer.verdict == Answer.Verdict.UNFIT}
    photos = list(inspection.photos.select_related("file")) if inspection else []
    sections = []
    for section in sections_of(place, party):
        points = [point for point in section.points if not unfit or section.key(point) in unfit]
        lines = tuple(
            Line(
                section.key(point),
                point,
                now.get(section.key(point)),
                before.get(section.key(point)),
                tuple(photo for photo in photos if photo.item == section.key(point)),
            )
            for point in points
        )
        if lines:
            sections.append((section, lines))
    asked = tuple(
        Section(s.authority, s.code, s.name, s.cite, tuple(line.point for line in lines)) for s, lines in sections
    )
    counted = tally(asked, {key: (answer.verdict, answer.note) for key, answer in now.items()})
    return Checklist(party, number, inspection, tuple(sections), counted)


def sections_of(place: Place, party: str) -> tuple[Section, ...]:
    return sections_for(packaged_checklist(), party, place.application.matter)


def findings_of(place: Place, party: str) -> list[tuple[Text, Answer]]:
    """What an authority found unfit in its latest round, with the name of the point."""
    inspection = inspection_of(place, party)
    names = {section.key(point): point.name for section in sections_of(place, party) for point in section.points}
    unfit = inspection.answers.filter(verdict=Answer.Verdict.UNFIT, mended_on=None) if inspection else ()
    return [(names[answer.item], answer) for answer in unfit if answer.item in names]


def other(party: str) -> str:
    return FIRE if party == HOUSING else HOUSING


def _answers(inspection: Inspection | None) -> dict[str, Answer]:
    return {answer.item: answer for answer in inspection.answers.all()} if inspection else {}
