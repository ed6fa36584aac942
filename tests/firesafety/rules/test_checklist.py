"""The checklist of a visit: the points of each authority, and when a list is done."""

import pytest

from gongbao.firesafety.rules.checklist import Point, Section, keys, sections_for, tally
from gongbao.firesafety.tables.guides import packaged_checklist
from gongbao.kernel.text import Text

SECTIONS = packaged_checklist()
TWO = (Section("fire", "a", Text("甲", "a"), "", (Point("x", Text("一", "x")), Point("y", Text("二", "y")))),)


def test_each_authority_has_its_own_headings() -> None:
    assert [one.code for one in sections_for(SECTIONS, "fire", "filing")] == [
        "responsibility", "conditions", "management",
    ]  # fmt: skip
    assert [one.code for one in sections_for(SECTIONS, "housing", "acceptance")] == ["design", "drawings"]
    assert [one.code for one in sections_for(SECTIONS, "housing", "filing")] == ["drawings"]


@pytest.mark.parametrize(
    ("answers", "open_", "done"),
    [
        ({}, ("a.x", "a.y"), False),
        ({"a.x": ("fit", "")}, ("a.y",), False),
        ({"a.x": ("fit", ""), "a.y": ("not_here", "")}, (), True),
        ({"a.x": ("fit", ""), "a.y": ("perhaps", "")}, ("a.y",), False),
    ],
)
def test_a_list_is_done_when_every_point_was_looked_at(
    answers: dict[str, tuple[str, str]], open_: tuple[str, ...], done: bool
) -> None:
    found = tally(TWO, answers)
    assert (found.open, found.done) == (open_, done)


@pytest.mark.parametrize(("note", "done"), [("", False), ("  ", False), ("门锁着", True)])
def test_what_is_not_as_it_should_be_is_said_in_words(note: str, done: bool) -> None:
    found = tally(TWO, {"a.x": ("unfit", note), "a.y": ("fit", "")})
    assert (found.unfit, found.done) == (1, done)
    assert found.unsaid == (() if done else ("a.x",))


def test_answers_to_points_of_another_list_do_not_count() -> None:
    found = tally(TWO, {"b.z": ("unfit", "")})
    assert (found.unfit, found.unsaid, found.open) == (0, (), keys(TWO))
