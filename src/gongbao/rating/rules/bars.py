"""The picture of two distributions of scores, before and after, over the same bars. SVG, like the flow picture."""

from xml.sax.saxutils import escape

from gongbao.kernel.text import Text
from gongbao.rating.rules.what_if import WhatIf

WIDTH, ROW, LABEL, COUNT = 720, 30, 110, 60
COLOURS = ("#9aa5b1", "#2f6fb0")  # before, after


def bars_svg(result: WhatIf, language: str = "zh") -> str:
    """Two bars for each range of scores; every bar says its number, so that it can be read without colours."""
    most = max((max(bar.before, bar.after) for bar in result.distribution), default=1)
    heads = (Text("原标准", "before").get(language), Text("试算", "what if").get(language))
    title = Text("得分分布:原标准与试算", "Scores: before and what if").get(language)
    high = ROW * (len(result.distribution) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" font-family="sans-serif"'
        f' font-size="13"><title>{escape(title)}</title>'
    ]
    for side, head in enumerate(heads):
        x = LABEL + side * 130
        parts.append(f'<rect x="{x}" y="6" width="12" height="12" fill="{COLOURS[side]}"/>')
        parts.append(f'<text x="{x + 18}" y="17">{escape(head)}</text>')
    for at, bar in enumerate(result.distribution, start=1):
        top = at * ROW
        parts.append(f'<text x="{LABEL - 8}" y="{top + 17}" text-anchor="end">{bar.low} – {bar.low + bar.width}</text>')
        for side, count in enumerate((bar.before, bar.after)):
            y, long = top + 2 + side * 12, count * (WIDTH - LABEL - COUNT) / most
            parts.append(f'<rect x="{LABEL}" y="{y}" width="{long:.2f}" height="11" fill="{COLOURS[side]}"/>')
            parts.append(f'<text x="{LABEL + long + 5:.2f}" y="{y + 10}" font-size="11">{count:,}</text>')
    return "\n".join([*parts, "</svg>", ""])
