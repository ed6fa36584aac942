"""What the result page of the simulator shows: every measure with its reasons, and the best combination."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text
from gongbao.support.rules.answers import Facts, Match
from gongbao.support.rules.combination import Best, Combination, best_combination
from gongbao.support.rules.facts import Fact, Vocabulary, yuan
from gongbao.support.rules.programme import Catalogue, Measure
from gongbao.support.rules.questions import Key
from gongbao.support.rules.turning import Hurdle, hurdles, next_step
from gongbao.support.tables.answers import Answers
from gongbao.support.views import phrases

GROUPS = ("eligible", "needs", "not_eligible")


@dataclass(frozen=True)
class Ask:
    """A fact that can be answered, or answered anew, from the page. key: as the simulator takes it."""

    key: str
    fact: Fact
    project: str = ""
    value: Text | None = None


@dataclass(frozen=True)
class Row:
    """A measure for a project ("" for the entity)."""

    match: Match
    measure: Measure
    programme: Text
    project: str
    amount: Text
    first_day: date
    offices: list[Text]
    papers: list[phrases.Paper]
    needs: list[Ask]
    hurdles: list[tuple[Hurdle, Ask | None]]
    more: Text | None


@dataclass(frozen=True)
class Taken:
    """A row of a combination, in words. by: what stands in its place; difference: what it would cost to take it."""

    project: str
    measure: Measure
    value: Text
    by: tuple[Text, ...] = ()


def outcome(matches: Iterable[Match], answers: Answers, known: Catalogue) -> dict[str, object]:
    """Rows by status, the best combination with the runner-up and why others lost, and the answers given."""
    listed = tuple(matches)
    names = {one.id: one.name or one.id for one in answers.profile.projects}
    given: dict[str | None, Facts] = {
        one.id: {**answers.profile.entity, **one.facts} for one in answers.profile.projects
    }
    given[None] = answers.profile.entity
    rows = [_row(match, known, names, given[match.project]) for match in listed]
    rows.sort(key=lambda row: len(row.needs))  # what one more answer may decide stands first
    best = best_combination(listed, known)
    return {
        "groups": [(kind, phrases.STATUS[kind], [r for r in rows if r.match.status == kind]) for kind in GROUPS],
        "counts": {kind: sum(row.match.status == kind for row in rows) for kind in GROUPS},
        "given": _answers(answers, known.vocabulary, names),
        "projects": answers.profile.projects,
        **_best(best, names),
    }


def _row(match: Match, known: Catalogue, names: Mapping[str, str], given: Facts) -> Row:
    measure = match.measure
    return Row(
        match=match,
        measure=measure,
        programme=known.programme_of[measure.code].name,
        project=names.get(match.project or "", ""),
        amount=phrases.worth(measure, match.value) if match.value is not None else phrases.promised(measure),
        first_day=match.first_day,
        offices=phrases.offices(measure, known),
        papers=[phrases.paper(material) for material in measure.materials],
        needs=[_ask(known.vocabulary[name], match.project) for name in match.needs],
        hurdles=[(one, _ask(one.condition.fact, match.project) if one.condition else None) for one in hurdles(match)],
        more=next_step(match, given),
    )


def _ask(fact: Fact, project: str | None) -> Ask:
    return Ask(f"{project or ''}|{fact.name}" if fact.scope == "project" else f"|{fact.name}", fact)


def _answers(answers: Answers, vocabulary: Vocabulary, names: Mapping[str, str]) -> list[Ask]:
    """Every answer that was given, in the order in which facts are asked; what is not known has no value."""
    profile = answers.profile
    found: dict[Key, Text] = {(None, name): vocabulary[name].show(value) for name, value in profile.entity.items()} | {
        (project.id, name): vocabulary[name].show(value)
        for project in profile.projects
        for name, value in project.facts.items()
    }
    keys = sorted({*found, *answers.trail}, key=lambda key: (key[0] or "", vocabulary[key[1]].place))
    return [
        Ask(f"{project or ''}|{name}", vocabulary[name], names.get(project or "", ""), found.get((project, name)))
        for project, name in keys
    ]


def _best(best: Best, names: Mapping[str, str]) -> dict[str, object]:
    runner_up = best.runner_up
    return {
        "total": yuan(best.chosen.total),
        "chosen": _taken(best.chosen, names),
        "runner_up": _taken(runner_up, names) if runner_up else [],
        "runner_up_total": yuan(runner_up.total) if runner_up else "",
        "loses": yuan(best.chosen.total - runner_up.total) if runner_up else "",
        "lost": [
            Taken(
                names.get(lost.match.project or "", ""),
                lost.match.measure,
                Text(f"{yuan(lost.difference)}元", f"{yuan(lost.difference)} yuan"),
                tuple(dict.fromkeys(row.measure.name for row in lost.by)),
            )
            for lost in best.lost
        ],
    }


def _taken(combination: Combination, names: Mapping[str, str]) -> list[Taken]:
    return [
        Taken(names.get(row.match.project or "", ""), row.match.measure, phrases.worth(row.match.measure, row.value))
        for row in combination.rows
    ]
