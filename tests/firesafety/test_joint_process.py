"""The double track of joint handling, walked: every state of both tracks, in every order, with each party silent."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

import gongbao
from gongbao.cases.rules.course import Standing, after, beginning, hindrance, legal, values
from gongbao.cases.rules.load import load
from gongbao.cases.rules.walk import check, stuck, walk

FILE = Path(gongbao.__file__).parent / "firesafety" / "processes" / "joint.toml"
JOINT = load(tomllib.loads(FILE.read_text()), FILE.name)
WALK = walk(JOINT)


def play(matter: str, steps: Iterable[str]) -> dict[str, str]:
    """What the case reads after the steps "track.move" ("… choice=value"), made one after the other with everything
    that happens at once in between. A step that is not legal fails the test with the reason."""
    standing = settle(beginning(JOINT, {"matter": matter}), {})
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
    again = play("filing", [*steps, "housing.remedied", "housing.approve"])
    assert (again["housing"], again["drawn"]) == ("approved", "yes")
    with pytest.raises(AssertionError, match="属于消防验收"):
        play("filing", [*steps[:-1], "housing.refuse"])


def test_after_silence_admission_can_no_longer_be_refused() -> None:
    with pytest.raises(AssertionError, match="已受理"):
        play("acceptance", ["housing.admit_by_silence", "housing.not_admit"])
