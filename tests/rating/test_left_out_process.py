"""The request of one that was left out, as a table: it always comes to an end."""

import tomllib
from pathlib import Path

import gongbao
from gongbao.cases.rules.load import load
from gongbao.cases.rules.walk import check, walk

FILE = Path(gongbao.__file__).parent / "rating" / "processes" / "left_out.toml"
LEFT_OUT = load(tomllib.loads(FILE.read_text(encoding="utf-8")), FILE.name)


def test_nobody_is_stuck_whoever_falls_silent() -> None:
    assert check(LEFT_OUT) == []
    assert {standing.states[0] for standing in walk(LEFT_OUT).edges} == {"lodged", "closed", "withdrawn"}


def test_the_answer_is_due_in_seven_working_days() -> None:
    verify = LEFT_OUT.deadline("verify")
    assert (verify.of, verify.unit, verify.length) == ("commission", "workdays", 7)
