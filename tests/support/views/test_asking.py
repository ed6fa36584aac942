"""Several facts in one form: what is filled in becomes JSON, and what is wrong stands at its own question."""

import pytest
from django.http import QueryDict

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.facts import Fact
from gongbao.support.tables.catalogue import catalogue
from gongbao.support.views.asking import LONGEST, NONE, FactForm

FACTS = tuple(catalogue().vocabulary.facts.values())


def first(kind: str) -> Fact:
    return next(fact for fact in FACTS if fact.type == kind)


def filled(fact: Fact, *values: str) -> FactForm:
    data = QueryDict(mutable=True)
    data.setlist(fact.name, list(values))
    return FactForm(data, facts=[fact], known={})


@pytest.mark.parametrize(
    ("kind", "values", "answer"),
    [
        ("bool", ["true"], True),
        ("bool", ["false"], False),
        ("bool", [], None),
        ("choices", [], None),
        ("choices", [NONE], []),
        ("date", ["2026-08-01"], "2026-08-01"),
        ("money", ["1,000,000.00"], "1000000.00"),
        ("money", ["  "], None),
        ("share", ["75%"], "0.75"),
        ("share", ["0.75"], "0.75"),
    ],
)
def test_what_is_filled_in_becomes_json(kind: str, values: list[str], answer: object) -> None:
    fact = first(kind)
    form = filled(fact, *values)
    assert form.is_valid()
    assert form.answers() == {fact.name: answer}
    if answer is not None:
        fact.read(answer)


@pytest.mark.parametrize(("length", "taken"), [(LONGEST - 1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_an_answer_has_a_length(length: int, taken: bool) -> None:
    assert filled(first("text"), "x" * length).is_valid() is taken


def test_an_answer_as_it_stands_is_shown_again() -> None:
    yes, many = first("bool"), first("choices")
    form = FactForm(facts=[yes, many], known={yes.name: False, many.name: []})
    assert (form[yes.name].value(), form[many.name].value()) == ("false", [NONE])


def test_what_is_wrong_stands_at_its_own_question_where_two_have_the_same_last_name() -> None:
    facts = [catalogue().vocabulary[name] for name in ("entity.sectors", "project.sectors")]
    form = FactForm(QueryDict("x=1"), facts=facts, known={})
    assert form.is_valid()
    form.take(BadInput([Problem("entity", None, "sectors", "moon", "应为汽车", "due: cars")]))
    assert list(form.errors) == ["entity.sectors"]
