"""Why something was not done in joint handling. Nothing has changed when this is raised."""

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.text import Text


class NotNow(MoveRefused):
    """As said in both languages, and under which clause."""

    def __init__(self, zh: str, en: str, cite: str) -> None:
        super().__init__(Text(zh, en), cite)
