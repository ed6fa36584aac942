"""What joint handling hangs into the common frame."""

from django.urls import reverse

from gongbao.cases.issuers import end_at
from gongbao.documents.access import allow
from gongbao.documents.models import Paper
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
    end_at(decision_page)
    on_the_desk(work_of)
    name_scope("fire.read", Text("查询经本系统提交的消防协同申请", "follow joint applications that came through it"))
    name_scope("fire.write", Text("提交消防协同申请", "hand joint applications in"))
    frame_public.enter()


def decision_page(paper: Paper) -> str:
    """A decision is ended where the public page and connected systems follow."""
    found = getattr(paper, "publication", None)
    return reverse("fire_decision_end", args=[found.pk]) if found and paper.state == Paper.State.VALID else ""
