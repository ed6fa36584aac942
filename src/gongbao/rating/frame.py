"""What rating hangs into the common frame."""

from functools import cache

from gongbao.kernel.text import Text
from gongbao.web.provisions import Run, runs_from

INDICATOR = Text("评分指标", "Indicator")
RULE = Text("评分规则", "Rule of the rating")


def enter() -> None:
    """Called once, when the application is ready."""
    runs_from(indicators)


@cache
def indicators() -> tuple[Run, ...]:
    """What the packaged standards rest on: each indicator on its row, score and grades on their articles."""
    # loaded with the first page that asks: the kinds of calculation bring the column engine along
    from gongbao.rating.tables.standards import packaged_ids, read_standard

    runs = []
    for standard in map(read_standard, packaged_ids()):
        runs.append(Run(standard.score.cite, RULE, Text("企业得分", "Score of an enterprise"), standard.title))
        runs.append(Run(standard.ranking.cite, RULE, Text("等级", "Grade"), standard.title))
        runs += [Run(one.cite, INDICATOR, one.name, standard.title) for one in standard.indicators]
    return tuple(runs)
