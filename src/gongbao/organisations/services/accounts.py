"""Changing logins: one's own name and address; blocking, unblocking, and lifting lock-outs for administrators."""

from datetime import datetime

from axes.utils import reset
from django.core import signing
from django.db import transaction

from gongbao.organisations.models import Person
from gongbao.organisations.services.checking import Check, log_change
from gongbao.organisations.services.people import check_email, email_taken

EMAIL_SECONDS = 24 * 3600  # how long the link to a new address works
SALT = "gongbao.email"


@transaction.atomic
def person_rename(*, person: Person, name: str, now: datetime) -> None:
    """A person changes her own name. Papers and entries keep the one that they were made with."""
    check, name = Check("person"), name.strip()
    check.need(0 < len(name) <= 60, "name", name, "填写姓名,最多 60 字", "a name of up to 60 characters")
    check.done()
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    log_change(now, person, "person_renamed", person=person, detail={"before": before, "after": name})


def email_token(*, person: Person, email: str) -> str:
    """The token of the link that confirms a new address. Nothing is changed before it is used. Raises BadInput."""
    email = email.strip()
    _check_address(person, email)
    return signing.dumps([person.pk, person.email, email], salt=SALT)


def email_read(*, person: Person, token: str) -> str | None:
    """The new address in a token; None for one that is not hers, was used, or is too old."""
    try:
        pk, before, email = signing.loads(token, salt=SALT, max_age=EMAIL_SECONDS)
    except signing.BadSignature:
        return None
    return str(email) if (pk, before) == (person.pk, person.email) else None


@transaction.atomic
def email_change(*, person: Person, email: str, now: datetime) -> str:
    """Take the confirmed address. Returns the one before. Raises BadInput where somebody else has it by now."""
    _check_address(person, email)
    before, person.email = person.email, email
    person.save(update_fields=["email"])
    log_change(now, person, "email_changed", person=person)
    return before


def _check_address(person: Person, email: str) -> None:
    check = Check("person")
    check_email(check, email)
    check.need(email.lower() != person.email.lower(), "email", email, "与现在的邮箱不同", "another address than now")
    check.need(not email_taken(email, person), "email", email, "没有其他账号使用的邮箱", "an address of no other login")
    check.done()


@transaction.atomic
def person_block(*, person: Person, now: datetime, by: Person | None, because: str) -> None:
    """Stop a login, its sessions and tokens, whatever memberships it has. What the person did stays written."""
    _may_change(person, by, because)
    person.is_active = False
    person.save(update_fields=["is_active"])
    log_change(now, by, "person_blocked", person=person, detail={"because": because.strip()})


@transaction.atomic
def person_unblock(*, person: Person, now: datetime, by: Person | None, because: str) -> None:
    """Let a blocked login in again, with the memberships that it has by then."""
    _may_change(person, by, because)
    person.is_active = True
    person.save(update_fields=["is_active"])
    log_change(now, by, "person_unblocked", person=person, detail={"because": because.strip()})


def _may_change(person: Person, by: Person | None, because: str) -> None:
    check = Check("person")
    check.need(person != by, "person", person, "另一人的账号", "the login of somebody else")
    check.need(because.strip(), "because", "", "请写明理由", "a reason")
    check.done()


@transaction.atomic
def lockout_lift(*, username: str, now: datetime, by: Person | None) -> int:
    """Forget the failed attempts under a login name. Returns how many rows they were."""
    count: int = reset(username=username)
    if count:
        person = Person.objects.filter(username__iexact=username).first()
        log_change(now, by, "lockout_lifted", person=person, detail={"username": username})
    return count
