"""Who may do what. A permission is a predicate with a name that answers Allowed, Refused (why, clause) or Hidden.

A domain writes its predicates in its `permissions` module with `@permission(name)`; pages call `allow`, services
`authorise`. Nobody else compares roles. Rights come from posts alone (Actor.holds): there is no superuser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.selectors import Post, posts_of
from gongbao.web.errors import NotAllowed


@dataclass(frozen=True)
class Allowed:
    """Yes. post: what the person acts as, None where everybody may."""

    post: Post | None = None


@dataclass(frozen=True)
class Hidden:
    """No, and not even whether the thing exists: answered with 404."""


Ruling = Allowed | Refused | Hidden


@dataclass(frozen=True)
class Actor:
    """Who acts on a day: a person with posts, or nobody that we know (person None, no posts)."""

    person: Person | None
    on: date
    posts: tuple[Post, ...] = ()

    def holds(
        self,
        *role: str,
        at: Organisation | None = None,
        above: Organisation | None = None,
        over: Organisation | None = None,
    ) -> Post | None:
        """A post with one of the roles (any role, if none is named), her own before one she stands in for.

        at: in this very organisation; above: in it or in one that it stands under in the tree; over: in an office
        whose territory it lies in.
        """
        return next(
            (
                post
                for post in self.posts
                if (not role or post.role in role)
                and (at is None or post.organisation.pk == at.pk)
                and (above is None or above.path.startswith(post.organisation.path))
                and (over is None or over.path.startswith(territory(post.organisation)))
            ),
            None,
        )


Predicate = Callable[[Actor, Any], Ruling]
_predicates: dict[str, Predicate] = {}


def territory(organisation: Organisation) -> str:
    """The part of the tree that an organisation answers for, as a prefix of paths: a place for all within it, an
    office for the place that it stands under, an enterprise or firm for itself."""
    kind = organisation.kind_of
    if kind.level or kind.uscc or organisation.kind == "window":
        return organisation.path
    return organisation.path.removesuffix(f"{organisation.code}/") or organisation.path


def actor_of(person: Person | None, on: date) -> Actor:
    return Actor(person, on, posts_of(person, on)) if person is not None else Actor(None, on)


def permission(name: str) -> Callable[[Predicate], Predicate]:
    """Give a predicate its name: "domain.thing.action". A name is given once."""

    def enter(predicate: Predicate) -> Predicate:
        if name in _predicates:
            raise ValueError(f"permission {name} has a predicate already")
        _predicates[name] = predicate
        return predicate

    return enter


def permissions() -> frozenset[str]:
    return frozenset(_predicates)


def ask(name: str, actor: Actor, thing: Any = None) -> Ruling:
    """What the predicate of that name says. An unknown name is a mistake in the code: KeyError."""
    return _predicates[name](actor, thing)


def authorise(name: str, actor: Actor, thing: Any = None) -> Allowed:
    """For services and pages: Allowed, or else NotAllowed (403, with the reason) or Http404 for what is hidden."""
    ruling = ask(name, actor, thing)
    if isinstance(ruling, Allowed):
        return ruling
    if isinstance(ruling, Refused):
        raise NotAllowed(ruling)
    raise Http404


def actor(request: HttpRequest) -> Actor:
    """Who acts in a request; put there by ActorMiddleware."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def allow(request: HttpRequest, name: str, thing: Any = None) -> Allowed:
    """For pages: as `authorise`, for whoever acts in the request. A stranger is asked to log in."""
    return authorise(name, actor(request), thing)


LOG_IN = Refused(Text("请先登录。", "Please log in first."), "")


def administrators(actor: Actor, alone: Text) -> Ruling:
    """For predicates: what administrators do. alone: what anybody else is told."""
    if not actor.person:
        return LOG_IN
    post = actor.holds("administrator")
    return Allowed(post) if post else Refused(alone, "")


def _manager_of(actor: Actor, organisation: Organisation) -> Post | None:
    return actor.holds("manager", above=organisation) or actor.holds("administrator", over=organisation)


@permission("organisations.desk.see")
def _desk(actor: Actor, _: Any) -> Ruling:
    return Allowed() if actor.person else LOG_IN


@permission("organisations.organisation.see")
def _see(actor: Actor, organisation: Organisation) -> Ruling:
    """Who belongs to it, or may manage its people."""
    if not actor.person:
        return LOG_IN
    post = actor.holds(at=organisation) or _manager_of(actor, organisation)
    return Allowed(post) if post else Hidden()


@permission("organisations.people.manage")
def _manage(actor: Actor, organisation: Organisation) -> Ruling:
    """Its own manager, the manager of one that it stands under, or an administrator."""
    seen = _see(actor, organisation)
    if not isinstance(seen, Allowed):
        return seen
    post = _manager_of(actor, organisation)
    if post:
        return Allowed(post)
    return Refused(
        Text("只有本单位管理员可以管理人员。", "Only the manager of the organisation manages its people."), ""
    )


@permission("organisations.clients.manage")
def _clients(actor: Actor, _: Any) -> Ruling:
    return administrators(
        actor, Text("只有系统管理员可以管理接入系统。", "Only an administrator manages connected systems.")
    )


@permission("organisations.logins.manage")
def _logins(actor: Actor, _: Any) -> Ruling:
    return administrators(
        actor, Text("只有系统管理员可以停用和恢复账号。", "Only an administrator blocks and unblocks logins.")
    )
