"""Rows that the addresses in the tables of permissions point to. A domain adds its own things here."""

from typing import Any

from django.utils import timezone

from gongbao.organisations.models import Membership, Organisation
from gongbao.organisations.services.clients import client_issue
from gongbao.organisations.services.demo import demo_people_load
from gongbao.organisations.services.people import invitation_make


def things() -> dict[str, Any]:
    """Name in the address → value. `enterprise`, `manager`: memberships in the demo enterprise."""
    now = timezone.now()
    demo_people_load(now=now, today=timezone.localdate())
    where = Organisation.objects.get(code="demo-enterprise")
    invitation, token = invitation_make(
        organisation=where, role="enterprise", email="sun@example.cn", name="演示", now=now, by=None
    )
    client, _ = client_issue(name="演示系统", organisation=where, scope=["client.read"], now=now, by=None)
    return {
        "enterprise": Membership.objects.get(person__username="enterprise").pk,
        "manager": Membership.objects.get(person__username="manager").pk,
        "invitation": invitation.pk,
        "token": token,
        "client": client.pk,
    }
