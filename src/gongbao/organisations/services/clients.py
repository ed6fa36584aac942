"""Connected systems: issuing and revoking their tokens, and remembering what they did."""

import re
import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from gongbao.organisations.models import ApiCall, Client, Organisation, Person
from gongbao.organisations.services.checking import Check, log_change
from gongbao.web.scopes import scopes

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
) -> tuple[Client, str]:
    """Let a system in. Returns it and its token, which is shown this once and not kept."""
    check = Check("client")
    name = name.strip()
    check.need(name and len(name) <= 100, "name", name, "填写名称,最多 100 字", "a name of up to 100 characters")
    check.need(scope, "scope", "", "至少一项权限范围", "one scope at least")
    for one in scope:
        known = "、".join(sorted(scopes()))
        check.need(one in scopes(), "scope", one, f"应为:{known or '(尚无)'}", f"one of: {known or '(none yet)'}")
    check.need(expires_at is None or expires_at > now, "expires_at", expires_at, "应在以后", "in the future")
    check.done()
    token = f"gb_{secrets.token_urlsafe(32)}"
    client = Client.objects.create(
        name=name,
        organisation=organisation,
        scopes=" ".join(dict.fromkeys(scope)),
        prefix=token[:8],
        token_hash=token_hash(token),
        issued_at=now,
        expires_at=expires_at,
    )
    log_change(now, by, "client_issued", organisation=organisation, detail={"name": name, "scopes": client.scopes})
    return client, token


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
