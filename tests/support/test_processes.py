"""The tables of the courses: every case comes to an end, whoever falls silent, and nothing passes by silence."""

import pytest

from gongbao.cases.rules.process import CLOCK, Process
from gongbao.cases.rules.walk import check, stuck, walk
from gongbao.cases.tables import find

CODES = ("support_fund", "support_etown", "support_consent", "support_objection", "support_recovery")
PAID = ("tracking", "closed")


@pytest.fixture(params=CODES)
def process(request: pytest.FixtureRequest) -> Process:
    return find(request.param)


def test_from_every_state_an_end_is_reachable_whoever_falls_silent(process: Process) -> None:
    assert check(process) == []
    walked = walk(process)
    assert [silent for silent in ("", *(p.code for p in process.parties)) if stuck(process, walked, silent)] == []


def test_every_move_and_deadline_has_a_clause_or_a_reading(process: Process) -> None:
    bare = [m.code for m in (process.opening, *process.moves) if not (m.cite or m.readings)]
    bare += [d.code for d in process.deadlines if not (d.cite or d.readings)]
    assert bare == []


@pytest.mark.parametrize("code", ["support_fund", "support_etown"])
def test_every_refusal_is_a_paper_that_says_how_to_contest_it(code: str) -> None:
    process = find(code)
    remedies = dict(process.remedies)
    refusals = [move for move in process.moves if move.to == "refused"]
    assert refusals and all("行政复议" in remedies[move.paper] for move in refusals)


@pytest.mark.parametrize("code", ["support_fund", "support_etown"])
def test_the_applicant_can_leave_from_every_state_before_payment(code: str) -> None:
    process = find(code)
    track = process.track("course")
    before = {state.code for state in track.states if not state.end and state.code not in PAID}
    assert set(process.move("course", "withdraw").sources) == before
    assert set(process.move("course", "refuse_false").sources) == before


@pytest.mark.parametrize("code", ["support_fund", "support_etown"])
def test_no_office_passes_anything_by_silence(code: str) -> None:
    """What the clock does: refuse, take the applicant's silence as agreement, end a period. It never moves on for an
    office."""
    process = find(code)
    clock = {move.code for move in process.moves if move.by == (CLOCK,)}
    assert clock <= {
        "refuse_early", "refuse_taken", "hold", "not_chosen", "not_supplied", "no_comment", "notice_over", "close",
    }  # fmt: skip
    of = {process.deadline(move.due).of for move in process.moves if move.due and move.to not in ("payable", "closed")}
    assert of == {"applicant"}


@pytest.mark.parametrize("code", ["support_fund", "support_etown"])
def test_nothing_is_paid_that_was_not_decided_and_on_public_notice(code: str) -> None:
    process = find(code)
    into = {move.code: set(move.sources) for move in process.moves if move.to}
    assert into["pay"] == {"payable", "waiting"}
    assert {m.code for m in process.moves if m.to == "payable"} == {"notice_over", "returned"}
    assert {m.code for m in process.moves if m.to == "notice"} == {"publish"}
    assert into["publish"] == {"decided"} and into["notice_over"] == {"notice"}
