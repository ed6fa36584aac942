"""Who may do what in joint handling. A thing is an Application, a Place, or the organisation that applies."""

from typing import Any

from gongbao.firesafety.models import FIRE, HOUSING, Application, Place
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Hidden, Ruling, administrators, permission
from gongbao.organisations.selectors import Post

COURSE = "京建法〔2025〕3号 二"
ROLES = (HOUSING, FIRE, "window")


def party_post(actor: Actor, place: Place, *parties: str) -> tuple[str, Post] | None:
    """As which authority (or desk) of the case somebody acts: by the role of that name, in that very organisation."""
    if place.case is None:
        return None
    for part in place.case.parts.select_related("organisation"):
        if part.party in (parties or ROLES) and (post := actor.holds(part.party, at=part.organisation)):
            return part.party, post
    return None


@permission("fire.apply")
def _apply(actor: Actor, applicant: Organisation | None) -> Ruling:
    """Begin an application for an enterprise: its clerk."""
    if not actor.person:
        return LOG_IN
    post = actor.holds("enterprise", at=applicant) if applicant else actor.holds("enterprise")
    return (
        Allowed(post)
        if post
        else Refused(Text("由建设单位的经办人申请。", "A clerk of the applicant applies."), COURSE)
    )


@permission("fire.key_in")
def _key_in(actor: Actor, _: Any) -> Ruling:
    """Begin an application that was handed in on paper: a reception desk."""
    if not actor.person:
        return LOG_IN
    post = actor.holds("window")
    return Allowed(post) if post else Refused(Text("线下申请由窗口录入。", "A reception desk keys these in."), COURSE)


@permission("fire.application.change")
def _change(actor: Actor, application: Application) -> Ruling:
    """The applicant its own; the desk what it keyed in."""
    if not actor.person:
        return LOG_IN
    if application.window:
        post = actor.holds("window", at=application.window)
    else:
        post = actor.holds("enterprise", at=application.applicant)
    return Allowed(post) if post else Hidden()


@permission("fire.application.see")
def _see(actor: Actor, application: Application) -> Ruling:
    """The applicant; once it is sent, the desk, the authorities of its cases and their supervisors."""
    changing = _change(actor, application)
    if isinstance(changing, Allowed) or not actor.person:
        return changing
    if actor.holds("enterprise", at=application.applicant):
        return Allowed(actor.holds("enterprise", at=application.applicant))
    if application.sent_at is None:
        return Hidden()
    for place in application.places.all():
        if found := party_post(actor, place):
            return Allowed(found[1])
    district = application.district
    post = actor.holds("supervisor", over=district) if district else None
    return Allowed(post) if post else Hidden()


@permission("fire.desk.see")
def _desk(actor: Actor, _: Any) -> Ruling:
    """The queue of authorities and desks."""
    if not actor.person:
        return LOG_IN
    post = actor.holds(*ROLES, "supervisor")
    return Allowed(post) if post else Refused(
        Text("由消防验收、消防安全检查机关和窗口办理。", "For the authorities and reception desks."), COURSE
    )  # fmt: skip


@permission("fire.place.see")
def _place(actor: Actor, place: Place | None) -> Ruling:
    """A place's page at the desk: an authority of it, its desk, the supervisor."""
    if not actor.person:
        return LOG_IN
    if place is None:
        return Hidden()
    if found := party_post(actor, place):
        return Allowed(found[1])
    district = place.application.district
    post = actor.holds("supervisor", over=district) if district else None
    return Allowed(post) if post else Hidden()


@permission("fire.place.act")
def _act(actor: Actor, place: Place | None) -> Ruling:
    """Visits, inspectors, what concerns one authority: an authority of the place."""
    if not actor.person:
        return LOG_IN
    found = party_post(actor, place, HOUSING, FIRE) if place else None
    return Allowed(found[1]) if found else Hidden()


@permission("fire.deliver")
def _deliver(actor: Actor, place: Place) -> Ruling:
    """Record tries to deliver: an authority of the place, or its desk."""
    if not actor.person:
        return LOG_IN
    found = party_post(actor, place)
    return Allowed(found[1]) if found else Hidden()


@permission("fire.outbox.see")
def _outbox(actor: Actor, _: Any) -> Ruling:
    return administrators(actor, Text("只有系统管理员可以查看。", "Only administrators see this."))


@permission("fire.place.report")
def _report(actor: Actor, place: Place | None) -> Ruling:
    """That a place opened: its operator, the applicant, the fire authority."""
    if not actor.person:
        return LOG_IN
    if place is None:
        return Hidden()
    owners = (place.operator_organisation, place.application.applicant)
    post = next((post for one in owners if one and (post := actor.holds("enterprise", at=one))), None)
    found = party_post(actor, place, FIRE)
    return Allowed(post or (found[1] if found else None)) if post or found else Hidden()


@permission("fire.follow_ups.see")
def _follow_ups(actor: Actor, _: Any) -> Ruling:
    """The list of places to be followed up."""
    if not actor.person:
        return LOG_IN
    post = actor.holds(FIRE, "supervisor")
    only = Text("只有消防监管部门可以查看。", "Only the fire authority sees this list.")
    return Allowed(post) if post else Refused(only, "京建法〔2025〕3号 三（四）")


@permission("fire.follow_up.work")
def _follow_up(actor: Actor, place: Place) -> Ruling:
    """Notes on a place that opened, and closing its follow-up: the fire authority of the place."""
    found = party_post(actor, place, FIRE)
    return Allowed(found[1]) if found else Hidden()
