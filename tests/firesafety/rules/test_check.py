"""The check before applying: every condition met and failed by each of its answers, and missing answers left open."""

import itertools

import pytest

from gongbao.firesafety.rules.check import Question, check
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.kernel.result import Given, Needs, Refused

QUESTIONS = packaged_guide().questions
FITS = {
    "kind": "hotel",
    "project": "special",
    "way": "ordinary",
    "inspection": "no",
    "ready": "yes",
    "choose": "yes",
}
ENTERTAINMENT = ("screening", "singing", "nightclub", "games", "leisure")


def question(code: str) -> Question:
    return next(one for one in QUESTIONS if one.code == code)


def answers(code: str, value: str) -> dict[str, str]:
    given = {**FITS, code: value}
    return {**given, "inside": "yes"} if given["kind"] in ENTERTAINMENT and code != "inside" else given


FITTING = [
    (one.code, option.code) for one in QUESTIONS if one.code != "inside" for option in one.options if option.fits
]
FAILING = [(one.code, option.code) for one in QUESTIONS for option in one.options if not option.fits]


@pytest.mark.parametrize(("code", "value"), FITTING)
def test_all_conditions_met_is_joint_handling(code: str, value: str) -> None:
    verdict = check(QUESTIONS, answers(code, value))
    assert (verdict.failed, verdict.next) == ((), None)
    assert isinstance(verdict.answer, Given)


@pytest.mark.parametrize(("code", "value"), FAILING)
def test_one_failed_condition_names_itself_its_clause_and_the_ordinary_way(code: str, value: str) -> None:
    given = {**FITS, "kind": "singing"} if code == "inside" else FITS
    verdict = check(QUESTIONS, {**given, code: value})
    assert [one.question.code for one in verdict.failed] == [code]
    assert verdict.next is None
    answer = verdict.answer
    assert isinstance(answer, Refused)
    assert answer.cite == question(code).cite
    option = question(code).option(value)
    assert option is not None and answer.because == option.instead
    assert answer.because.en


@pytest.mark.parametrize(
    ("code", "cite"),
    [
        ("kind", "京建法〔2025〕3号 一"),
        ("inside", "京建法〔2025〕3号 一"),
        ("way", "京建法〔2025〕3号 二（一）"),
        ("inspection", "京建法〔2025〕3号 二（一）"),
        ("ready", "京建法〔2025〕3号 一"),
        ("choose", "京建法〔2025〕3号 一"),
    ],
)
def test_each_condition_stands_on_its_clause(code: str, cite: str) -> None:
    assert question(code).cite == cite


def test_a_special_project_has_an_acceptance_and_another_a_filing() -> None:
    assert check(QUESTIONS, answers("project", "special")).answer == Given("acceptance", "京建法〔2025〕3号 一")
    assert check(QUESTIONS, answers("project", "other")).answer == Given("filing", "京建法〔2025〕3号 一")


def test_only_a_place_of_entertainment_is_asked_whether_it_is_indoors_and_open_to_the_public() -> None:
    for option in question("kind").options:
        asked = [one.question.code for one in check(QUESTIONS, {"kind": option.code}).findings]
        assert ("inside" in asked) == (option.code in ENTERTAINMENT)


@pytest.mark.parametrize("left_out", FITS)
def test_what_is_missing_is_open_and_never_failed(left_out: str) -> None:
    verdict = check(QUESTIONS, {code: value for code, value in FITS.items() if code != left_out})
    assert verdict.answer == Needs((left_out,))
    assert verdict.next and verdict.next.code == left_out


def test_an_answer_that_is_none_of_the_options_counts_as_missing() -> None:
    assert check(QUESTIONS, {**FITS, "way": "by telephone"}).answer == Needs(("way",))


def test_every_combination_is_given_exactly_when_no_condition_failed() -> None:
    by_question = [[option.code for option in one.options] for one in QUESTIONS]
    for combination in itertools.product(*by_question):
        given = dict(zip((one.code for one in QUESTIONS), combination, strict=True))
        verdict = check(QUESTIONS, given)
        bad = [
            one.code
            for one in QUESTIONS
            if not (option := one.option(given[one.code])) or not option.fits
            if one.code != "inside" or given["kind"] in ENTERTAINMENT
        ]
        assert [one.question.code for one in verdict.failed] == bad
        assert isinstance(verdict.answer, Refused if bad else Given)
