"""The flow picture of a what-if: grades before on the left, after on the right, ribbons for those who go between.

An SVG of its own, without scripts, fonts or colours from outside. Every ribbon says in a title what it is, so that
the picture can be read out and hovered over; the same figures stand in the migration table.
"""

from xml.sax.saxutils import escape

from gongbao.kernel.text import Text
from gongbao.rating.rules.what_if import WhatIf

WIDTH, HEIGHT, BAR, TOP, GAP = 720, 420, 22, 34, 12
LEFT, RIGHT = 90, WIDTH - 90 - BAR
COLOURS = ("#1a7f5a", "#2f6fb0", "#b7791f", "#b83a3a", "#6b5b95", "#5f6b76")  # of the grades, from the best


def flow_svg(result: WhatIf, language: str = "zh") -> str:
    """Draw it. Ribbons and bars are as high as the share of enterprises that they stand for."""
    taking_part = max(1, sum(result.migration.values()))
    scale = (HEIGHT - TOP - GAP * len(result.grades)) / taking_part
    title = Text("等级变化", "Changes of grade").get(language)
    heads = (Text("原标准", "before").get(language), Text("试算", "what if").get(language))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
        f' font-size="15"><title>{escape(title)}</title>',
        f'<text x="{LEFT + BAR}" y="20" text-anchor="end">{escape(heads[0])}</text>',
        f'<text x="{RIGHT}" y="20">{escape(heads[1])}</text>',
    ]
    places = [_places(result, side, scale) for side in (0, 1)]
    parts += _ribbons(result, [dict(side) for side in places], scale)
    for side, at in enumerate(places):
        parts += _bars(result, side, at, scale)
    return "\n".join([*parts, "</svg>", ""])


def _count(result: WhatIf, side: int, grade: str) -> int:
    return sum(count for pair, count in result.migration.items() if pair[side] == grade)


def _places(result: WhatIf, side: int, scale: float) -> dict[str, float]:
    """Where the bar of each grade begins."""
    places, at = {}, float(TOP)
    for grade in result.grades:
        places[grade] = at
        at += _count(result, side, grade) * scale + GAP
    return places


def _ribbons(result: WhatIf, places: list[dict[str, float]], scale: float) -> list[str]:
    ribbons, middle = [], (LEFT + BAR + RIGHT) / 2
    for (before, after), count in result.migration.items():
        if not count:
            continue
        high, left, right = count * scale, places[0][before], places[1][after]
        places[0][before] += high
        places[1][after] += high
        begin, under, beyond = LEFT + BAR, left + high, right + high
        path = (
            f"M{begin},{left:.2f} C{middle},{left:.2f} {middle},{right:.2f} {RIGHT},{right:.2f}"
            f" V{beyond:.2f} C{middle},{beyond:.2f} {middle},{under:.2f} {begin},{under:.2f} Z"
        )
        opacity = 0.25 if before == after else 0.6
        label = escape(f"{before} → {after}: {count:,}")
        ribbons.append(
            f'<path d="{path}" fill="{_colour(result, before)}" opacity="{opacity}"><title>{label}</title></path>'
        )
    return ribbons


def _bars(result: WhatIf, side: int, places: dict[str, float], scale: float) -> list[str]:
    x, anchor = ((LEFT, "end"), (RIGHT, "start"))[side]
    label = x - 8 if side == 0 else x + BAR + 8
    bars = []
    for grade, at in places.items():
        count = _count(result, side, grade)
        high = max(count * scale, 0.5)
        bars.append(f'<rect x="{x}" y="{at:.2f}" width="{BAR}" height="{high:.2f}" fill="{_colour(result, grade)}"/>')
        text = escape(f"{grade} {count:,}")
        bars.append(f'<text x="{label}" y="{at + high / 2 + 5:.2f}" text-anchor="{anchor}">{text}</text>')
    return bars


def _colour(result: WhatIf, grade: str) -> str:
    return COLOURS[result.grades.index(grade) % len(COLOURS)]
