"""What cases hang into the common frame."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from gongbao.cases.issuers import Issuer, issue_as
from gongbao.cases.permissions import may_read_files
from gongbao.cases.rules.process import Deadline, Move
from gongbao.cases.selectors import papers_issued, people_with_paper
from gongbao.cases.tables import processes_on
from gongbao.cases.views import desk, papers
from gongbao.documents.access import allow
from gongbao.kernel.text import Text
from gongbao.web.provisions import Run, runs_from
from gongbao.web.registry import in_sitemap, on_the_desk
from gongbao.web.scopes import name_scope

PROCESS = Text("流程", "Process")
STEP = Text("步骤", "Step")
DEADLINE = Text("期限", "Deadline")


def enter() -> None:
    """Called once, when the application is ready."""
    allow("case", lambda person, number: may_read_files(person, number, timezone.localdate()))
    issue_as(Issuer(papers_issued, people_with_paper))
    on_the_desk(desk.work_of)
    on_the_desk(papers.work_of)
    name_scope("cases.read", Text("查看我的事项", "read my cases"), personal=True)
    name_scope("cases.write", Text("办理我的事项、留言", "make moves in my cases, and comment"), personal=True)
    runs_from(steps)
    in_sitemap(lambda: [process_url(code) for code in processes_on(timezone.localdate())])


def process_url(code: str) -> str:
    """The page that says how a process goes."""
    return reverse("process", args=[code])


def steps() -> Iterator[Run]:
    """Every process on its document, every step and deadline on its clause; same names on one clause once, as where two
    authorities have the same step."""
    for process in processes_on(timezone.localdate()).values():
        url = process_url(process.code)
        yield Run(process.law, PROCESS, process.name, None, url)
        listed: list[tuple[Text, Move | Deadline]] = [(STEP, move) for move in process.steps]
        listed += [(DEADLINE, deadline) for deadline in process.deadlines]
        seen = set()
        for kind, one in listed:
            if one.cite and (key := (one.cite, kind, one.name)) not in seen:
                seen.add(key)
                yield Run(one.cite, kind, one.name, process.name, f"{url}#{anchor(one)}")


def anchor(one: Move | Deadline) -> str:
    """The name of a step or deadline on the page of its process."""
    return f"{'step' if isinstance(one, Move) else 'deadline'}-{one.track or 'all'}-{one.code}"
