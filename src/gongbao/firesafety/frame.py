"""What joint handling hangs into the common frame."""

from gongbao.documents.access import allow
from gongbao.firesafety import frame_public, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.firesafety.access import application_files
from gongbao.firesafety.services import course, turns  # noqa: F401 - join in where the engine moves cases
from gongbao.kernel.text import Text
from gongbao.web.registry import on_the_desk
from gongbao.web.scopes import name_scope


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.firesafety.views.desk import work_of

    allow("fire", application_files)
    on_the_desk(work_of)
    name_scope("fire.read", Text("查询经本系统提交的消防协同申请", "follow joint applications that came through it"))
    name_scope("fire.write", Text("提交消防协同申请", "hand joint applications in"))
    frame_public.enter()
