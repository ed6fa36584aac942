"""What joint handling hangs into the common frame."""

from gongbao.documents.access import allow
from gongbao.firesafety import frame_public, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.firesafety.access import application_files
from gongbao.firesafety.services import course, turns  # noqa: F401 - join in where the engine moves cases


def enter() -> None:
    """Called once, when the application is ready."""
    allow("fire", application_files)
    frame_public.enter()
