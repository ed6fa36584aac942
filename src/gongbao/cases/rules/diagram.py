"""A process as a picture: lanes, states, numbered moves, and where a case stands. SVG without styles or scripts, so
that it can stand in a page under a strict policy; the same in words beside it."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from gongbao.cases.rules.layout import BOX_HEIGHT, BOX_WIDTH, HEAD, SYSTEM, Arrow, Box, Layout, lay_out
from gongbao.cases.rules.process import CLOCK, Move, Process, Track
from gongbao.kernel.text import Text

INK, BLUE, PALE, GREY, LINE, WHITE = "#1b2733", "#0b4f8a", "#e6eef6", "#f3f5f7", "#8a97a3", "#ffffff"
FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans SC Variable', sans-serif"  # as on pages
TITLE = 40  # height of a track's title
NOW = Text("现在", "now here")


def diagram_svg(process: Process, language: str, states: Mapping[str, str] | None = None) -> str:
    """The picture. states: where each track of a case stands, marked as "now here"; none: the process as such."""
    layouts = [(track, lay_out(process, track)) for track in process.tracks]
    width = max(layout.width for _, layout in layouts) + 1
    height = sum(layout.height + TITLE for _, layout in layouts) + 1
    name, words = process.name.get(language), " ".join(diagram_words(process, language, states))
    parts, y = [], 0
    for track, layout in layouts:
        current = (states or {}).get(track.code, "")
        parts.append(f'<g transform="translate(0 {y})">{_track(process, track, layout, language, current)}</g>')
        y += layout.height + TITLE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-labelledby="{process.code}-title {process.code}-words" font-family="{FONTS}"'
        f' font-size="14" fill="{INK}">'
        f'<title id="{process.code}-title">{escape(name)}</title><desc id="{process.code}-words">{escape(words)}</desc>'
        f'<defs><marker id="{process.code}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0L8 4L0 8z" fill="{LINE}"/></marker></defs>{"".join(parts)}</svg>'
    )


def diagram_words(process: Process, language: str, states: Mapping[str, str] | None = None) -> list[str]:
    """The picture in words: where the case stands, then every move with its number, way, parties and clause."""
    lines = []
    for track in process.tracks:
        if states:
            here = track.state(states[track.code]).name
            stands = Text(f"{track.name.zh}:现在“{here.zh}”。", f"{track.name.en}: now “{here.en}”.")
            lines.append(stands.get(language))
        else:
            lines.append(Text(f"{track.name.zh}。", f"{track.name.en}.").get(language))
        moves = [move for move in process.moves if move.track == track.code]
        lines += [f"{n}. {_words(process, track, move, language)}" for n, move in enumerate(moves, start=1)]
    return lines


def _words(process: Process, track: Track, move: Move, language: str) -> str:
    names = [SYSTEM if code == CLOCK else process.party(code).name for code in move.by]
    left = [track.state(code).name for code in move.sources]
    right = track.state(move.to).name if move.to else Text("不变", "stays")
    basis = " ".join(filter(None, (move.cite, *move.readings)))
    return Text(
        f"{move.name.zh}({'、'.join(n.zh for n in names)}):{'、'.join(n.zh for n in left)}→{right.zh};{basis}。",
        f"{move.name.en} ({', '.join(n.en for n in names)}): {', '.join(n.en for n in left)} → {right.en}; {basis}.",
    ).get(language)


def _track(process: Process, track: Track, layout: Layout, language: str, current: str) -> str:
    lanes = "".join(
        f'<rect x="0.5" y="{lane.y + TITLE}.5" width="{layout.width - 1}" height="{lane.height}"'
        f' fill="{WHITE if number % 2 else GREY}" stroke="{LINE}"/>'
        + _label(lane.name.get(language), 12, lane.y + TITLE + lane.height // 2, HEAD - 16, "start", "bold")
        for number, lane in enumerate(layout.lanes)
    )
    boxes = "".join(_box(box, language, box.state.code == current) for box in layout.boxes.values())
    arrows = "".join(_arrow(arrow, process.code, language) for arrow in layout.arrows)
    badges = "".join(_badge(arrow.numbers, *_on_curve(arrow)) for arrow in layout.arrows)
    for code, box in layout.boxes.items():
        if numbers := layout.often[code]:
            badges += _badge(numbers, box.x + BOX_WIDTH - 14, box.y + BOX_HEIGHT)
        if numbers := layout.into[code]:
            badges += _badge(numbers, box.x + 14, box.y)
    title = f'<text x="0" y="26" font-size="17" font-weight="bold">{escape(track.name.get(language))}</text>'
    return f'{title}{lanes}<g transform="translate(0 {TITLE})">{arrows}{boxes}{badges}</g>'


def _box(box: Box, language: str, current: bool) -> str:
    fill, stroke, width = (BLUE, BLUE, 3) if current else (PALE if not box.state.end else WHITE, BLUE, 1)
    corner = BOX_HEIGHT // 2 if box.state.end else 6
    name = _label(
        box.state.name.get(language), box.x + BOX_WIDTH // 2, box.middle, BOX_WIDTH - 12, "middle",
        "bold" if current else "normal", WHITE if current else INK,
    )  # fmt: skip
    mark = (
        f'<text x="{box.x + BOX_WIDTH // 2}" y="{box.y - 6}" text-anchor="middle" font-size="12" font-weight="bold"'
        f' fill="{BLUE}">▼ {escape(NOW.get(language))}</text>'
        if current
        else ""
    )
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="{corner}" fill="{fill}"'
        f' stroke="{stroke}" stroke-width="{width}"/>{name}{mark}'
    )


def _label(text: str, x: int, middle: int, width: int, anchor: str, weight: str, colour: str = INK) -> str:
    """A text in at most three lines that fit the width, around the middle."""
    lines = _broken(text, width)
    first = middle - (len(lines) - 1) * 8 + 5
    spans = "".join(f'<tspan x="{x}" y="{first + 16 * n}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    return f'<text font-size="13" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}">{spans}</text>'


def _broken(text: str, width: int) -> list[str]:
    """Lines: a Chinese character is 13 wide, another 7; English breaks between words."""
    lines, room = [""], width
    for piece in _pieces(text):
        size = sum(13 if ord(char) > 0x2E7F else 7 for char in piece)
        if size > room and lines[-1].strip():
            lines.append("")
            room = width
            piece = piece.lstrip()
        lines[-1] += piece
        room -= size
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Chinese characters one by one, other words whole with the space before them."""
    pieces = [""]
    for char in text:
        if ord(char) > 0x2E7F or char == " " or (pieces[-1] and ord(pieces[-1][-1]) > 0x2E7F):
            pieces.append(char)
        else:
            pieces[-1] += char
    return [piece for piece in pieces if piece]


def _arrow(arrow: Arrow, code: str, language: str) -> str:
    start, bend, other, end = (f"{x} {y}" for x, y in arrow.curve)
    dashed = ' stroke-dasharray="5 4"' if all(move.by == (CLOCK,) for move in arrow.moves) else ""
    names = " · ".join(move.name.get(language) for move in arrow.moves)
    return (
        f'<path d="M{start}C{bend} {other} {end}" fill="none" stroke="{LINE}"{dashed}'
        f' marker-end="url(#{code}-tip)"><title>{escape(names)}</title></path>'
    )


def _on_curve(arrow: Arrow) -> tuple[int, int]:
    """The point at three eighths of the way: nearer to the start, where curves are apart."""
    weights = (125, 225, 135, 27)  # (5 + 3)³, term by term
    x, y = (sum(w * point[axis] for w, point in zip(weights, arrow.curve, strict=True)) // 512 for axis in (0, 1))
    return x, y


def _badge(numbers: tuple[int, ...], x: int, y: int) -> str:
    """Numbers of moves in a pill around a point."""
    text = "·".join(map(str, numbers))
    width = 8 + 6 * len(text)
    return (
        f'<rect x="{x - width // 2}" y="{y - 9}" width="{width}" height="18" rx="9" fill="{WHITE}" stroke="{LINE}"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="11">{text}</text>'
    )
