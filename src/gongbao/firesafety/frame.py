"""What joint handling hangs into the common frame."""

from gongbao.documents.access import allow
from gongbao.firesafety import frame_public, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.firesafety.access import application_files
from gongbao.firesafety.services import course, turns  # noqa: F401 - join in where the engine moves cases
from gongbao.web.registry import on_the_desk


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.firesafety.views.desk import work_of

    allow("fire", application_files)
    on_the_desk(work_of)
    frame_public.enter()
