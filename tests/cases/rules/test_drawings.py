"""The picture and the BPMN export show the whole table, nothing twice and nothing in the air."""

import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import gongbao
from gongbao.cases.rules.bpmn import BPMN, DC, DD, DI, bpmn_xml
from gongbao.cases.rules.diagram import diagram_svg, diagram_words
from gongbao.cases.rules.layout import BOX_HEIGHT, BOX_WIDTH, lay_out
from gongbao.cases.rules.load import load
from gongbao.cases.rules.process import Process

FILES = sorted(Path(gongbao.__file__).parent.glob("*/processes/*.toml"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def process(request: pytest.FixtureRequest) -> Process:
    return load(tomllib.loads(request.param.read_text()), request.param.name)


def test_the_tables_of_all_domains_are_drawn() -> None:
    assert {path.stem for path in FILES} >= {"objection", "joint"}


def test_boxes_stand_in_their_lanes_and_do_not_cover_each_other(process: Process) -> None:
    for track in process.tracks:
        layout = lay_out(process, track)
        assert layout.boxes.keys() == {state.code for state in track.states}
        boxes = list(layout.boxes.values())
        assert all(box.x + BOX_WIDTH <= layout.width and box.y + BOX_HEIGHT <= layout.height for box in boxes)
        for number, box in enumerate(boxes):
            assert any(lane.y <= box.y and box.y + BOX_HEIGHT <= lane.y + lane.height for lane in layout.lanes)
            assert all(
                abs(box.x - other.x) >= BOX_WIDTH or abs(box.y - other.y) >= BOX_HEIGHT for other in boxes[number + 1 :]
            )


def test_every_move_is_drawn_or_numbered_at_its_boxes(process: Process) -> None:
    for track in process.tracks:
        layout = lay_out(process, track)
        shown = {n for arrow in layout.arrows for n in arrow.numbers} | {n for ns in layout.often.values() for n in ns}
        moves = enumerate((m for m in process.moves if m.track == track.code), start=1)
        assert shown == {number for number, move in moves if move.to}
        assert {n for ns in layout.often.values() for n in ns} == {n for ns in layout.into.values() for n in ns}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_marks_where_the_case_stands_and_says_so_in_words(process: Process, language: str) -> None:
    states = {track.code: track.states[-2].code for track in process.tracks}
    svg = diagram_svg(process, language, states)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == process.name.get(language)
    assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id') if words is not None else ''}"
    here = [process.track(track).state(state).name.get(language) for track, state in states.items()]
    assert words is not None and all(name in (words.text or "") for name in here)
    assert svg.count("▼") == len(process.tracks)
    assert diagram_svg(process, language).count("▼") == 0
    assert "style=" not in svg and "<style" not in svg and "<script" not in svg


def test_the_words_hold_every_move_with_its_clause(process: Process) -> None:
    words = "\n".join(diagram_words(process, "zh"))
    for move in process.moves:
        assert move.name.zh in words and (move.cite or move.readings[0]) in words


def test_the_bpmn_is_whole(process: Process) -> None:
    root = ElementTree.fromstring(bpmn_xml(process, "zh"))
    named = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(named) == len(set(named))
    flows = list(root.iter(f"{{{BPMN}}}sequenceFlow"))
    assert {flow.get("sourceRef") for flow in flows} | {flow.get("targetRef") for flow in flows} <= set(named)
    nodes = [
        e for p in root.iter(f"{{{BPMN}}}process") for e in p if e.tag.split("}")[1] not in ("laneSet", "sequenceFlow")
    ]
    reached = {flow.get("targetRef") for flow in flows}
    left = {flow.get("sourceRef") for flow in flows}
    for node in nodes:
        kind = node.tag.split("}")[1]
        assert kind in ("startEvent", "boundaryEvent") or node.get("id") in reached
        assert kind == "endEvent" or node.get("id") in left
    drawn = {
        shape.get("bpmnElement") for shape in root.iter() if shape.tag in (f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge")
    }
    assert {element.get("id") for element in (*nodes, *flows)} <= drawn <= set(named)
    assert all(shape.find(f"{{{DC}}}Bounds") is not None for shape in root.iter(f"{{{DI}}}BPMNShape"))
    assert all(len(edge.findall(f"{{{DD}}}waypoint")) >= 2 for edge in root.iter(f"{{{DI}}}BPMNEdge"))


def test_the_bpmn_has_a_task_for_each_state_an_end_for_each_end_and_a_flow_for_each_move(process: Process) -> None:
    root = ElementTree.fromstring(bpmn_xml(process, "en"))
    states = [state for track in process.tracks for state in track.states]
    assert len(list(root.iter(f"{{{BPMN}}}userTask"))) == sum(not state.end for state in states)
    assert len(list(root.iter(f"{{{BPMN}}}endEvent"))) == sum(state.end for state in states)
    assert len(list(root.iter(f"{{{BPMN}}}boundaryEvent"))) == sum(len(m.sources) for m in process.moves if m.due)
    named = [flow.get("name") for flow in root.iter(f"{{{BPMN}}}sequenceFlow") if flow.get("name")]
    assert sorted(named) == sorted(move.name.en for move in process.moves for _ in move.sources)
