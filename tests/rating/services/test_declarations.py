"""Declarations: district, then city; returned with a reason; nothing enters before it is confirmed."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from tests.rating.small_cycle import CLOSING, COLLECTING, ONE, SmallCity, at, everything

from gongbao.archive.selectors import dossier_entries
from gongbao.documents.access import refusal
from gongbao.documents.selectors import files_of
from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Declaration, Enterprise, Fact
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.cycles import steps_onward
from gongbao.rating.selectors.declarations import declarable, declarations_waiting, review_due
from gongbao.rating.services.declarations import (
    declaration_make,
    declaration_mend,
    declaration_pass,
    declaration_refuse,
    declaration_return,
    declaration_withdraw,
    declarations_pass,
)  # fmt: skip
from gongbao.web.errors import NotAllowed

PROOF = [("证书.txt", "市级荣誉".encode())]
S = Declaration.State


def make(small: SmallCity, who: str = "clerk", **more: Any) -> Declaration:
    given = {"indicator": "honor", "project_id": "P1", "value": "municipal", "proofs": PROOF,
             "occurred_on": date(2026, 4, 1)} | more  # fmt: skip
    return declaration_make(cycle=small.fresh(), uscc=ONE, actor=small.actor(who), now=COLLECTING, **given)


def go(
    small: SmallCity, how: Any, declaration: Declaration, who: str, now: Any = COLLECTING, **more: Any
) -> Declaration:
    return how(declaration=declaration, version=declaration.version, actor=small.actor(who, now), now=now, **more)


def waiting(small: SmallCity, who: str, now: Any = COLLECTING) -> list[Declaration]:
    return list(declarations_waiting(small.fresh(), small.actor(who, now), now))


def test_a_declaration_goes_to_the_district_then_the_city_and_only_then_counts(small: SmallCity) -> None:
    made = make(small)
    assert (waiting(small, "reviewer"), waiting(small, "officer"), waiting(small, "stranger")) == ([made], [], [])
    made = go(small, declaration_pass, made, "reviewer")
    assert (made.state, waiting(small, "reviewer"), waiting(small, "officer")) == (S.DISTRICT, [], [made])
    assert not Fact.objects.filter(indicator="honor").exists()
    made = go(small, declaration_pass, made, "officer")
    fact = Fact.objects.get(indicator="honor")
    assert (made.state, fact.fact_id, fact.level) == (S.CONFIRMED, f"declarations/{made.pk}", "municipal")
    assert fact.delivery.how == "declaration" and fact.delivery.by.username == "officer"
    assert [step.state_after for step in made.steps.all()] == [S.DECLARED, S.DISTRICT, S.CONFIRMED]
    kinds = [entry.kind for entry in dossier_entries(f"enterprise/{ONE}")]
    assert kinds.count("rating.declaration") == 3 and kinds[-2] == "rating.delivered"


def test_an_item_that_nobody_reviews_enters_at_once(small: SmallCity) -> None:
    made = make(small, indicator="fee", value="100.50", reference="100", occurred_on=date(2026, 3, 31))
    assert made.state == S.CONFIRMED and Fact.objects.get(indicator="fee").value == 10050


def test_a_declared_column_becomes_a_new_version_of_the_enterprise(small: SmallCity) -> None:
    made = make(small, indicator="party_org", value="branch", project_id="")
    go(small, declaration_pass, go(small, declaration_pass, made, "reviewer"), "officer")
    versions = Enterprise.objects.filter(uscc=ONE).order_by("pk").values_list("party_org", flat=True)
    assert list(versions) == [None, "branch"]


@pytest.mark.parametrize(
    "more",
    [
        {"indicator": "waste"},  # not declared by enterprises
        {"indicator": "nothing"},
        {"value": "national"},
        {"project_id": ""},
        {"project_id": "P3"},  # somebody else's
        {"proofs": []},
        {"proofs": [("证书.exe", b"MZ")]},
        {"proofs": [("证书.pdf", b"no pdf")]},
        {"occurred_on": date(2025, 12, 31)},
        {"occurred_on": date(2026, 7, 1)},
        {"indicator": "fee", "value": "1", "reference": "1", "occurred_on": date(2026, 4, 1)},  # not the first quarter
        {"indicator": "party_org", "value": ""},
        {"indicator": "party_org", "value": "cell"},
    ],
)
def test_a_declaration_that_is_wrong_leaves_nothing(small: SmallCity, more: dict[str, Any]) -> None:
    seen = everything()
    with pytest.raises(BadInput):
        make(small, **more)
    assert everything() == seen


def test_everything_that_is_wrong_is_told_at_once(small: SmallCity) -> None:
    with pytest.raises(BadInput) as caught:
        make(small, value="", project_id="", proofs=[], occurred_on=date(2026, 7, 1))
    assert {problem.column for problem in caught.value.problems} == {"occurred_on", "proofs", "value", "project_id"}


def test_a_form_sent_twice_declares_once(small: SmallCity) -> None:
    first = make(small, token="t1")
    seen = everything()
    assert make(small, token="t1") == first and everything() == seen


def test_a_returned_one_is_mended_and_goes_round_again(small: SmallCity) -> None:
    made = go(small, declaration_return, make(small), "reviewer", because="缺少盖章页")
    assert waiting(small, "reviewer") == []
    with pytest.raises(BadInput):
        go(small, declaration_mend, made, "clerk", changes={"value": "often"}, proofs=[])
    with pytest.raises(BadInput):
        go(small, declaration_mend, made, "clerk", changes={"uscc": "x"}, proofs=[])
    made.refresh_from_db()
    made = go(small, declaration_mend, made, "clerk", changes={"value": "district"}, proofs=PROOF)
    assert (made.state, made.value, files_of(made.belongs_to).count()) == (S.DECLARED, "district", 2)
    assert made.steps.get(state_after=S.RETURNED).because == "缺少盖章页"


@pytest.mark.parametrize("how", [declaration_return, declaration_refuse])
def test_a_reason_is_asked_for(small: SmallCity, how: Any) -> None:
    made = make(small)
    seen = everything()
    with pytest.raises(BadInput):
        go(small, how, made, "reviewer", because=" ")
    assert everything() == seen


@pytest.mark.parametrize(
    ("who", "how", "error"),
    [
        ("clerk", declaration_pass, NotAllowed),  # nobody reviews her own
        ("rival", declaration_withdraw, Http404),
        ("stranger", declaration_pass, Http404),  # another district
        ("signer", declaration_pass, Http404),
        ("officer", declaration_pass, MoveRefused),  # the district has its time
    ],
)
def test_a_review_that_is_not_due_changes_nothing(small: SmallCity, who: str, how: Any, error: type[Exception]) -> None:
    made = make(small)
    seen = everything()
    with pytest.raises(error):
        go(small, how, made, who)
    assert everything() == seen


def test_the_district_cannot_confirm_and_two_reviewers_do_not_meet(small: SmallCity) -> None:
    made = make(small)
    passed = go(small, declaration_pass, made, "reviewer")
    made.version = 0
    seen = everything()
    with pytest.raises(Stale):
        go(small, declaration_refuse, made, "officer", because="x")
    with pytest.raises(NotAllowed):
        go(small, declaration_pass, passed, "reviewer")
    assert everything() == seen


def test_many_pass_at_once_or_none(small: SmallCity) -> None:
    one, two = make(small), make(small, indicator="media", value="")
    go(small, declaration_withdraw, two, "clerk")
    both = [(one, one.version), (two, two.version + 0)]
    seen = everything()
    with pytest.raises((MoveRefused, Stale)):
        declarations_pass(declarations=both, actor=small.actor("reviewer"), now=COLLECTING)
    assert everything() == seen
    three = make(small, indicator="media", value="")
    three_and_one = [(one, one.version), (three, three.version)]
    assert declarations_pass(declarations=three_and_one, actor=small.actor("reviewer"), now=COLLECTING) == 2


def test_a_silent_district_does_not_hold_the_result_up(small: SmallCity) -> None:
    made = make(small)
    small.close()
    assert review_due(small.fresh()) == date(2026, 7, 11)
    (settle,) = [step for step in steps_onward(small.fresh(), CLOSING) if step.to == "preliminary"]
    assert [lack.code for lack in settle.lacks] == ["reviewed", "run"]
    with pytest.raises(MoveRefused):
        go(small, declaration_pass, made, "officer", at("07-11 23:59:59"))
    assert waiting(small, "officer", at("07-12 00:00:00")) == [made]
    assert go(small, declaration_pass, made, "officer", at("07-12 00:00:00")).state == S.CONFIRMED


def test_a_silent_enterprise_does_not_hold_the_result_up(small: SmallCity) -> None:
    go(small, declaration_return, make(small), "reviewer", because="缺少盖章页")
    small.close()
    small.run(CLOSING)
    (settle,) = [step for step in steps_onward(small.fresh(), CLOSING) if step.to == "preliminary"]
    assert settle.lacks == ()


def test_proofs_are_read_by_the_enterprise_and_its_reviewers_alone(small: SmallCity) -> None:
    key = make(small).belongs_to
    may = {name for name, person in small.people.items() if refusal(person, key) is None}
    assert may == {"clerk", "reviewer", "officer", "second"}
    assert refusal(None, key) is not None


def test_what_enterprises_declare_is_what_the_standard_says(small: SmallCity) -> None:
    codes = [indicator.code for indicator in declarable(small.cycle)]
    assert "honor" in codes and "staff" in codes and "waste" not in codes and "disclosure" not in codes
