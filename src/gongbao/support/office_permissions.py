"""Who keeps programme files, and who works out populations. The thing is a ProgrammeDraft or a Population, or None."""

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Hidden, Ruling, permission
from gongbao.support.rows import Population, ProgrammeDraft

KEEPERS = ("administrator", "commerce_city", "responsible")
PLANNERS = ("commerce_city", "responsible", "finance", "supervisor")
ONLY_KEEPERS = Refused(
    Text("由系统管理员、市商务局或责任单位维护政策文件。", "Administrators and the offices in charge keep programmes."),
    "",
)
SECOND_PERSON = Refused(Text("须由提交人以外的另一人审核。", "Another person than who handed it in has to decide."), "")
ONLY_PLANNERS = Refused(Text("由管理资金的部门测算。", "For the offices that run the money."), "")


@permission("support.programme.draft")
def _draft(actor: Actor, _: object) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds(*KEEPERS)
    return Allowed(post) if post else ONLY_KEEPERS


@permission("support.programme.decide")
def _decide(actor: Actor, draft: ProgrammeDraft) -> Ruling:
    ruling = _draft(actor, None)
    own = actor.person is not None and actor.person.pk == draft.drafted_by_id
    return SECOND_PERSON if own and isinstance(ruling, Allowed) else ruling


@permission("support.population.make")
def _make(actor: Actor, _: object) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds(*PLANNERS)
    return Allowed(post) if post else ONLY_PLANNERS


@permission("support.population.see")
def _see(actor: Actor, population: Population) -> Ruling:
    """Who handed it in: its rows are facts of other people's enterprises."""
    ruling = _make(actor, None)
    own = actor.person is not None and actor.person.pk == population.by_id
    return ruling if own or not isinstance(ruling, Allowed) else Hidden()
