"""The next question (下一个问题): of all that is still undecided, what to ask first, and what need not be asked at all.

A fact is asked only while a measure is undecided without it. What tells measures apart (which sector, which direction)
comes first, the most measures before fewer; everything else comes in the order in which facts are asked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gongbao.support.rules.answers import Match, Profile
from gongbao.support.rules.conditions import Has, In, InOrReview, Lacks
from gongbao.support.rules.facts import Fact
from gongbao.support.rules.programme import Measure

Key = tuple[str | None, str]  # id of the project, None for the entity; name of the fact


@dataclass(frozen=True)
class Question:
    """A fact to ask of a project (None: of the entity). measures: those that are undecided without it."""

    project: str | None
    fact: Fact
    measures: tuple[Measure, ...]

    @property
    def key(self) -> Key:
        return self.project, self.fact.name


def open_questions(matches: Iterable[Match], profile: Profile, asked: Collection[Key]) -> tuple[Question, ...]:
    """What would still decide something, the next question first. asked: answered with "I don't know" too."""
    found: dict[Key, dict[str, Measure]] = {}
    facts: dict[str, Fact] = {}
    answered = _answered(profile) | set(asked)
    for match in _undecided(matches):
        facts |= {fact.name: fact for fact in match.measure.facts}
        for name in match.needs or (_shared(match.measure),):
            key = (match.project if facts[name].scope == "project" else None, name)
            if key not in answered:
                found.setdefault(key, {})[match.measure.code] = match.measure
    places: Mapping[str | None, int] = {project.id: place for place, project in enumerate(profile.projects, 1)}
    questions = [Question(project, facts[name], tuple(by.values())) for (project, name), by in found.items()]

    def order(question: Question) -> tuple[int, int, int, int]:
        steers = _steers(question)
        rows = -len(question.measures) if steers else 0
        return not steers, rows, places.get(question.project, 0), question.fact.place

    return tuple(sorted(questions, key=order))


def _undecided(matches: Iterable[Match]) -> list[Match]:
    """Rows that need facts, and eligible rows of several projects that may share a limit."""
    listed = list(matches)
    sharing = [match.measure.code for match in listed if match.status == "eligible" and _shared(match.measure)]
    return [
        match
        for match in listed
        if match.status == "needs" or (match.status == "eligible" and sharing.count(match.measure.code) > 1)
    ]


def _shared(measure: Measure) -> str:
    """The fact that names what several projects share; "" where nothing is shared."""
    return measure.amount.per.name if measure.amount and measure.amount.per else ""


def _answered(profile: Profile) -> set[Key]:
    known: set[Key] = {(None, name) for name in profile.entity}
    return known | {(project.id, name) for project in profile.projects for name in project.facts}


def _steers(question: Question) -> bool:
    """Whether its options lead to different measures."""
    kinds = Has, In, InOrReview
    wanted = {
        condition.codes
        for measure in question.measures
        for condition in measure.conditions
        if condition.fact == question.fact and isinstance(condition, kinds) and not isinstance(condition, Lacks)
    }
    return len(wanted) > 1
