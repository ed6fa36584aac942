"""Why something was not done in joint handling. Nothing has changed when this is raised."""

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text


class NotNow(Exception):
    """`refused` says why, and under which clause."""

    def __init__(self, zh: str, en: str, cite: str) -> None:
        self.refused = Refused(Text(zh, en), cite)
        super().__init__(zh)
