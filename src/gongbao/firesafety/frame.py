"""What joint handling hangs into the common frame."""

from django.urls import reverse

from gongbao.cases.issuers import end_at
from gongbao.documents.access import allow
from gongbao.documents.models import Paper
from gongbao.firesafety import frame_public, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.firesafety.access import application_files
from gongbao.firesafety.services import course, turns  # noqa: F401 - join in where the engine moves cases
from gongbao.web.registry import on_the_desk


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.firesafety.views.desk import work_of

    allow("fire", application_files)
    end_at(decision_page)
    on_the_desk(work_of)
    frame_public.enter()


def decision_page(paper: Paper) -> str:
    """A decision is ended where the public page and connected systems follow."""
    found = getattr(paper, "publication", None)
    return reverse("fire_decision_end", args=[found.pk]) if found and paper.state == Paper.State.VALID else ""
