"""May a place open? Every state of both matters, with a decision that holds and one that does not."""

import itertools

import pytest

from gongbao.firesafety.rules.opening import Stand, may_open

HOUSING = ("received", "admitted", "drawn", "ordinary", "visited", "remedy", "recheck", "approved", "certified",
           "refused", "not_admitted", "withdrawn", "none", "ended")  # fmt: skip
FIRE = ("received", "admitted", "visited", "approved", "refused", "withdrawn", "none", "ended")
YES = Stand("approved", holds=True)


@pytest.mark.parametrize(("housing", "fire"), list(itertools.product(HOUSING, FIRE)))
def test_an_acceptance_opens_only_with_two_consents_that_hold(housing: str, fire: str) -> None:
    both = housing == fire == "approved"
    assert may_open("acceptance", Stand(housing, holds=True), Stand(fire, holds=True)).answer == (
        "yes" if both else "no"
    )
    assert may_open("acceptance", Stand(housing), Stand(fire)).answer == "no"


@pytest.mark.parametrize("state", HOUSING)
def test_a_filing_opens_once_filed_until_its_spot_check_fails(state: str) -> None:
    wanted = "stop" if state in ("remedy", "recheck", "refused") else "no" if state in (
        "received", "admitted", "not_admitted", "withdrawn", "none", "ended") else "yes"  # fmt: skip
    assert may_open("filing", Stand(state, holds=True), YES, filed=True).answer == wanted


@pytest.mark.parametrize("state", ["drawn", "ordinary", "visited", "approved"])
def test_without_a_certificate_nothing_was_filed(state: str) -> None:
    assert may_open("filing", Stand(state), YES, filed=False).answer == "no"


@pytest.mark.parametrize("fire", [one for one in FIRE if one != "approved"])
def test_a_filing_alone_opens_nothing(fire: str) -> None:
    assert may_open("filing", Stand("certified", holds=True), Stand(fire, holds=True), filed=True).answer == "no"


def test_each_matter_gives_its_reason_and_the_clause_stands_beside() -> None:
    found = may_open("acceptance", Stand("refused", holds=True), Stand("refused", holds=True))
    assert [reason.zh for reason in found.reasons] == ["消防验收不合格。", "消防安全检查不同意投入使用、营业。"]
    assert found.cite == "京建法〔2025〕3号 三（一）"
    quiet = may_open("acceptance", Stand("refused"), Stand("refused"))  # not published yet
    assert "不合格" not in quiet.reasons[0].zh and "不同意" not in quiet.reasons[1].zh
