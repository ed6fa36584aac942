"""A match of one profile (申报条件匹配): every measure with its reasons, amount and open questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text
from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.facts import Value, in_order
from gongbao.support.rules.matching import ELIGIBLE, SEPARATOR, STATUS, Matcher, subjects, take
from gongbao.support.rules.programme import Catalogue, Measure

Facts = Mapping[str, Value]  # name of the fact -> value; unknown facts are left out


@dataclass(frozen=True)
class Project:
    """id: unique in the profile. facts: those of scope project."""

    id: str
    name: str
    facts: Facts


@dataclass(frozen=True)
class Profile:
    """An entity with its projects."""

    entity: Facts
    projects: tuple[Project, ...]


@dataclass(frozen=True)
class Because:
    """A condition, its clause, and whether it is met (None: undecided)."""

    text: Text
    cite: str
    met: bool | None


@dataclass(frozen=True)
class Match:
    """A measure for a project (None: for the entity). status: eligible, not_eligible or needs.

    value: fen, None unless eligible with a figure. pool: what its limit is shared by, None where it is its own.
    first_day: the first day on which an application is possible.
    """

    project: str | None
    measure: Measure
    status: str
    value: int | None
    steps: tuple[Text, ...]
    because: tuple[Because, ...]
    needs: tuple[str, ...]
    first_day: date
    pool: str | None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.project, self.measure.code


def match_profile(profile: Profile, catalogue: Catalogue, on: date) -> tuple[Match, ...]:
    """Measures of scope entity once, measures of scope project for each project, in the order of the table."""
    found: dict[str, list[Match]] = {measure.code: [] for measure in catalogue.measures}
    scopes: dict[str, list[tuple[str | None, Facts]]] = {
        "entity": [(None, profile.entity)],
        "project": [(project.id, {**profile.entity, **project.facts}) for project in profile.projects],
    }
    for scope, rows in scopes.items():
        for match in match_subjects(rows, catalogue.of_scope(scope), on):
            found[match.measure.code].append(match)
    return tuple(match for matches in found.values() for match in matches)


def match_subjects(rows: list[tuple[str | None, Facts]], measures: tuple[Measure, ...], on: date) -> list[Match]:
    """Measures for subjects (id of the project, facts), a measure after the other."""
    if not rows or not measures:
        return []
    matcher = Matcher(measures, on)
    facts = in_order(fact for measure in measures for fact in measure.facts)
    tested = matcher.tested(take(subjects(facts, [given for _, given in rows])))
    truth = tested.select(*(matcher.column(condition) for condition in matcher.conditions)).rows(named=True)
    found = []
    for measure in measures:
        answers = matcher.answers(tested, measure).rows(named=True)
        for (project, given), holds, answer in zip(rows, truth, answers, strict=True):
            found.append(_match(measure, project, given, holds, answer, matcher))
    return found


def _match(
    measure: Measure,
    project: str | None,
    given: Facts,
    holds: Mapping[str, bool | None],
    answer: Mapping[str, object],
    matcher: Matcher,
) -> Match:
    status, value, first_day = answer["status"], answer["value"], answer["first_day"]
    eligible = status == ELIGIBLE
    amount, base = measure.amount, measure.base
    shared = given.get(amount.per.name) if amount and amount.per else None
    return Match(
        project=project,
        measure=measure,
        status=STATUS[int(str(status))],
        value=value if isinstance(value, int) else None,
        steps=tuple(amount.explain(given.get(base.name) if base else None)) if amount and eligible else (),
        because=(
            opened(measure, matcher.on),
            *(_because(condition, given, holds[matcher.column(condition)]) for condition in measure.conditions),
        ),
        needs=tuple(str(answer["needs"]).split(SEPARATOR)) if answer["needs"] else (),
        first_day=first_day if isinstance(first_day, date) else measure.window.first,
        pool=None if shared is None else f"{measure.code} {shared}",
    )


def opened(measure: Measure, on: date) -> Because:
    """Whether the document takes applications on the day."""
    window = measure.window
    text = Text(
        f"申报日{on}须在{window.first}至{window.last}之间(均含)",
        f"the day of application, {on}, lies from {window.first} to {window.last}, both included",
    )
    return Because(text, window.cite, window.first <= on <= window.last)


def _because(condition: Condition, given: Facts, met: bool | None) -> Because:
    asked, value = condition.words(), given.get(condition.fact.name)
    if value is None:
        return Because(Text(f"{asked.zh}(尚未填报)", f"{asked.en} (not stated)"), condition.cite, met)
    shown = condition.fact.show(value)
    return Because(Text(f"{asked.zh}(填报:{shown.zh})", f"{asked.en} (stated: {shown.en})"), condition.cite, met)
