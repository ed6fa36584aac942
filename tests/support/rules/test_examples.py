"""Every example of every measure: limits just below, on and just above, windows on and beside each end, amounts."""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongbao.kernel.fixed import from_fixed
from gongbao.support.rules.amounts import Share, Steps
from gongbao.support.rules.answers import Match
from gongbao.support.rules.conditions import AtLeast, Done, From, Within
from gongbao.support.rules.facts import Fact
from gongbao.support.rules.programme import Catalogue

FILES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code} {case['name']}" for code, case in CASES])
def test_an_example_is_answered_as_worked_out_by_hand(
    code: str, case: dict[str, Any], ask: Callable[..., Match], catalogue: Catalogue
) -> None:
    match = ask(code, case.get("change"), case.get("on"))
    document = catalogue.programme_of[code].document
    assert match.status == case["status"]
    assert (match.value is None) == ("value" not in case)
    if match.value is not None:
        assert from_fixed(match.value, 2) == case["value"]
        assert match.steps
    assert list(match.needs) == case.get("needs", [])
    refused = [because.cite for because in match.because if because.met is False]
    assert (f"{document} {case['cite']}" in refused) if "cite" in case else not refused


def test_every_measure_has_an_example_file(catalogue: Catalogue) -> None:
    assert {path.stem for path in FILES} == set(catalogue.by_code)


def tried(code: str, fact: Fact) -> set[object]:
    """The values of a fact that the examples of a measure try."""
    found = set()
    for of, case in CASES:
        if of == code and (value := case.get("change", {}).get(fact.name)) is not None:
            taken = fact.read(value)
            found.add(taken if not isinstance(taken, frozenset) else tuple(sorted(taken)))
    return found


def test_the_examples_try_every_limit_below_on_and_above(catalogue: Catalogue) -> None:
    missing = []
    for measure in catalogue.measures:
        for condition in measure.conditions:
            wanted: set[object] = set()
            if isinstance(condition, AtLeast):
                wanted = {condition.limit - 1, condition.limit, condition.limit + 1}
            elif isinstance(condition, Within):
                wanted = {condition.first - timedelta(1), condition.last + timedelta(1)}
            elif isinstance(condition, From):
                wanted = {condition.first - timedelta(1), condition.first, condition.first + timedelta(1)}
            elif isinstance(condition, Done):
                wanted = {
                    case["on"] for case in (tomllib.loads(p.read_text()) for p in FILES if p.stem == measure.code)
                }
            if not wanted <= tried(measure.code, condition.fact):
                missing.append((measure.code, condition.words().en))
    assert missing == []


def test_the_examples_try_every_step_and_every_cap_from_both_sides(catalogue: Catalogue) -> None:
    missing = []
    for measure in catalogue.measures:
        amount, wanted = measure.amount, set[object]()
        if isinstance(amount, Steps):
            wanted = {value for at, _ in amount.steps[1:] for value in (at - 1, at, at + 1)}
        elif isinstance(amount, Share) and amount.cap is not None:
            reached = -(-amount.cap * 10_000 // amount.rate)  # the least base that reaches the cap
            wanted = {reached - 1, reached}
        if measure.base and not wanted <= tried(measure.code, measure.base):
            missing.append((measure.code, sorted(map(str, wanted))))
    assert missing == []
