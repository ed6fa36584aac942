"""Who may do what in a rating. A thing is a code (uscc), a district's name, a Spell, a Declaration, a Fact, a place."""

from typing import Any

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Hidden, Ruling, permission
from gongbao.organisations.selectors import Post, organisation_by_uscc, place_of
from gongbao.rating.models import Declaration, Fact, HelpTask, Spell
from gongbao.rating.selectors.places import district_post, street_post

COURSE = "京建法〔2025〕2号 第四条"
COLLECTING = "京建法〔2025〕2号 第十四条"
READERS = ("rating_city", "rating_district", "supervisor", "party_reader", "helper")


def _only(zh: str, en: str, cite: str) -> Refused:
    return Refused(Text(f"只有{zh}可以办理。", f"Only {en} may do this."), cite)


ONLY_CITY = _only("市住房城乡建设委评价经办人", "a rating officer of the city's housing commission", COURSE)
ONLY_STREET = _only("该项目所在街道(乡镇)", "the street or township of the project", COLLECTING)
ONLY_DISTRICT = _only("项目所在区住建房管部门", "the housing bureau of the district", COLLECTING)


@permission("rating.cycle.run")
def _run(actor: Actor, _: Any) -> Ruling:
    """Steps, settings, runs, imports, corrections: the commission."""
    post = actor.holds("rating_city")
    return Allowed(post) if post else ONLY_CITY


@permission("rating.board.see")
def _board(actor: Actor, _: Any) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds(*READERS)
    return Allowed(post) if post else _only("评价管理和监督部门", "those who run or supervise the rating", COURSE)


@permission("rating.enterprise.act")
def _act(actor: Actor, uscc: str) -> Ruling:
    """For an enterprise: declare, object."""
    own = organisation_by_uscc(uscc)
    post = actor.holds("enterprise", at=own) if own else None
    return Allowed(post) if post else Hidden()


@permission("rating.enterprise.see")
def _see(actor: Actor, uscc: str) -> Ruling:
    """Facts and documents: the enterprise itself, and the authorities (I-29)."""
    if not actor.person:
        return LOG_IN
    own = organisation_by_uscc(uscc)
    post = (actor.holds("enterprise", "manager", at=own) if own else None) or actor.holds(*READERS)
    return Allowed(post) if post else Hidden()


@permission("rating.declaration.see")
def _see_declaration(actor: Actor, declaration: Declaration) -> Ruling:
    """The enterprise, the district of the first review, the city."""
    post = district_post(actor, declaration.district, "rating_district") or actor.holds("rating_city", "supervisor")
    post = post or _helping(actor, declaration)
    return Allowed(post) if post else _act(actor, declaration.uscc)


def _helping(actor: Actor, declaration: Declaration) -> Post | None:
    """An association reads the claim that it was asked to help with."""
    asked = declaration.help_tasks.exclude(state=HelpTask.State.WITHDRAWN).values_list("association", flat=True)
    held = (post for post in actor.posts if post.role == "helper")
    return next((post for post in held if post.organisation.pk in set(asked)), None)


@permission("rating.help.list")
def _help_list(actor: Actor, _: Any) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds("rating_city", "rating_district", "helper", "supervisor")
    words = "市、区评价经办人和行业协会", "rating officers of city and districts, and associations"
    return Allowed(post) if post else _only(*words, COURSE)


@permission("rating.help.ask")
def _help_ask(actor: Actor, declaration: Declaration | None) -> Ruling:
    """The commission; a district in its own matters."""
    post = actor.holds("rating_city")
    if post is None and declaration is None:
        post = actor.holds("rating_district")
    elif post is None and declaration is not None:
        post = district_post(actor, declaration.district, "rating_district")
    return Allowed(post) if post else _only("市、区评价经办人", "a rating officer of the city or a district", COURSE)


@permission("rating.help.see")
def _help_see(actor: Actor, task: HelpTask) -> Ruling:
    """The association, the office that asked, the district of the claim, the city."""
    post = actor.holds("helper", at=task.association) or actor.holds("rating_district", at=task.office)
    post = post or actor.holds("rating_city", "supervisor")
    if post is None and task.declaration:
        post = district_post(actor, task.declaration.district, "rating_district")
    return Allowed(post) if post else Hidden()


@permission("rating.help.report")
def _help_report(actor: Actor, task: HelpTask) -> Ruling:
    post = actor.holds("helper", at=task.association)
    if post:
        return Allowed(post)
    seen = _help_see(actor, task)
    return _only("被请求协助的协会", "the association that was asked", COURSE) if isinstance(seen, Allowed) else seen


@permission("rating.help.withdraw")
def _help_withdraw(actor: Actor, task: HelpTask) -> Ruling:
    post = actor.holds("rating_city", "rating_district", at=task.office)
    if post:
        return Allowed(post)
    seen = _help_see(actor, task)
    return _only("提出请求的单位", "the office that asked", COURSE) if isinstance(seen, Allowed) else seen


@permission("rating.declaration.review")
def _review(actor: Actor, declaration: Declaration) -> Ruling:
    """First the district, then the city. Whether the city may step in for a silent district is the service's part."""
    city = actor.holds("rating_city")
    if city:
        return Allowed(city)
    post = district_post(actor, declaration.district, "rating_district")
    if post is None:
        seen = _act(actor, declaration.uscc)
        return ONLY_DISTRICT if isinstance(seen, Allowed) else seen
    return Allowed(post) if declaration.state == Declaration.State.DECLARED else ONLY_CITY


@permission("rating.sheet.draft")
def _draft(actor: Actor, spell: Spell) -> Ruling:
    post = street_post(actor, spell.district, spell.street, "rating_street", "rating_community")
    return Allowed(post) if post else Hidden()


@permission("rating.sheet.sign")
def _sign(actor: Actor, spell: Spell) -> Ruling:
    drafting = _draft(actor, spell)
    if not isinstance(drafting, Allowed):
        return drafting
    post = street_post(actor, spell.district, spell.street, "rating_street")
    return Allowed(post) if post else ONLY_STREET


@permission("rating.verify")
def _verify(actor: Actor, district: str) -> Ruling:
    post = district_post(actor, district, "rating_district")
    return Allowed(post) if post else ONLY_DISTRICT


@permission("rating.order.enter")
def _order(actor: Actor, _: Any) -> Ruling:
    post = actor.holds("enforcement")
    return Allowed(post) if post else _only("作出决定的执法机关", "the authority that made the decision", COLLECTING)


@permission("rating.fact.correct")
def _correct(actor: Actor, fact: Fact) -> Ruling:
    """Whose fact it is, or the commission."""
    city = actor.holds("rating_city")
    if city:
        return Allowed(city)
    owner = fact.delivery.organisation
    roles = ("rating_street", "rating_district", "enforcement", "complaints", "credit")
    post = actor.holds(*roles, at=owner) if owner else None
    return Allowed(post) if post else _only("该事实的来源单位", "the source of this fact", COLLECTING)


@permission("rating.complaints.enter")
def _complaints(actor: Actor, _: Any) -> Ruling:
    """Single complaints: the complaint line, and the commission."""
    post = actor.holds("complaints") or actor.holds("rating_city")
    return Allowed(post) if post else _only("12345 热线和市级评价经办人", "the complaint line and the city", COLLECTING)


@permission("rating.plan.make")
def _plan(actor: Actor, place: Organisation) -> Ruling:
    """Districts and streets for themselves (第十七条)."""
    level = place.kind_of.level
    if level == "street":
        post = next((p for p in actor.posts if p.role == "rating_street" and p.organisation.pk == place.pk), None)
    else:
        held = (p for p in actor.posts if p.role == "rating_district")
        post = next((p for p in held if _district_is(p.organisation, place)), None)
    cite = "京建法〔2025〕2号 第十七条"
    return Allowed(post) if post else _only("该区、街道(乡镇)", "that district or street", cite)


def _district_is(office: Organisation, place: Organisation) -> bool:
    district = place_of(office, "district")
    return district is not None and district.pk == place.pk
