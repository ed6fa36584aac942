"""The double track of joint handling, walked: every state of both tracks, in every order, with each party silent."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

import gongbao
from gongbao.cases.rules.course import Standing, after, beginning, hindrance, legal, over, values
from gongbao.cases.rules.load import load
from gongbao.cases.rules.walk import check, stuck, walk

FILE = Path(gongbao.__file__).parent / "firesafety" / "processes" / "joint.toml"
JOINT = load(tomllib.loads(FILE.read_text()), FILE.name)
WALK = walk(JOINT)


def play(matter: str, steps: Iterable[str], scope: str = "both") -> dict[str, str]:
    """What the case reads after the steps "track.move" ("… choice=value"), made one after the other with everything
    that happens at once in between. A step that is not legal fails the test with the reason."""
    standing = settle(beginning(JOINT, {"matter": matter, "scope": scope}), {})
    for step in steps:
        name, _, chosen = step.partition(" ")
        track, _, code = name.partition(".")
        choice = dict(pair.split("=") for pair in chosen.split())
        move = JOINT.move(track, code)
        assert (why := hindrance(JOINT, standing, move)) is None, f"{step}: {why}"
        standing = settle(after(JOINT, standing, move, {}), choice)
    return values(JOINT, standing) | {"running": " ".join(sorted(standing.running))}


def settle(standing: Standing, chosen: dict[str, str]) -> Standing:
    while (moves := legal(JOINT, standing)) and moves[0].at_once:
        standing = after(JOINT, standing, moves[0], {code: chosen[code] for code in moves[0].takes})
    return standing


def test_every_case_comes_to_an_end() -> None:
    assert check(JOINT) == []


@pytest.mark.parametrize("silent", [party.code for party in JOINT.parties])
def test_an_end_stays_in_reach_when_one_party_never_acts(silent: str) -> None:
    assert stuck(JOINT, WALK, silent) == []


def test_every_pair_of_states_that_the_law_allows_is_walked() -> None:
    pairs = {standing.states[:2] for standing in WALK.edges}
    assert ("drawn", "admitted") in pairs and ("certified", "visited") in pairs and ("remedy", "approved") in pairs
    assert ("ready", "ready") not in {
        s.states[:2] for s, moves in WALK.edges.items() if moves and not moves[0][0].at_once
    }


def test_both_vouchers_bear_the_same_day_and_the_joint_course_begins() -> None:
    waiting = play("acceptance", ["housing.find_ready"])
    assert (waiting["housing"], waiting["fire"]) == ("ready", "received")
    both = play("acceptance", ["housing.find_ready", "fire.find_ready"])
    assert (both["housing"], both["fire"]) == ("admitted", "admitted")
    assert both["running"] == "fire_decision housing_decision"


def test_an_authority_waits_only_to_its_own_fifth_day() -> None:
    alone = play("acceptance", ["housing.find_ready", "fire.ask", "housing.admit_alone"])
    assert (alone["housing"], alone["fire"]) == ("admitted", "supplement")


def test_silence_admits_and_draws_the_filing() -> None:
    drawn = play("filing", ["housing.admit_by_silence drawn=yes"])
    assert drawn["housing"] == "drawn"
    assert play("filing", ["housing.admit_by_silence drawn=no"])["housing"] == "certified"


def test_a_filing_that_is_not_drawn_leaves_the_visit_to_the_fire_authority() -> None:
    end = play(
        "filing",
        [
            "fire.find_ready",
            "housing.find_ready drawn=no",
            "visit.propose",
            "visit.agree",
            "fire.visit",
            "fire.approve",
        ],
    )
    assert (end["housing"], end["fire"], end["visit"]) == ("certified", "approved", "over")


def test_when_one_refuses_the_other_goes_on_the_ordinary_way_with_its_own_period() -> None:
    split = play("acceptance", ["housing.find_ready", "fire.not_admit"])
    assert (split["housing"], split["fire"], split["running"]) == ("ordinary", "not_admitted", "housing_ordinary")
    both = play("acceptance", ["housing.not_admit", "fire.not_admit"])
    assert (both["visit"], both["running"]) == ("over", "")


def test_leaving_joint_handling_is_possible_before_the_visit_and_not_after() -> None:
    start = ["housing.find_ready", "fire.find_ready", "visit.propose", "visit.fix"]
    left = play("acceptance", [*start, "visit.leave"])
    assert (left["housing"], left["fire"], left["running"]) == (
        "ordinary",
        "ordinary",
        "fire_ordinary housing_ordinary",
    )
    with pytest.raises(AssertionError, match="双方都未检查"):
        play("acceptance", [*start, "fire.visit", "visit.leave"])


def test_a_suspension_stops_the_clock_of_that_authority_alone() -> None:
    held = play("acceptance", ["housing.find_ready", "fire.find_ready", "housing.suspend"])
    assert held["running"] == "fire_decision housing_pause"
    resumed = play("acceptance", ["housing.find_ready", "fire.find_ready", "housing.suspend", "housing.resume"])
    assert resumed["running"] == "fire_decision housing_decision"


def test_a_failed_spot_check_is_remedied_in_the_same_filing_without_a_new_draw() -> None:
    steps = [
        "fire.find_ready",
        "housing.find_ready drawn=yes",
        "visit.propose",
        "visit.agree",
        "housing.visit",
        "housing.stop",
    ]
    assert play("filing", steps)["housing"] == "remedy"
    with pytest.raises(AssertionError, match="待复查"):
        play("filing", [*steps, "housing.remedied", "housing.approve"])  # not before it was checked again
    again = play("filing", [*steps, "housing.remedied", "housing.recheck", "housing.approve"])
    assert (again["housing"], again["drawn"]) == ("approved", "yes")
    with pytest.raises(AssertionError, match="属于消防验收"):
        play("filing", [*steps[:-1], "housing.refuse"])


def test_after_silence_admission_can_no_longer_be_refused() -> None:
    with pytest.raises(AssertionError, match="已受理"):
        play("acceptance", ["housing.admit_by_silence", "housing.not_admit"])


def test_an_authority_asks_once_for_everything_that_is_missing() -> None:
    asked = ["housing.ask", "housing.supply"]
    assert play("acceptance", asked)["housing"] == "received"
    with pytest.raises(AssertionError, match="尚未通知过补正"):
        play("acceptance", [*asked, "housing.ask"])
    assert play("acceptance", [*asked, "fire.ask"])["fire"] == "supplement"  # the other still may


def test_what_is_mended_on_the_spot_leaves_the_matter_where_it_is() -> None:
    mended = play("acceptance", ["housing.mend", "housing.mend"])
    assert (mended["housing"], mended["housing_asked"]) == ("received", "no")


def test_one_matter_alone_runs_the_ordinary_way_with_no_joint_visit() -> None:
    start = play("acceptance", [], "fire_only")
    assert (start["housing"], start["fire"], start["running"]) == ("not_applied", "received", "fire_admission")
    alone = play("acceptance", ["fire.find_ready"], "fire_only")
    assert (alone["fire"], alone["visit"], alone["running"]) == ("ordinary", "over", "fire_ordinary")
    other = play("filing", ["housing.find_ready drawn=no"], "housing_only")
    assert (other["housing"], other["fire"], other["visit"]) == ("certified", "not_applied", "over")


def test_entry_is_barred_at_an_agreed_date_and_not_before() -> None:
    admitted = ["housing.find_ready", "fire.find_ready"]
    with pytest.raises(AssertionError, match="检查时间已定"):
        play("acceptance", [*admitted, "fire.barred"])
    barred = play("acceptance", [*admitted, "visit.propose", "visit.agree", "fire.barred"])
    assert (barred["housing"], barred["fire"], barred["visit"]) == ("admitted", "refused", "fixed")


def test_an_absent_authority_visits_alone_afterwards() -> None:
    start = ["housing.find_ready", "fire.find_ready", "visit.propose", "visit.agree", "fire.visit"]
    one = play("acceptance", start)
    assert (one["housing"], one["fire"], one["visit"]) == ("admitted", "visited", "fixed")
    assert play("acceptance", [*start, "housing.visit"])["visit"] == "over"


def test_a_split_during_a_suspension_waits_for_its_end_and_keeps_it() -> None:
    split = ["housing.find_ready", "fire.find_ready", "housing.suspend", "fire.withdraw"]
    held = play("acceptance", split)
    assert (held["housing"], held["running"]) == ("admitted", "housing_pause")
    on = play("acceptance", [*split, "housing.resume"])
    assert (on["housing"], on["running"]) == ("ordinary", "housing_ordinary")


def test_who_gives_a_re_check_up_ends_the_case_with_the_opinion_that_failed() -> None:
    steps = ["fire.find_ready", "housing.find_ready drawn=yes", "visit.propose", "visit.agree", "housing.visit"]
    for way in (["housing.stop"], ["housing.stop", "housing.remedied"]):
        assert play("filing", [*steps, *way, "housing.give_up"])["housing"] == "refused"


ENDS = {"approved": "意见", "refused": "意见", "not_admitted": "不予受理凭证", "certified": "备案凭证"}
EARLIER_PAPER = {("housing", "give_up")}  # the opinion of the stop before it stands


def test_no_end_is_reached_without_its_paper_and_no_decision_without_acceptance() -> None:
    for move in JOINT.moves:
        if move.to in ENDS and (move.track, move.code) not in EARLIER_PAPER:
            assert ENDS[move.to] in move.paper, move.code
        if move.to in ("approved", "refused", "certified"):
            assert not {"received", "supplement", "ready"} & set(move.sources), move.code
        if move.to == "admitted":
            assert move.paper == "受理凭证", move.code
        assert move.cite or move.readings


def test_every_road_to_a_decision_leads_through_acceptance() -> None:
    """Without the vouchers nothing that was not accepted is decided, whatever the order of acts."""
    for track, number in (("housing", 0), ("fire", 1)):
        before = [s for s in WALK.edges if s.states[number] in ("received", "supplement", "ready")]
        reached = {after_.states[number] for s in before for _, after_ in WALK.edges[s]}
        allowed = {"received", "supplement", "ready", "admitted", "not_admitted", "withdrawn", "not_applied"}
        assert reached <= allowed, track


@pytest.mark.parametrize("silent", [party.code for party in JOINT.parties])
def test_with_one_party_silent_both_matters_can_still_come_to_a_proper_end(silent: str) -> None:
    """From every standing an end is reached by the others: also when each track is looked at by itself."""
    assert stuck(JOINT, WALK, silent) == []
    assert all(moves for standing, moves in WALK.edges.items() if not over(JOINT, standing))
