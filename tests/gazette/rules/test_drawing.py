"""The drawings: bars stand where their days are, curves lead from who names to what is named."""

from datetime import date

import pytest

from gongbao.gazette.rules.drawing import HEAD, ROW, WIDTH, graph, timeline


def test_a_bar_stands_between_its_first_and_its_last_day() -> None:
    drawn = timeline([("甲", date(2030, 1, 1), date(2030, 12, 31)), ("乙", date(2031, 1, 1), None)], date(2030, 7, 1))
    first, second = drawn.bars
    years = {tick.year: tick.x for tick in drawn.ticks}
    assert first.x == years[2030]
    assert first.x + first.width <= years[2031] == second.x
    assert not first.open
    assert second.open
    assert second.x + second.width == WIDTH
    assert (first.y, second.y) == (HEAD, HEAD + ROW)


@pytest.mark.parametrize(
    ("on", "inside"), [(date(2029, 12, 31), False), (date(2030, 1, 1), True), (date(2030, 12, 31), True)]
)
def test_the_day_asked_for_is_drawn_where_it_is(on: date, inside: bool) -> None:
    drawn = timeline([("甲", date(2030, 1, 1), date(2030, 12, 31))], on)
    (bar,) = drawn.bars
    assert (bar.x <= drawn.on_x <= bar.x + bar.width) is inside


def test_without_documents_there_is_an_empty_sheet() -> None:
    assert timeline([], date(2030, 1, 1)).bars == ()
    assert graph([]).edges == ()


def test_each_document_is_drawn_once_and_every_naming_as_a_curve() -> None:
    drawn = graph([("甲", "cites", "丙"), ("乙", "replaces", "丙"), ("甲", "based_on", "丁")])
    assert [node.key for node in drawn.left] == ["甲", "乙"]
    assert [node.key for node in drawn.right] == ["丙", "丁"]
    assert [edge.kind for edge in drawn.edges] == ["cites", "replaces", "based_on"]
    y = {node.key: node.y for node in (*drawn.left, *drawn.right)}
    assert drawn.edges[2].path.split()[0] == "M210"
    assert drawn.edges[2].path.endswith(f" {y['丁']}")
    assert all(0 < height < drawn.height for height in y.values())
