"""What support hangs into the common frame."""

from gongbao.support import permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.support.views.desk import work_of
from gongbao.web.registry import on_the_desk


def enter() -> None:
    """Called once, when the application is ready."""
    on_the_desk(work_of)
