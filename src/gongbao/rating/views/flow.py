"""A flow picture: how many move from which grade to which, as an SVG that needs no script."""

from collections.abc import Mapping, Sequence
from html import escape

from gongbao.kernel.text import Text
from gongbao.web.words import said

WIDTH, HEIGHT, BAR, GAP, SIDE = 640, 320, 16, 12, 72
FILL = {"A": "#1d6b3a", "B": "#0b4a8f", "C": "#8a5a00", "D": "#b3261e"}
OTHER = "#55606e"


def flow_svg(moves: Mapping[tuple[str, str], int], grades: Sequence[str], title: Text) -> str:
    """moves: (from, to) -> number. Bands are as wide as their numbers; those that stay are paler."""
    shown = [grade for grade in [*grades, ""] if any(grade in move for move in moves)]
    total = sum(moves.values()) or 1
    scale = (HEIGHT - GAP * len(shown)) / total
    left = _tops({g: sum(n for (a, _), n in moves.items() if a == g) for g in shown}, scale)
    right = _tops({g: sum(n for (_, b), n in moves.items() if b == g) for g in shown}, scale)
    parts = [
        f'<svg class="flow" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(said(title))}" '
        f'xmlns="http://www.w3.org/2000/svg">'
    ]
    at_left, at_right = {g: top for g, (top, _) in left.items()}, {g: top for g, (top, _) in right.items()}
    for before in shown:
        for after in shown:
            number = moves.get((before, after), 0)
            if number:
                height = number * scale
                parts.append(_band(at_left[before], at_right[after], height, before, stays=before == after))
                at_left[before] += height
                at_right[after] += height
    for sides, x, anchor, words in (
        (left, SIDE, "end", SIDE - 8),
        (right, WIDTH - SIDE - BAR, "start", WIDTH - SIDE + 8),
    ):
        for grade, (top, number) in sides.items():
            if number:
                parts.append(
                    f'<rect x="{x}" y="{top:.1f}" width="{BAR}" height="{max(number * scale, 1):.1f}" '
                    f'fill="{FILL.get(grade, OTHER)}"/>'
                    f'<text x="{words}" y="{top + number * scale / 2 + 5:.1f}" text-anchor="{anchor}" '
                    f'font-size="14">{escape(grade or "—")} {number}</text>'
                )
    return "".join([*parts, "</svg>"])


def _tops(numbers: Mapping[str, int], scale: float) -> dict[str, tuple[float, int]]:
    """grade -> (top of its bar, number)."""
    found, top = {}, GAP / 2
    for grade, number in numbers.items():
        found[grade] = (top, number)
        top += number * scale + GAP
    return found


def _band(left: float, right: float, height: float, grade: str, *, stays: bool) -> str:
    begin, end = SIDE + BAR, WIDTH - SIDE - BAR
    middle = (begin + end) / 2
    return (
        f'<path d="M{begin} {left:.1f} C{middle} {left:.1f} {middle} {right:.1f} {end} {right:.1f} '
        f"L{end} {right + height:.1f} C{middle} {right + height:.1f} {middle} {left + height:.1f} "
        f'{begin} {left + height:.1f} Z" fill="{FILL.get(grade, OTHER)}" fill-opacity="{0.15 if stays else 0.55}"/>'
    )
