"""Why something of a rating was not done. Nothing has changed when one of these is raised."""

from gongbao.cases.refusals import MoveRefused, TooLate
from gongbao.kernel.text import Text

__all__ = ["MoveRefused", "Stale", "TooLate"]


class Stale(TooLate):
    """Somebody else changed it since the person saw it."""

    def __init__(self) -> None:
        super().__init__(
            Text("内容已被他人改动,请刷新后再办", "somebody else has changed it; please reload and look again"), ""
        )
