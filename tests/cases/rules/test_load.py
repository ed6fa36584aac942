"""A table with mistakes is refused as a whole, with every mistake named; a sound one is read as it stands."""

import copy
import tomllib
from datetime import date
from typing import Any

import pytest

from gongbao.cases.rules.load import load
from gongbao.kernel.problem import BadInput

SMALL: dict[str, Any] = tomllib.loads("""
code = "ask"
edition = 2026-01-01
name = { zh = "询问", en = "Question" }
law = "京建法〔2025〕2号"
warn_days = [2, 1]
[party.citizen]
name = { zh = "市民", en = "citizen" }
roles = ["enterprise"]
[party.office]
name = { zh = "机关", en = "office" }
roles = ["city"]
[track.question]
name = { zh = "询问", en = "Question" }
authority = "office"
[track.question.state]
put = { zh = "已提出", en = "put" }
done = { zh = "已答复", en = "answered", end = true }
[field.urgent]
name = { zh = "急", en = "urgent" }
kind = "choice"
given = true
values.no = { zh = "否", en = "no" }
values.yes = { zh = "是", en = "yes" }
[field.text]
name = { zh = "内容", en = "text" }
kind = "text"
[condition.urgent]
name = { zh = "急件", en = "it is urgent" }
all = ["urgent: yes"]
[deadline.answer]
name = { zh = "答复", en = "answer" }
of = "office"
workdays = 7
during = ["put"]
cite = "京建法〔2025〕2号 第十二条"
[opening]
name = { zh = "提出", en = "Put" }
by = "citizen"
takes = ["urgent", "text"]
starts = ["answer"]
readings = ["I-27"]
[[move]]
code = "answer"
name = { zh = "答复", en = "Answer" }
from = "put"
to = "done"
by = "office"
takes = ["text"]
tells = ["citizen"]
cite = "京建法〔2025〕2号 第十二条"
""")


def small() -> dict[str, Any]:
    return copy.deepcopy(SMALL)


def test_a_sound_table_is_read_as_it_stands() -> None:
    process = load(small(), "ask.toml")
    assert (process.code, process.edition) == ("ask", date(2026, 1, 1))
    assert [state.code for state in process.track("question").states] == ["put", "done"]
    assert (process.deadline("answer").unit, process.deadline("answer").length) == ("workdays", 7)
    answer = process.move("question", "answer")
    assert (answer.track, answer.sources, answer.to, answer.by) == ("question", ("put",), "done", ("office",))
    with pytest.raises(KeyError):
        process.move("question", "burn")


def wrong(table: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        load(table, "ask.toml")
    assert all(problem.expected and problem.expected_en for problem in caught.value.problems)
    return [(problem.column, problem.value) for problem in caught.value.problems]


def change(path: str, value: object) -> dict[str, Any]:
    """The small table with one place changed; None takes the place out."""
    table = small()
    *way, last = path.split(".")
    spot: Any = table
    for key in way:
        spot = spot[int(key) if isinstance(spot, list) else key]
    if value is None:
        del spot[last]
    else:
        spot[last] = value
    return table


@pytest.mark.parametrize(
    ("path", "value", "column"),
    [
        ("edition", "soon", "edition"),
        ("law", None, "law"),
        ("colour", "blue", ".colour"),
        ("name", {"zh": "询问"}, ".name"),
        ("track.question.state.put", {"zh": "已提出"}, "track.question.state.put.name"),
        ("track.question.authority", "mayor", "track.question.authority"),
        ("track.question.authority", None, "track.question.authority"),
        ("field.text.kind", "song", "field.text.kind"),
        ("field.urgent.values", {}, "field.urgent.kind"),
        ("condition.urgent.all", ["urgent: maybe"], "condition.urgent.all"),
        ("condition.urgent.all", ["weather: fine"], "condition.urgent.all"),
        ("deadline.answer.of", "mayor", "deadline.answer.of"),
        ("deadline.answer.during", ["nowhere"], "deadline.answer.during"),
        ("deadline.answer.workdays", 0, "deadline.answer"),
        ("deadline.answer.days", 3, "deadline.answer"),
        ("deadline.answer.cite", None, "deadline.answer.cite"),
        ("deadline.answer.cite", "somewhere", "deadline.answer.cite"),
        ("opening.starts", [], "deadline.answer"),
        ("opening.takes", ["text"], "field.urgent"),
        ("opening.readings", None, "opening.cite"),
        ("move.0.cite", None, "move.answer.cite"),
        ("move.0.from", "lost", "move.answer.from"),
        ("move.0.to", "lost", "move.answer.to"),
        ("move.0.by", "mayor", "move.answer.by"),
        ("move.0.by", ["office", "clock"], "move.answer.by"),
        ("move.0.due", "answer", "move.answer.by"),
        ("move.0.when", ["rainy"], "move.answer.when"),
        ("move.0.takes", ["money"], "move.answer.takes"),
        ("move.0.sets", {"urgent": "maybe"}, "move.answer.sets"),
        ("move.0.starts", ["answer"], "move.question.answer"),
        ("move.0.tells", ["mayor"], "move.answer.tells"),
    ],
)
def test_each_mistake_is_named_where_it_stands(path: str, value: object, column: str) -> None:
    assert column in {place for place, _ in wrong(change(path, value))}


def test_all_mistakes_are_told_at_once() -> None:
    table = change("move.0.by", "mayor")
    table["move"].append({**table["move"][0], "by": "office", "to": "lost"})
    assert {"move.answer.by", "move.answer.to", "move.question.answer"} <= {place for place, _ in wrong(table)}


def test_a_name_cannot_be_a_track_and_a_choice() -> None:
    table = small()
    table["field"]["question"] = table["field"]["urgent"]
    assert ("question", "question") in wrong(table)
