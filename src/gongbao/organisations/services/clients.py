"""Connected systems: issuing and revoking their tokens, and remembering what they did."""

import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongbao.organisations.models import ApiCall, Client, IdempotencyKey, Organisation, Person
from gongbao.organisations.selectors import posts_of
from gongbao.organisations.services.checking import Check, log_change
from gongbao.web.scopes import personal_scopes, scopes

TOKEN_DAYS = 180  # a person's own token lives no longer
TOKEN = re.compile(r"gb_[0-9A-Za-z_-]{43}")


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def client_issue(
    *,
    name: str,
    organisation: Organisation,
    scope: list[str],
    now: datetime,
    by: Person | None,
    expires_at: datetime | None = None,
    person: Person | None = None,
) -> tuple[Client, str]:
    """Let a system in, or a program that acts as `person`. Returns it and its token, shown this once and not kept."""
    check = Check("client")
    name = name.strip()
    check.need(name and len(name) <= 100, "name", name, "填写名称,最多 100 字", "a name of up to 100 characters")
    check.need(scope, "scope", "", "至少一项权限范围", "one scope at least")
    offered = personal_scopes() if person else scopes()
    for one in scope:
        known = "、".join(sorted(offered))
        check.need(one in offered, "scope", one, f"应为:{known or '(尚无)'}", f"one of: {known or '(none yet)'}")
    check.need(expires_at is None or expires_at > now, "expires_at", expires_at, "应在以后", "in the future")
    check.done()
    token = f"gb_{secrets.token_urlsafe(32)}"
    client = Client.objects.create(
        name=name,
        organisation=organisation,
        person=person,
        scopes=" ".join(dict.fromkeys(scope)),
        prefix=token[:8],
        token_hash=token_hash(token),
        issued_at=now,
        expires_at=expires_at,
    )
    log_change(now, by, "client_issued", organisation=organisation, detail={"name": name, "scopes": client.scopes})
    return client, token


@transaction.atomic
def token_issue(
    *, person: Person, name: str, organisation: Organisation, scope: list[str], days: int, now: datetime
) -> tuple[Client, str]:
    """A token with which a program acts as the person, in an organisation where she holds a post, for so many days."""
    check = Check("token")
    belongs = any(post.organisation == organisation for post in posts_of(person, timezone.localdate(now)))
    check.need(belongs, "organisation", organisation.code, "您任职的单位", "an organisation that you hold a post in")
    check.need(0 < days <= TOKEN_DAYS, "days", days, f"1 至 {TOKEN_DAYS} 天", f"1 to {TOKEN_DAYS} days")
    check.done()
    return client_issue(
        name=name, organisation=organisation, scope=scope, now=now, by=person,
        expires_at=now + timedelta(days=days), person=person,
    )  # fmt: skip


@transaction.atomic
def client_revoke(*, client: Client, now: datetime, by: Person | None) -> None:
    """Make a system's token useless from now on. Revoking twice changes nothing."""
    if client.revoked_at is None:
        client.revoked_at = now
        client.save(update_fields=["revoked_at"])
        log_change(now, by, "client_revoked", organisation=client.organisation, detail={"name": client.name})


def call_log(*, client: Client, method: str, path: str, status: int, now: datetime) -> None:
    """Write down that a client called: who took or brought what, when."""
    ApiCall.objects.create(at=now, client=client, method=method, path=path[:500], status=status)


def calls_forget(now: datetime) -> int:
    """Remove logged calls that are older than the installation keeps them. Returns how many."""
    return ApiCall.objects.filter(at__lt=now - timedelta(days=settings.KEEP_CALLS)).delete()[0]


def keys_forget(now: datetime) -> int:
    """Remove idempotency keys so old that nobody sends the same again. Returns how many."""
    return IdempotencyKey.objects.filter(made_at__lt=now - timedelta(days=settings.KEEP_KEYS)).delete()[0]
