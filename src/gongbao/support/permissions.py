"""Who may do what with applications. Moves are not asked for here: the engine asks for each by its table."""

from typing import Any

from gongbao.cases.selectors import has_part
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Hidden, Ruling, permission
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.support.models import Application
from gongbao.support.tables.course import decided_by

OFFICES = ("commerce_district", "commerce_city", "responsible", "finance", "auditor", "supervisor")
MONEY = ("commerce_city", "responsible", "finance", "supervisor")


@permission("support.application.see")
def _see(actor: Actor, application: Application | None) -> Ruling:
    """The applicant; who has a part in its case; the city's commerce bureau, finance and supervisors. A draft is the
    applicant's alone."""
    if not actor.person:
        return LOG_IN
    if application is None:
        return Hidden()
    post = actor.holds("enterprise", "manager", at=application.applicant)
    if post:
        return Allowed(post)
    if application.case is None:
        return Hidden()
    post = actor.holds("finance", "supervisor")
    return Allowed(post) if post or has_part(actor.person, application.case, actor.on) else Hidden()


@permission("support.application.edit")
def _edit(actor: Actor, application: Application) -> Ruling:
    """Drafting, sending, mending: a clerk of the applicant."""
    post = actor.holds("enterprise", at=application.applicant)
    return Allowed(post) if post else Hidden()


@permission("support.desk.see")
def _desk(actor: Actor, _: Any) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds(*OFFICES)
    return Allowed(post) if post else Refused(Text("只有办理部门可以查看。", "Only the offices see this."), "")


@permission("support.money.see")
def _money(actor: Actor, _: Any) -> Ruling:
    """Budgets, payments, double funding, over all applications."""
    if not actor.person:
        return LOG_IN
    post = actor.holds(*MONEY)
    return Allowed(post) if post else Refused(Text("只有资金管理部门可以查看。", "Only those who run the money."), "")


@permission("support.money.pay")
def _pay(actor: Actor, programme: str) -> Ruling:
    """Set the budget of a programme and pay from it: who decides under it."""
    post = actor.holds(decided_by(programme))
    return Allowed(post) if post else Refused(Text("由作出决定的部门办理。", "For the office that decides."), "")


@permission("support.ledger.correct")
def _correct(actor: Actor, application: Application) -> Ruling:
    """The auditor of the case, once it has declared that it has no conflict of interest."""
    case = application.case
    part = case.parts.filter(party="auditor").select_related("organisation").first() if case else None
    post = actor.holds("auditor", at=part.organisation) if part else None
    return Allowed(post) if post else Hidden()


@permission("support.applicant.see")
def _applicant(actor: Actor, uscc: str) -> Ruling:
    """The applications of an applicant, for her own people."""
    if not actor.person:
        return LOG_IN
    own = organisation_by_uscc(uscc)
    post = actor.holds("enterprise", "manager", at=own) if own else None
    return Allowed(post) if post else Hidden()


@permission("support.applicant.act")
def _begin(actor: Actor, uscc: str) -> Ruling:
    """Begin an application: a clerk of the applicant."""
    own = organisation_by_uscc(uscc)
    post = actor.holds("enterprise", at=own) if own else None
    return Allowed(post) if post else Hidden()


@permission("support.materials.check")
def _check(actor: Actor, application: Application) -> Ruling:
    """The office of the first review."""
    case = application.case
    part = case.parts.filter(party__in=("district", "lead")).select_related("organisation").first() if case else None
    post = actor.holds("commerce_district", "responsible", at=part.organisation) if part else None
    return Allowed(post) if post else Hidden()
