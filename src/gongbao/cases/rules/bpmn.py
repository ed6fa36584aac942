"""A process as BPMN 2.0 with its drawing (DI), for other tools: a pool for each track, a lane for each party awaited.

A state becomes a task of whoever is awaited, followed by an exclusive gateway; a move is a flow out of the gateway,
with its conditions; a move of the clock after a deadline leaves by a timer on the task's edge. An end state is an end.
"""

from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from gongbao.cases.rules.layout import BOX_HEIGHT, BOX_WIDTH, Box, Lane, Layout, lay_out
from gongbao.cases.rules.process import Deadline, Move, Process, Track

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
GAP, DIAMOND, CIRCLE = 60, 40, 36
DAYS = {"workdays": "个工作日 working days", "days": "日 days", "months": "个月 months"}

for prefix, name in (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DD), ("xsi", XSI)):
    register_namespace(prefix, name)


def bpmn_xml(process: Process, language: str) -> str:
    """The whole process as one BPMN document."""
    root = Element(
        f"{{{BPMN}}}definitions", id=process.code, name=process.name.get(language), targetNamespace="gongbao"
    )
    pools = SubElement(root, f"{{{BPMN}}}collaboration", id=f"{process.code}.all")
    drawing = Element(f"{{{DI}}}BPMNDiagram", id=f"{process.code}.drawing")
    plane = SubElement(drawing, f"{{{DI}}}BPMNPlane", id=f"{process.code}.plane", bpmnElement=f"{process.code}.all")
    top = 0
    for track in process.tracks:
        layout = lay_out(process, track)
        pool = f"pool.{track.code}"
        reference = {"id": pool, "name": track.name.get(language), "processRef": f"track.{track.code}"}
        SubElement(pools, f"{{{BPMN}}}participant", reference)
        _shape(plane, pool, 0, top, layout.width + 2 * GAP, layout.height, isHorizontal="true")
        _Pool(process, track, layout, language, root, plane, top).write()
        top += layout.height + GAP
    root.append(drawing)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True)


class _Pool:
    """Writes one track."""

    def __init__(
        self, process: Process, track: Track, layout: Layout, language: str, root: Element, plane: Element, top: int
    ) -> None:
        self.process, self.track, self.layout, self.language = process, track, layout, language
        self.plane, self.top = plane, top
        self.moves = [move for move in process.moves if move.track == track.code]
        self.element = SubElement(root, f"{{{BPMN}}}process", id=f"track.{track.code}", isExecutable="false")
        self.places: dict[str, tuple[int, int, int, int]] = {}  # node → x, y, width, height

    def write(self) -> None:
        lanes = SubElement(self.element, f"{{{BPMN}}}laneSet", id=f"lanes.{self.track.code}")
        for number, lane in enumerate(self.layout.lanes):
            self._lane(lanes, number, lane)
        first = self.track.states[0].code
        box = self.layout.boxes[first]
        self._node(
            "startEvent", f"{self.track.code}.start", "", box.x - GAP + 8, box.middle - CIRCLE // 2, CIRCLE, CIRCLE
        )
        self._flow(f"{self.track.code}.begin", f"{self.track.code}.start", self._id(first), None)
        for box in self.layout.boxes.values():
            self._state(box)
        for move in self.moves:
            for source in move.sources:
                self._move(move, source)

    def _id(self, state: str) -> str:
        return f"{self.track.code}.{state}"

    def _lane(self, lanes: Element, number: int, lane: Lane) -> None:
        name = f"lane.{self.track.code}.{number}"
        element = SubElement(lanes, f"{{{BPMN}}}lane", id=name, name=lane.name.get(self.language))
        for code, box in self.layout.boxes.items():
            if lane.y <= box.y < lane.y + lane.height:
                SubElement(element, f"{{{BPMN}}}flowNodeRef").text = self._id(code)
        _shape(
            self.plane, name, 30, self.top + lane.y, self.layout.width + 2 * GAP - 30, lane.height, isHorizontal="true"
        )

    def _state(self, box: Box) -> None:
        name, code = box.state.name.get(self.language), box.state.code
        if box.state.end:
            self._node("endEvent", self._id(code), name, box.x, box.middle - CIRCLE // 2, CIRCLE, CIRCLE)
            return
        self._node("userTask", self._id(code), name, box.x, box.y, BOX_WIDTH, BOX_HEIGHT)
        x, y = box.x + BOX_WIDTH + 16, box.middle - DIAMOND // 2
        self._node("exclusiveGateway", f"{self._id(code)}.next", "", x, y, DIAMOND, DIAMOND)
        self._flow(f"{self._id(code)}.done", self._id(code), f"{self._id(code)}.next", None)
        timers = [move for move in self.moves if code in move.sources and move.due]
        for number, move in enumerate(timers):
            self._timer(move, box, number)

    def _timer(self, move: Move, box: Box, number: int) -> None:
        deadline = self.process.deadline(move.due)
        name = f"{self._id(box.state.code)}.{move.code}.timer"
        x, y = box.x + 10 + number * (CIRCLE + 4), box.y + BOX_HEIGHT - CIRCLE // 2
        event = self._node(
            "boundaryEvent", name, f"{deadline.name.get(self.language)} {_length(deadline)}", x, y, CIRCLE, CIRCLE
        )
        event.set("attachedToRef", self._id(box.state.code))
        SubElement(event, f"{{{BPMN}}}timerEventDefinition", id=f"{name}.when")

    def _move(self, move: Move, source: str) -> None:
        here = self._id(source)
        leaves = f"{here}.{move.code}.timer" if move.due else f"{here}.next"
        self._flow(f"{here}.{move.code}", leaves, self._id(move.to or source), move)

    def _node(self, kind: str, name: str, label: str, x: int, y: int, width: int, height: int) -> Element:
        attributes = {"id": name} | ({"name": label} if label else {})
        self.places[name] = (x, y + self.top, width, height)
        _shape(self.plane, name, x, y + self.top, width, height)
        return SubElement(self.element, f"{{{BPMN}}}{kind}", attributes)

    def _flow(self, name: str, source: str, target: str, move: Move | None) -> None:
        """A flow. Its waypoints are worked out at once, as every target stands in the layout."""
        attributes = {"id": name, "sourceRef": source, "targetRef": target}
        if move:
            attributes["name"] = move.name.get(self.language)
        flow = SubElement(self.element, f"{{{BPMN}}}sequenceFlow", attributes)
        if move and move.when:
            names = [self.process.condition(code).name.get(self.language) for code in move.when]
            condition = SubElement(flow, f"{{{BPMN}}}conditionExpression", {f"{{{XSI}}}type": "bpmn:tFormalExpression"})
            condition.text = " · ".join(names)
        edge = SubElement(self.plane, f"{{{DI}}}BPMNEdge", id=f"{name}.edge", bpmnElement=name)
        x, y, width, height = self.places[source]
        for point in ((x + width, y + height // 2), self._entry(target)):
            SubElement(edge, f"{{{DD}}}waypoint", x=str(point[0]), y=str(point[1]))

    def _entry(self, node: str) -> tuple[int, int]:
        """The left middle of a node, written already or not."""
        if node in self.places:
            x, y, _, height = self.places[node]
            return x, y + height // 2
        box = self.layout.boxes[node.removeprefix(f"{self.track.code}.")]
        return box.x, box.middle + self.top


def _shape(plane: Element, element: str, x: int, y: int, width: int, height: int, **more: str) -> None:
    shape = SubElement(plane, f"{{{DI}}}BPMNShape", {"id": f"{element}.shape", "bpmnElement": element, **more})
    SubElement(shape, f"{{{DC}}}Bounds", x=str(x), y=str(y), width=str(width), height=str(height))


def _length(deadline: Deadline) -> str:
    return f"{deadline.length} {DAYS[deadline.unit]}" if deadline.unit in DAYS else ""
