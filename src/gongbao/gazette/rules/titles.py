"""When two titles name the same document: width, marks and spaces do not count, nor does a （试行） left out."""

import re

from gongbao.gazette.rules.search_text import tokens

_TRIAL = re.compile(r"[(（]试行[)）]》?$")


def folded(title: str) -> str:
    """A title as it is compared: 《灯塔巡查办法（试行）》 = 灯塔巡查办法(试行)."""
    return "".join(token.text for token in tokens(title))


def names(title: str) -> set[str]:
    """The folded forms under which people name what bears a title: as it is, and without （试行）."""
    return {folded(title), folded(_TRIAL.sub("", title))}
