"""Changing people: logins, memberships, deputies, invitations, leaving.

Each function is one transaction that also writes down who changed what; bad values raise BadInput with every problem
at once, before anything is written. `by` is who acts (None: the command line).
"""

import re
import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from gongbao.organisations.models import Deputy, Invitation, Membership, Organisation, Person
from gongbao.organisations.selectors import invitation_by_token
from gongbao.organisations.services.checking import Check, log_change
from gongbao.organisations.tables.catalogue import roles

INVITATION_DAYS = 7
USERNAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{1,59}")


def _check_role(check: Check, role: str, organisation: Organisation) -> None:
    known = roles().get(role)
    check.need(known, "role", role, "角色目录中的角色", "a role from the catalogue of roles")
    if known:
        kind = organisation.kind_of.name
        check.need(
            known.fits(organisation.kind),
            "role",
            role,
            f"“{known.name.zh}”不适用于{kind.zh}",
            f"“{known.name.en}” does not fit this kind of organisation ({kind.en})",
        )


def check_email(check: Check, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        check.need(False, "email", email, "电子邮箱地址,如 name@example.cn", "an e-mail address like name@example.cn")


def email_taken(email: str, but: Person | None = None) -> bool:
    """Does another login have the address already?"""
    others = Person.objects.exclude(pk=but.pk) if but else Person.objects.all()
    return others.filter(email__iexact=email).exists()


def _check_login(check: Check, username: str, email: str, password: str | None, person: Person) -> None:
    fits = USERNAME.fullmatch(username)
    check.need(fits, "username", username, "2 至 60 个字母、数字、. _ -", "2 to 60 letters, digits, . _ -")
    taken = Person.objects.filter(username__iexact=username).exists()
    check.need(not taken, "username", username, "该登录名已使用,请换一个", "the login name is taken, choose another")
    if email:
        check_email(check, email)
        check.need(not email_taken(email), "email", email, "该邮箱已有账号,请直接登录", "it has an account: log in")
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as weak:
            for message in weak.messages:
                check.need(False, "password", "", message, message)


@transaction.atomic
def person_create(
    *,
    username: str,
    name: str,
    password: str | None,
    now: datetime,
    by: Person | None = None,
    email: str = "",
    phone: str = "",
    language: str = "zh-hans",
    demo: bool = False,
) -> Person:
    """Make a login. password None: none yet, so that only OIDC or a reset by e-mail lets the person in.

    demo: a made-up person, who may log in where the installation is a demonstration.
    """
    username, name, email = username.strip(), name.strip(), email.strip()
    person = Person(username=username, name=name, email=email, phone=phone.strip(), language=language, demo=demo)
    check = Check("person")
    check.need(name and len(name) <= 60, "name", name, "填写姓名,最多 60 字", "a name of up to 60 characters")
    _check_login(check, username, email, password, person)
    check.done()
    person.set_password(password)
    person.save()
    log_change(now, by, "person_created", person=person, detail={"username": username})
    return person


@transaction.atomic
def membership_grant(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    first_day: date,
    now: datetime,
    by: Person | None = None,
    last_day: date | None = None,
) -> Membership:
    """Give a person a role in an organisation, for days that do not overlap with the same role held already."""
    check = Check("membership")
    _check_role(check, role, organisation)
    ordered = last_day is None or last_day >= first_day
    check.need(ordered, "last_day", last_day, "不早于开始日期", "not before the first day")
    held = Membership.objects.filter(person=person, organisation=organisation, role=role)
    held = held.filter(Q(last_day=None) | Q(last_day__gte=first_day))
    held = held if last_day is None else held.filter(first_day__lte=last_day)
    check.need(not held.exists(), "role", role, "此人在这些日期已有该角色", "held by this person on these days already")
    check.done()
    made = Membership.objects.create(
        person=person, organisation=organisation, role=role, first_day=first_day, last_day=last_day
    )
    log_change(now, by, "membership_granted", organisation=organisation, person=person, detail={"role": role})
    return made


@transaction.atomic
def membership_end(*, membership: Membership, last_day: date, now: datetime, by: Person | None) -> None:
    """End a membership after last_day; one that would not have begun by then is taken back."""
    detail = {"role": membership.role, "last_day": last_day.isoformat()}
    log_change(
        now, by, "membership_ended", organisation=membership.organisation, person=membership.person, detail=detail
    )
    if last_day < membership.first_day:
        membership.deputies.all().delete()
        membership.delete()
        return
    membership.last_day = last_day
    membership.save(update_fields=["last_day"])


@transaction.atomic
def organisation_leave(
    *, person: Person, organisation: Organisation, last_day: date, now: datetime, by: Person | None
) -> int:
    """End everything the person is in the organisation, standing in for others there too. Returns how many ended."""
    running = Q(last_day=None) | Q(last_day__gt=last_day)
    mine = list(organisation.memberships.filter(running, person=person))
    for membership in mine:
        membership_end(membership=membership, last_day=last_day, now=now, by=by)
    lent = list(person.stands_in.filter(membership__organisation=organisation, last_day__gt=last_day))
    for deputy in lent:
        deputy_end(deputy=deputy, last_day=last_day, now=now, by=by)
    return len(mine) + len(lent)


@transaction.atomic
def deputy_name(
    *, membership: Membership, person: Person, first_day: date, last_day: date, now: datetime, by: Person | None
) -> Deputy:
    """Let somebody of the same organisation stand in for a membership from first_day to last_day."""
    check = Check("deputy")
    check.need(last_day >= first_day, "last_day", last_day, "不早于开始日期", "not before the first day")
    other = person.pk != membership.person_id
    check.need(other, "person", person, "代理人应为另一人", "the deputy is somebody else")
    colleague = person.memberships.filter(
        Q(last_day=None) | Q(last_day__gte=last_day), organisation=membership.organisation, first_day__lte=first_day
    ).exists()
    check.need(
        colleague or not other,
        "person",
        person,
        "代理人在这些日期应为同一组织的人员",
        "a deputy belongs to the same organisation on these days",
    )
    check.done()
    made = Deputy.objects.create(membership=membership, person=person, first_day=first_day, last_day=last_day)
    detail = {"role": membership.role, "for": membership.person.username}
    log_change(now, by, "deputy_named", organisation=membership.organisation, person=person, detail=detail)
    return made


@transaction.atomic
def deputy_end(*, deputy: Deputy, last_day: date, now: datetime, by: Person | None) -> None:
    """End a deputy's time after last_day; one that would not have begun by then is taken back."""
    detail = {"role": deputy.membership.role, "for": deputy.membership.person.username}
    log_change(
        now, by, "deputy_ended", organisation=deputy.membership.organisation, person=deputy.person, detail=detail
    )
    if last_day < deputy.first_day:
        deputy.delete()
        return
    deputy.last_day = last_day
    deputy.save(update_fields=["last_day"])


@transaction.atomic
def invitation_make(
    *, organisation: Organisation, role: str, email: str, name: str, now: datetime, by: Person | None
) -> tuple[Invitation, str]:
    """Invite somebody by e-mail. Returns the invitation and the token of its link, which is not kept anywhere."""
    email, name = email.strip(), name.strip()
    check = Check("invitation")
    _check_role(check, role, organisation)
    check_email(check, email)
    check.need(name and len(name) <= 60, "name", name, "填写姓名,最多 60 字", "a name of up to 60 characters")
    check.done()
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        organisation=organisation,
        role=role,
        email=email,
        name=name,
        token_hash=sha256(token.encode()).hexdigest(),
        invited_by=by,
        made_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    log_change(now, by, "invited", organisation=organisation, detail={"role": role, "email": email})
    return made, token


@transaction.atomic
def invitation_withdraw(*, invitation: Invitation, now: datetime, by: Person | None) -> None:
    """Make an invitation's link useless."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    check = Check("invitation")
    used = invitation.accepted_at
    check.need(not used, "accepted_at", used, "邀请已被接受,请改为结束其角色", "accepted already: end the role instead")
    check.done()
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    log_change(
        now, by, "invitation_withdrawn", organisation=invitation.organisation, detail={"email": invitation.email}
    )


@transaction.atomic
def invitation_accept(
    *, token: str, now: datetime, today: date, person: Person | None, username: str = "", password: str = ""
) -> Person:
    """Join by an invitation's link: as `person` (who is logged in), or with a new login made here."""
    found = invitation_by_token(token)
    check = Check("invitation")
    ask_zh, ask_en = "请向邀请人索取新的链接", "ask the person who invited you for a new link"
    check.need(found, "token", "", f"链接无效,{ask_zh}", f"the link is not valid: {ask_en}")
    check.done()
    assert found is not None  # noqa: S101 - told to the type checker; `done` has raised otherwise
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    used = invitation.accepted_at or invitation.withdrawn_at
    check.need(not used, "token", "", f"链接已使用或已撤回,{ask_zh}", f"the link was used or withdrawn: {ask_en}")
    fresh = invitation.expires_at > now
    check.need(fresh, "token", "", f"链接已过期,{ask_zh}", f"the link has expired: {ask_en}")
    check.done()
    if person is None:
        person = person_create(
            username=username, name=invitation.name, password=password, email=invitation.email, now=now
        )
    membership_grant(
        person=person,
        organisation=invitation.organisation,
        role=invitation.role,
        first_day=today,
        now=now,
        by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return person
