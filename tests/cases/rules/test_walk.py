"""The walk finds what would leave a case stuck."""

import tomllib
from typing import Any

from gongbao.cases.rules.load import load
from gongbao.cases.rules.process import Process
from gongbao.cases.rules.walk import check, walk

HEAD = """
code = "p"
edition = 2026-01-01
name = { zh = "甲", en = "p" }
law = "京建法〔2025〕2号"
party.a = { name = { zh = "甲", en = "a" }, roles = ["r"] }
party.b = { name = { zh = "乙", en = "b" }, roles = ["r"] }
[track.t]
name = { zh = "轨", en = "t" }
authority = "b"
state.one = { zh = "一", en = "one" }
state.two = { zh = "二", en = "two" }
state.end = { zh = "终", en = "end", end = true }
[field.luck]
name = { zh = "签", en = "luck" }
kind = "choice"
values.open = { zh = "未", en = "open" }
values.good = { zh = "上", en = "good" }
values.bad = { zh = "下", en = "bad" }
[condition.lucky]
name = { zh = "上签", en = "lucky" }
all = ["luck: good"]
[condition.undecided]
name = { zh = "未抽", en = "undecided" }
all = ["luck: open"]
[deadline.d]
name = { zh = "期", en = "d" }
of = "b"
workdays = 5
during = ["two"]
readings = ["I-1"]
[opening]
name = { zh = "开", en = "open" }
by = "a"
readings = ["I-1"]
"""
GO = {"track": "t", "code": "go", "from": "one", "to": "two", "by": "a", "starts": "d"}
FINISH = {"track": "t", "code": "finish", "from": "two", "to": "end", "by": "b"}
LAPSE = {"track": "t", "code": "lapse", "from": "two", "to": "end", "by": "clock", "due": "d"}
STOP = {"track": "t", "code": "stop", "from": "one", "to": "end", "by": "b"}


def table(*moves: dict[str, Any]) -> Process:
    raw = tomllib.loads(HEAD)
    raw["move"] = [{"name": {"zh": "步", "en": "step"}, "readings": ["I-1"], **move} for move in moves]
    return load(raw, "p.toml")


def found(*moves: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(problem.column, problem.value, problem.expected_en) for problem in check(table(*moves))]


def test_a_table_that_always_comes_to_an_end_passes() -> None:
    assert found(GO, FINISH, LAPSE, STOP) == []


def test_a_party_that_falls_silent_and_holds_everybody_up_is_named() -> None:
    assert found(GO, FINISH, STOP) == [("move", "one", "no end can be reached when 'b' never acts (2 standings)")]
    assert found(GO, FINISH, LAPSE) == [("move", "one", "no end can be reached when 'a' never acts (1 standings)")]


def test_a_state_without_a_way_in_and_a_move_that_is_never_possible_are_named() -> None:
    problems = found({**STOP, "starts": []}, {**GO, "when": "lucky"}, FINISH, {**STOP, "code": "flee", "by": "a"})
    assert ("track.t.state", "two", "this state cannot be reached") in problems
    assert ("move.t", "go", "this move can never be made") in problems


def test_a_way_without_any_end_is_found_though_all_act() -> None:
    assert ("move", "one", "no end can be reached (1 standings)") in found(
        {**GO, "to": "", "starts": []}, GO | {"code": "x", "when": "lucky"}
    )


def test_moves_that_happen_at_once_may_not_go_round() -> None:
    back = {"track": "t", "code": "back", "from": "two", "to": "one", "by": "clock"}
    forth = {"track": "t", "code": "forth", "from": "one", "to": "two", "by": "clock", "starts": "d"}
    assert {value for column, value, en in found(back, forth) if "circles" in en} == {"back", "forth"}


def test_what_happens_at_once_lets_nothing_come_between() -> None:
    draw = {"track": "t", "code": "draw", "from": "one", "by": "clock", "when": "undecided", "takes": "luck"}
    process = table(draw, GO, FINISH, LAPSE, STOP)
    start = next(iter(walk(process).edges))
    assert [(move.code, reached.facts) for move, reached in walk(process).edges[start]] == [
        ("draw", ("good",)),
        ("draw", ("bad",)),
    ]
    assert check(process) == []


def test_a_clock_without_its_deadline_does_not_save_a_case() -> None:
    raw_go = {key: value for key, value in GO.items() if key != "starts"}
    again = {**GO, "code": "again", "from": "two", "to": "two", "by": "b"}
    assert ("move", "one", "no end can be reached when 'b' never acts (2 standings)") in found(
        raw_go, LAPSE, STOP, FINISH, again
    )
