"""Who sees which case. Moves are not asked for here: the engine asks for each by its table."""

from typing import Any

from gongbao.cases.issuers import papers_by
from gongbao.cases.models import Case
from gongbao.cases.selectors import case_by_number, has_part, reads_internal
from gongbao.documents import access
from gongbao.documents.models import Paper
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import (
    LOG_IN,
    Actor,
    Allowed,
    Hidden,
    Ruling,
    actor_of,
    administrators,
    ask,
    permission,
)


@permission("cases.case.see")
def _see(actor: Actor, case: Case | None) -> Ruling:
    """Whoever acts for a party, and the supervisor of a place or office that has a part in it."""
    if not actor.person:
        return LOG_IN
    if case is None:
        return Hidden()
    if has_part(actor.person, case, actor.on):
        return Allowed()
    parts = case.parts.select_related("organisation")
    post = next((post for part in parts if (post := actor.holds("supervisor", over=part.organisation))), None)
    return Allowed(post) if post else Hidden()


@permission("cases.overdue.see")
def _overdue(actor: Actor, _: Any) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds("supervisor")
    return Allowed(post) if post else Refused(Text("只有监督员可以查看。", "Only supervisors see this."), "")


@permission("cases.calendar.load")
def _calendar(actor: Actor, _: Any) -> Ruling:
    return administrators(actor, Text("只有系统管理员可以维护日历。", "Only administrators do this."))


@permission("cases.settings.change")
def _settings(actor: Actor, _: Any) -> Ruling:
    return administrators(actor, Text("只有系统管理员可以调整设置。", "Only administrators do this."))


@permission("cases.paper.end")
def _end_paper(actor: Actor, paper: Paper | None) -> Ruling:
    """The office that issued it; whoever else reads the paper is told who may."""
    if not actor.person:
        return LOG_IN
    if paper is None:
        return Hidden()
    if papers_by(actor).filter(pk=paper.pk).exists():
        return Allowed()
    if access.refusal(actor.person, paper.file.belongs_to):
        return Hidden()
    return Refused(Text("只有出具机关可以结束文书的效力。", "Only the office that issued a paper ends it."), "")


def may_read_files(person: Person | None, key: str, on: Any) -> Text | None:
    """The files of a case are read by whoever sees the case; those of its offices ("number/offices") by them alone."""
    number, _, audience = key.partition("/")
    case = case_by_number(number)
    seen = isinstance(ask("cases.case.see", actor_of(person, on), case), Allowed)
    if not seen or (audience and not (person and case and reads_internal(person, case, on))):
        return access.UNKNOWN
    return None
