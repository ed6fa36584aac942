"""Comments and files that people add to a case without moving it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.models import Case, Step
from gongbao.cases.refusals import NotYours
from gongbao.cases.selectors import has_part, reads_internal
from gongbao.cases.services.hand import beijing_day
from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person

ALL = Step.Audience.ALL


@transaction.atomic
def comment_add(
    *,
    case: Case,
    text: str,
    actor: Person,
    now: datetime,
    files: Iterable[StoredFile] = (),
    audience: str = ALL,
    within: Organisation | None = None,
) -> Step:
    """Say something, or add files, that the audience (Step.Audience) reads. What is said may name people: it stands
    outside the chain and can be erased. Raises NotYours, or BadInput when there is neither text nor file, or when
    somebody who does not act for an office speaks to the offices alone."""
    today = beijing_day(now)
    if not has_part(actor, case, today):
        raise NotYours(Text("只有本事项的当事方可以留言", "only parties of the case can comment"), "")
    added, problems = tuple(files), list[Problem]()
    if not (text.strip() or added):
        problems.append(Problem("comment", None, "text", "", "请填写内容或添加文件", "enter a text or add a file"))
    if audience != ALL and not (audience in Step.Audience and reads_internal(actor, case, today, within)):
        problems.append(Problem("comment", None, "audience", audience, "各方", "all: every party"))
    if problems:
        raise BadInput(problems)
    entry = entry_append(
        subject=case.subject,
        kind="case.comment",
        payload={"case": case.number, "audience": audience, "files": [file.sha256 for file in added]},
        personal={"text": text.strip()} if text.strip() else {},
        actor=actor,
        at=now,
    )
    step = Step.objects.create(case=case, person=actor, day=today, at=now, entry=entry, audience=audience)
    step.files.set(added)
    return step
