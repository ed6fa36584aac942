"""Reading the tree, the people in it, and who is competent. Days are arguments: nothing here asks the clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone

from gongbao.organisations.models import (
    ApiCall,
    Change,
    Client,
    Competence,
    Deputy,
    Invitation,
    Membership,
    Organisation,
    Person,
)
from gongbao.organisations.tables.catalogue import kinds

# what stands in a User-Agent, the more particular first: Edge names Chrome too, and Chrome Safari
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Post:
    """What a person may act as on a day: a role in an organisation, her own or (deputy) another's."""

    organisation: Organisation
    role: str
    membership: Membership
    deputy: bool = False


def _valid(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}first_day__lte": on}) & (
        Q(**{f"{prefix}last_day": None}) | Q(**{f"{prefix}last_day__gte": on})
    )


def organisation_by_code(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()


def organisation_by_uscc(uscc: str) -> Organisation | None:
    return Organisation.objects.filter(uscc=uscc).first() if uscc else None


def organisations_of_kind(*kind: str, on: date | None = None) -> QuerySet[Organisation]:
    """All organisations of these kinds; with `on`, those not closed before that day."""
    found = Organisation.objects.filter(kind__in=kind)
    return found if on is None else found.filter(Q(closed_on=None) | Q(closed_on__gt=on))


def organisations_below(organisation: Organisation, *, itself: bool = True) -> QuerySet[Organisation]:
    """The organisation (unless itself=False) and everything under it, in the order of the tree."""
    found = Organisation.objects.filter(path__startswith=organisation.path)
    return found if itself else found.exclude(pk=organisation.pk)


def organisations_above(organisation: Organisation, *, itself: bool = True) -> list[Organisation]:
    """From the organisation (unless itself=False) up to the top, the nearest first."""
    codes = organisation.path.rstrip("/").split("/")
    paths = ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + (1 if itself else 0))]
    return sorted(Organisation.objects.filter(path__in=paths), key=lambda o: -len(o.path))


def is_below(organisation: Organisation, top: Organisation) -> bool:
    """Does the organisation stand under `top`, or is it `top`?"""
    return organisation.path.startswith(top.path)


def place_of(organisation: Organisation, level: str) -> Organisation | None:
    """The place of that level (city, district, street, community) that the organisation is in, or is."""
    fitting = {code for code, kind in kinds().items() if kind.level == level}
    return next((o for o in organisations_above(organisation) if o.kind in fitting), None)


def district_of(organisation: Organisation) -> Organisation | None:
    """The district or zone that the organisation is in, or is; None for the city's own."""
    return place_of(organisation, "district")


def authority_for(matter: str, place: Organisation, on: date) -> Organisation | None:
    """The authority for a matter at a place: the row of the nearest place from here upwards decides."""
    above = organisations_above(place)
    rows = Competence.objects.filter(_valid(on), matter=matter, place__in=above).select_related("authority")
    by_place = {row.place_id: row.authority for row in rows.order_by("first_day")}
    return next((by_place[o.pk] for o in above if o.pk in by_place), None)


def competences_of(authority: Organisation, on: date) -> list[str]:
    """The matters that an organisation is the authority for on that day, wherever."""
    rows = Competence.objects.filter(_valid(on), authority=authority)
    return sorted(set(rows.values_list("matter", flat=True)))


def posts_of(person: Person, on: date) -> tuple[Post, ...]:
    """Everything the person may act as on that day: her own memberships first, then those she stands in for."""
    own = Membership.objects.filter(_valid(on), person=person).select_related("organisation")
    lent = Membership.objects.filter(
        _valid(on), pk__in=person.stands_in.filter(_valid(on)).values("membership")
    ).select_related("organisation", "person")
    held = [(m, False) for m in own] + [(m, True) for m in lent if m.person.is_active]
    return tuple(
        Post(m.organisation, m.role, m, deputy)
        for m, deputy in held
        if m.organisation.closed_on is None or m.organisation.closed_on > on
    )


def people_with_role(role: str, organisation: Organisation, on: date) -> QuerySet[Person]:
    """Who holds the role in that very organisation on that day, deputies included; only people who may log in."""
    holding = Membership.objects.filter(_valid(on), role=role, organisation=organisation)
    return Person.objects.filter(
        Q(memberships__in=holding) | (Q(stands_in__membership__in=holding) & _valid(on, "stands_in__")),
        is_active=True,
    ).distinct()


def memberships_in(organisation: Organisation, on: date) -> QuerySet[Membership]:
    """Who belongs to the organisation on that day or will later."""
    return organisation.memberships.filter(Q(last_day=None) | Q(last_day__gte=on)).select_related("person")


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that a link's token belongs to, open or not."""
    digest = sha256(token.encode()).hexdigest()
    return Invitation.objects.filter(token_hash=digest).select_related("organisation").first()


def invitations_open(organisation: Organisation, now: datetime) -> QuerySet[Invitation]:
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def changes_in(organisation: Organisation) -> QuerySet[Change]:
    """What was changed about the organisation, the newest first."""
    return organisation.changes.select_related("by", "person")


def place_kinds() -> list[str]:
    """The kinds of organisation that are places of the city's administration."""
    return [code for code, kind in kinds().items() if kind.level]


def client_by_token(token: str, now: datetime) -> Client | None:
    """Whom a token lets in now: neither revoked nor expired, the organisation not closed, the login not blocked."""
    found = Client.objects.select_related("organisation", "person").filter(
        token_hash=sha256(token.encode()).hexdigest(), revoked_at=None
    )
    client = found.filter(Q(expires_at=None) | Q(expires_at__gt=now)).first()
    if client is None or (client.person and not may_log_in(client.person)):
        return None
    closed = client.organisation.closed_on
    return None if closed and closed <= timezone.localdate(now) else client


def may_log_in(person: Person) -> bool:
    """Made-up people may where the installation is a demonstration, blocked ones nowhere."""
    return person.is_active and (settings.DEMO or not person.demo)


def clients_all() -> QuerySet[Client]:
    """The connected systems; people's own tokens are theirs alone to see."""
    return Client.objects.filter(person=None).select_related("organisation")


def tokens_of(person: Person) -> QuerySet[Client]:
    """The tokens that a person made for programs of her own, the newest first."""
    return Client.objects.filter(person=person).select_related("organisation").order_by("-issued_at")


def calls_of(client: Client) -> QuerySet[ApiCall]:
    return client.calls.all()


def deputies_in(organisation: Organisation, on: date) -> QuerySet[Deputy]:
    """Who stands in for somebody of the organisation on that day or will later."""
    return Deputy.objects.filter(membership__organisation=organisation, last_day__gte=on).select_related(
        "person", "membership__person"
    )


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


@dataclass(frozen=True)
class Lockout:
    """A login name that is locked out from an address until a moment. person: None where nobody is called so."""

    username: str
    ip: str
    failures: int
    until: datetime
    person: Person | None


def lockouts(now: datetime) -> list[Lockout]:
    """Who is locked out now, the newest first."""
    pause = timedelta(hours=settings.AXES_COOLOFF_TIME)
    rows = (
        AccessAttempt.objects.filter(attempt_time__gte=now - pause)
        .order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("-last")
    )
    names = {row["username"] for row in rows}
    known = {person.username.lower(): person for person in Person.objects.filter(username__in=names)}
    return [
        Lockout(row["username"], row["ip_address"], row["failures"], row["last"] + pause, known.get(row["username"]))
        for row in rows
    ]


def people_all() -> QuerySet[Person]:
    return Person.objects.order_by("username")


@dataclass(frozen=True)
class OwnSession:
    """A browser in which a person is logged in. seen: its last request."""

    pk: int
    ip: str
    browser: str
    since: datetime
    seen: datetime
    current: bool


def browser_name(agent: str) -> str:
    """What people call the browser and the system behind a User-Agent; the first that is named in it counts."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:60]


def sessions_of(person: Person, current: str | None) -> list[OwnSession]:
    """Where the person is logged in, this browser (the session of key `current`) first, then the newest."""
    rows = UserSession.objects.filter(user=person)
    live = Session.objects.filter(session_key__in=rows.values("session_key"), expire_date__gt=timezone.now())
    ends = dict(live.values_list("session_key", "expire_date"))
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = [
        OwnSession(
            r.pk, r.ip, browser_name(r.user_agent), r.created_at, ends[r.session_key] - age, r.session_key == current
        )
        for r in rows
        if r.session_key in ends
    ]
    return sorted(found, key=lambda one: (one.current, one.seen), reverse=True)
