"""What is asked next, and what need not be asked; what would change an answer; what if a number were another."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongbao.kernel.problem import BadInput
from gongbao.support.rules.amounts import Added, Share
from gongbao.support.rules.answers import Match, Profile, Project, match_profile
from gongbao.support.rules.finding import Filters, find
from gongbao.support.rules.programme import Catalogue
from gongbao.support.rules.questions import Question, open_questions
from gongbao.support.rules.trying import numbers, programme_with, table_with
from gongbao.support.rules.turning import hurdles, next_step

ON = date(2026, 8, 1)
Ask = Callable[..., Match]


def asked(catalogue: Catalogue, profile: Profile, *not_known: tuple[str | None, str]) -> tuple[Question, ...]:
    return open_questions(match_profile(profile, catalogue, ON), profile, not_known)


def test_the_first_question_tells_most_measures_apart(catalogue: Catalogue) -> None:
    first, second, third = asked(catalogue, Profile({}, (Project("p1", "", {}),)))[:3]
    assert [one.key for one in (first, second, third)] == [
        ("p1", "project.sectors"),
        (None, "entity.kind"),
        ("p1", "project.directions"),
    ]
    assert len(first.measures) == 34


def test_without_a_project_nothing_is_asked_about_projects(catalogue: Catalogue) -> None:
    assert {one.fact.scope for one in asked(catalogue, Profile({}, ()))} == {"entity"}


def test_what_is_known_or_not_known_is_not_asked_again(catalogue: Catalogue) -> None:
    profile = Profile({"entity.kind": "enterprise"}, ())
    keys = [one.key for one in asked(catalogue, profile, (None, "entity.sectors"))]
    assert (None, "entity.kind") not in keys
    assert (None, "entity.sectors") not in keys


def test_a_refused_measure_asks_nothing(catalogue: Catalogue) -> None:
    nowhere = Profile({"entity.sectors": frozenset[str]()}, ())
    assert asked(catalogue, nowhere) == ()


def test_a_shared_limit_is_asked_for_only_where_two_projects_may_share_it(
    catalogue: Catalogue, example: Callable[[str], dict[str, Any]]
) -> None:
    file = example("auto-5")
    vocabulary = catalogue.vocabulary
    entity = {f"entity.{k}": vocabulary[f"entity.{k}"].read(v) for k, v in file["entity"].items()}
    facts = {
        f"project.{k}": vocabulary[f"project.{k}"].read(v) for k, v in file["project"].items() if k != "platform_id"
    }
    only = catalogue.by_code["auto-5"]
    for projects, wanted in ((1, 0), (2, 2)):
        profile = Profile(entity, tuple(Project(f"p{at}", "", facts) for at in range(projects)))
        matches = [match for match in match_profile(profile, catalogue, ON) if match.measure == only]
        assert {match.status for match in matches} == {"eligible"}
        keys = [one.key for one in open_questions(matches, profile, ())]
        assert len(keys) == wanted
        assert all(name == "project.platform_id" for _, name in keys)


def test_more_answers_never_open_a_question_that_was_closed(
    catalogue: Catalogue, example: Callable[[str], dict[str, Any]]
) -> None:
    """Answering what is asked, in order, always comes to an end."""
    profile, seen = Profile({}, (Project("p1", "", {}),)), list[tuple[str | None, str]]()
    while questions := open_questions(match_profile(profile, catalogue, ON), profile, seen):
        assert questions[0].key not in seen
        seen.append(questions[0].key)
        if len(seen) > 15:
            break
    assert len(set(seen)) == len(seen)


def test_what_stands_in_the_way_is_named_with_its_fact(ask: Ask) -> None:
    (only,) = hurdles(ask("debut_centre", {"project.debut_events": 4}))
    assert only.condition is not None
    assert (only.condition.fact.name, only.because.cite) == ("project.debut_events", "京商消二字〔2026〕3号 二（二）1")
    (closed,) = hurdles(ask("debut_centre", on=date(2028, 1, 1)))
    assert closed.condition is None
    assert hurdles(ask("debut_centre")) == ()


@pytest.mark.parametrize(("events", "more"), [(5, "10 events"), (9, "10 events"), (10, None), (11, None)])
def test_the_next_step_is_named_below_it_and_not_on_it(
    ask: Ask, catalogue: Catalogue, events: int, more: str | None
) -> None:
    match = ask("debut_centre", {"project.debut_events": events})
    step = next_step(match, {"project.debut_events": events})
    assert (step is None) == (more is None)
    if step and more:
        assert more in step.en


def test_a_refused_measure_has_no_next_step(ask: Ask) -> None:
    assert next_step(ask("debut_centre", {"project.debut_events": 4}), {"project.debut_events": 4}) is None


def test_a_latin_word_is_found_at_the_beginning_of_words_alone(catalogue: Catalogue) -> None:
    found = [measure.code for measure in find(catalogue, "ip", Filters(), ON)]
    assert "ip_store" in found
    assert "auto-1a" not in found


def test_every_number_of_every_rule_can_be_tried_and_unchanged_ones_give_the_same(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes:
        tables = {m.code: table_with(m.amount, {n.path: n.value for n in numbers(m.amount)}) for m in programme.measures
                  if m.amount}  # fmt: skip
        assert programme_with(programme, tables, catalogue.vocabulary) == programme


@pytest.mark.parametrize(
    ("rate", "sound"), [("0.9999", True), ("1", True), ("1.0001", False), ("0", False), ("x", False)]
)
def test_a_rate_is_tried_up_to_one(catalogue: Catalogue, rate: str, sound: bool) -> None:
    measure = catalogue.by_code["auto-5"]
    assert isinstance(measure.amount, Share)
    tables = {"auto-5": table_with(measure.amount, {"rate": rate})}
    programme = catalogue.programme_of["auto-5"]
    if sound:
        tried = next(m for m in programme_with(programme, tables, catalogue.vocabulary).measures if m.code == "auto-5")
        assert isinstance(tried.amount, Share)
        assert tried.amount.rate == int(float(rate) * 10_000)
        return
    with pytest.raises(BadInput) as refused:
        programme_with(programme, tables, catalogue.vocabulary)
    assert {problem.column for problem in refused.value.problems} == {"auto-5"}


def test_a_limit_can_be_taken_away_and_a_level_can_be_given_another_sum(catalogue: Catalogue) -> None:
    measure = catalogue.by_code["energy-8"]
    assert isinstance(measure.amount, Added)
    first = next(number for number in numbers(measure.amount) if number.path.startswith("yuan."))
    table = table_with(measure.amount, {first.path: "123.45", "cap": ""})
    programme = programme_with(catalogue.programme_of["energy-8"], {"energy-8": table}, catalogue.vocabulary)
    amount = next(one.amount for one in programme.measures if one.code == "energy-8")
    assert isinstance(amount, Added)
    assert amount.cap is None
    assert dict(amount.levels)[first.path.removeprefix("yuan.")] == 12345
