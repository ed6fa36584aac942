"""From the lines of a body to the tree of its provisions.

First the labels cut the lines into segments; then each segment decides whether the words behind its label are a
heading, or the start of a sentence that the page broke (its neighbours of the same level tell); then the segments
become a tree, and every node gets its citation.
"""

import re
from dataclasses import dataclass, field

from gongbao.gazette.rules.labels import RANK, Label, follows, read_bare_heading, read_label
from gongbao.gazette.rules.lines import Line
from gongbao.gazette.rules.paragraphs import TABLE_BETWEEN, Paragraph, is_ended, join_lines
from gongbao.gazette.rules.structure import Level, Provision
from gongbao.kernel.citation import Citation

_LONGEST_HEADING = 40
_RUN_IN = re.compile(r"([^。，,；;：:]{2,30})。(?![(（])(.+)", re.DOTALL)  # 落实主体责任。建设单位应…
_OFFICES = re.compile(r"[(（]\s*责任单位\s*[:：]([^()（）]*)[)）]")
_COUNTED_WORKS = ("附件", "附表")
_NAMED_WORKS = ("说明",)  # headings that a citation names in the place of a work


@dataclass(frozen=True)
class Address:
    """Where citations of a work begin: document number or 《title》, and the work ("" the issued or only one)."""

    document: str
    work: str = ""

    def cite(self, *steps: str) -> str:
        """The citation in official form of what stands below these steps."""
        if steps and steps[0] in _NAMED_WORKS:
            return str(Citation(self.document, steps[0], steps[1:]))
        # 附件 5 is the fifth annex: the fifth row of the only one is 附件1 5
        first = "1" if self.work in _COUNTED_WORKS and len(steps) == 1 and steps[0].isdecimal() else ""
        return str(Citation(self.document, self.work + first, steps))


@dataclass
class _Segment:
    """A label, and the lines up to the next label, its own included."""

    label: Label
    path: tuple[str, ...]
    lines: list[Line]

    @property
    def bare(self) -> bool:
        """Could the words behind the label be a title?"""
        rest = self.label.rest
        return 0 < len(rest) <= _LONGEST_HEADING and "。" not in rest and not is_ended(rest)


@dataclass
class _Node:
    level: Level
    step: str
    number: str = ""
    heading: str = ""
    at: list[int] = field(default_factory=list)  # lines of label and heading
    own: list[Paragraph] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)


def read_provisions(lines: list[Line], address: Address) -> tuple[tuple[Provision, ...], list[Paragraph]]:
    """The provisions of a body, and all its paragraphs (whole sentences with their lines) for what reads on in them."""
    before, segments = _cut(lines, headings=not address.work)
    preamble = join_lines(before)
    nodes = [_Node("preamble", "", own=preamble)] if preamble else []
    open_nodes: list[_Node] = []
    for segment in segments:
        node, rest = _node(segment, segments)
        while open_nodes and RANK[open_nodes[-1].level] >= RANK[node.level]:
            open_nodes.pop()
        article = next((n for n in open_nodes if n.level == "article"), None)
        _children(open_nodes, nodes).append(node)
        open_nodes.append(node)
        _place(node, rest, article, open_nodes)
    paragraphs = [paragraph for node in nodes for paragraph in _all_paragraphs(node)]
    return tuple(_freeze(node, address, ()) for node in nodes), paragraphs


def _cut(lines: list[Line], *, headings: bool) -> tuple[list[Line], list[_Segment]]:
    """The lines before the first label, and the segments that labels begin.

    A number that is not the next one begins nothing in the middle of a sentence.
    """
    before: list[Line] = []
    segments: list[_Segment] = []
    last: dict[Level, tuple[int, int]] = {}
    path: list[tuple[int, str]] = []
    seen: set[tuple[str, ...]] = set()
    ended = True
    for line in lines:
        label = read_label(line.text) or (read_bare_heading(line.text) if headings and ended else None)
        if label and (ended or label.value == (1, 0) or follows(label, last.get(label.level, (0, 0)))):
            above = [(rank, step) for rank, step in path if rank < RANK[label.level]]
            steps = (*(step for _, step in above if label.level != "article"), label.step)
            if steps not in seen:
                seen.add(steps)
                path = [*above, (RANK[label.level], label.step)]
                last[label.level] = label.value
                segments.append(_Segment(label, steps, [line]))
                ended = is_ended(line.text) or segments[-1].bare or not label.rest
                continue
        (segments[-1].lines if segments else before).append(line)
        ended = line is TABLE_BETWEEN or is_ended(line.text)
    return before, segments


def _is_heading(segment: _Segment, segments: list[_Segment]) -> bool:
    label = segment.label
    if label.level in ("chapter", "section", "heading"):
        return True
    if label.level == "article" or not segment.bare:
        return False
    if len(segment.lines) == 1:
        return True
    siblings = (s for s in segments if s is not segment and s.path[:-1] == segment.path[:-1])
    votes = [s.bare for s in siblings if s.label.level == label.level]
    return 2 * sum(votes) >= len(votes) if votes else label.level in ("part", "item")


def _node(segment: _Segment, segments: list[_Segment]) -> tuple[_Node, list[Paragraph]]:
    """The node of a segment with its heading, and the paragraphs that are left for its text."""
    label = segment.label
    node = _Node(label.level, label.step, label.number, at=[segment.lines[0].no])
    if _is_heading(segment, segments):
        node.heading = label.rest
        return node, join_lines(segment.lines[1:])
    first = Line(segment.lines[0].no, label.rest)
    paragraphs = join_lines([first, *segment.lines[1:]])
    run_in = _RUN_IN.fullmatch(paragraphs[0].text) if label.level != "article" else None
    if run_in:
        node.heading = run_in[1]
        paragraphs[0] = _without(paragraphs[0], run_in.start(2))
    return node, paragraphs


def _without(paragraph: Paragraph, count: int) -> Paragraph:
    """The paragraph without its first `count` characters, each piece still at its line."""
    pieces = []
    for piece in paragraph.pieces:
        pieces.append(Line(piece.no, piece.text[count:]))
        count = max(0, count - len(piece.text))
    return Paragraph(tuple(piece for piece in pieces if piece.text))


def _children(open_nodes: list[_Node], roots: list[_Node]) -> list[_Node]:
    """Where the next node hangs: below the last 款 of an open article, below the innermost node, or at the root."""
    if not open_nodes:
        return roots
    above = open_nodes[-1]
    if above.level == "article":
        return above.children[-1].children
    return above.children


def _place(node: _Node, rest: list[Paragraph], article: _Node | None, open_nodes: list[_Node]) -> None:
    """Give a node its paragraphs; in an article each is a 款, also the ones that come after a list of 项."""
    if node.level == "article":
        node.children = [_Node("paragraph", "", own=[paragraph]) for paragraph in rest]
        return
    if article is None:
        node.own = rest
        return
    node.own = rest[:1]
    for paragraph in rest[1:]:
        if is_ended(node.own[-1].text) and node.own[-1].text.endswith("。"):
            article.children.append(_Node("paragraph", "", own=[paragraph]))
            del open_nodes[open_nodes.index(article) + 1 :]
            node = article.children[-1]
        else:
            node.own.append(paragraph)


def _all_paragraphs(node: _Node) -> list[Paragraph]:
    return [*node.own, *(paragraph for child in node.children for paragraph in _all_paragraphs(child))]


def _freeze(node: _Node, address: Address, above: tuple[str, ...]) -> Provision:
    path = (*above, node.step) if node.step else above
    own, children = list(node.own), node.children
    if node.level == "article" and len(children) == 1:  # one 款 is the article itself
        own, children = children[0].own, children[0].children
    elif node.level == "article":
        for count, child in enumerate(children, start=1):
            child.step = Label("paragraph", "", (count, 0), "").step
    # articles are counted through the whole document, whatever chapter they stand in
    frozen = tuple(_freeze(child, address, () if child.level == "article" else path) for child in children)
    text = "\n".join(paragraph.text for paragraph in own if paragraph.text)
    numbers = [*node.at, *(p.no for paragraph in own for p in paragraph.pieces), *(n for c in frozen for n in c.lines)]
    return Provision(
        cite=address.cite(*path),
        level=node.level,
        number=node.number,
        heading=node.heading,
        text=text,
        lines=(min(numbers), max(numbers)),
        children=frozen,
        responsible=responsible_offices(text),
    )


def responsible_offices(text: str) -> tuple[str, ...]:
    """The offices in （责任单位：甲、乙）, in order, each once."""
    names = (name.strip() for match in _OFFICES.finditer(text) for name in re.split("[、，,；;]", match[1]))
    return tuple(dict.fromkeys(name for name in names if name))
