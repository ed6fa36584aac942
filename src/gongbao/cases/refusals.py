"""Why a move was not made. Nothing has changed when one of these is raised."""

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text


class MoveRefused(Exception):
    """The move is not legal here and now; `refused` says why, and under which clause."""

    def __init__(self, because: Text, cite: str) -> None:
        self.refused = Refused(because, cite)
        super().__init__(because.zh)


class NotYours(MoveRefused):
    """The person has no part in the case that could make the move."""


class TooLate(MoveRefused):
    """Somebody else moved the track since the person saw it; `refused` says who and when."""
