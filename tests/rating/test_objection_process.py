"""The objection as a table: every course comes to an end, and the periods are those of the law."""

import tomllib
from pathlib import Path

import gongbao
from gongbao.cases.rules.course import beginning, hindrance
from gongbao.cases.rules.load import load
from gongbao.cases.rules.walk import check, walk

FILE = Path(gongbao.__file__).parent / "rating" / "processes" / "objection.toml"
OBJECTION = load(tomllib.loads(FILE.read_text()), FILE.name)


def test_nobody_is_stuck_in_whatever_order_and_whoever_falls_silent() -> None:
    assert check(OBJECTION) == []
    assert {standing.states[0] for standing in walk(OBJECTION).edges} == {
        "lodged", "asking", "answered", "appealed", "closed", "withdrawn",
    }  # fmt: skip


def test_an_objection_after_the_window_is_refused_with_the_reason() -> None:
    assert hindrance(OBJECTION, beginning(OBJECTION, {"window": "open"}), OBJECTION.opening) is None
    why = hindrance(OBJECTION, beginning(OBJECTION, {"window": "past"}), OBJECTION.opening)
    assert why is not None and "7个工作日" in why.zh and "7 working days" in why.en


def test_the_answer_is_due_while_it_is_verified_and_asking_does_not_stop_it() -> None:
    verify = OBJECTION.deadline("verify")
    assert (verify.of, verify.unit, verify.length, verify.during) == ("commission", "workdays", 7, ("lodged", "asking"))
