"""Rows that the addresses in the tables of permissions point to. A domain adds its own things here."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from tests.config.fire_things import fire_things
from tests.config.support_things import support_things

from gongbao.cases.models import Case
from gongbao.cases.services.engine import case_move, case_open
from gongbao.documents.models import Paper
from gongbao.documents.services import file_store
from gongbao.gazette.services.drafts import draft_upload, publish_mark
from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.clients import client_issue
from gongbao.organisations.services.demo import demo_people_load
from gongbao.organisations.services.people import invitation_make
from gongbao.permits.services.editions import edition_draft
from gongbao.permits.tables.packaged import packaged_editions
from gongbao.rating.selectors.cycles import cycle_by_code
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.services.cycles import cycle_open

LIGHTHOUSE = Path(__file__).parents[1] / "gazette" / "cli" / "lighthouse.txt"


def things() -> dict[str, Any]:
    """Name in the address → value. `enterprise`, `manager`: memberships in the demo enterprise; `case`: an objection of
    it, with a `file`; `paper`: made in another; `draft`: a text that `editor` handed in, `seen` as it is shown;
    `edition`: that the cycle 2026H2 is scored by, which is being collected; `permits`: a list that `editor` drafted."""
    now = timezone.now()
    demo_people_load(now=now, today=timezone.localdate())
    where = Organisation.objects.get(code="demo-enterprise")
    invitation, token = invitation_make(
        organisation=where, role="enterprise", email="sun@example.cn", name="演示", now=now, by=None
    )
    client, _ = client_issue(name="演示系统", organisation=where, scope=["client.read"], now=now, by=None)
    case, answered = _objection(where, now), _objection(where, now)
    case_move(
        case=answered, track="objection", move="uphold", version=0, fields={"answer": "演示"},
        actor=Person.objects.get(username="city"), now=now,
    )  # fmt: skip
    belongs = f"case/{case.number}"
    file = file_store(name="a.txt", content=b"a", belongs_to=belongs, by=Person.objects.get(username="city"), at=now)
    editor = Person.objects.get(username="editor")
    draft = draft_upload(name="made-up.txt", content=LIGHTHOUSE.read_bytes(), by=editor, at=now)
    cycle = cycle_by_code("2026H2") or cycle_open(code="2026H2", actor=_city(), now=now)
    permits = edition_draft(
        edition=replace(packaged_editions()["2025"], edition="2030"),
        actor=actor_of(editor, timezone.localdate()),
        now=now,
    )
    return {
        **fire_things(now),
        **support_things(now),
        "edition": edition_of(cycle).sha256[:12],
        "permits": permits.pk,
        "draft": draft.pk,
        "seen": publish_mark(draft),
        "case": case.number,
        "file": file.pk,
        "enterprise": Membership.objects.get(person__username="enterprise").pk,
        "manager": Membership.objects.get(person__username="manager").pk,
        "invitation": invitation.pk,
        "token": token,
        "client": client.pk,
        "subject": case.subject,
        "paper": Paper.objects.get(steps__case=answered).code,
        "entry": case.steps.get().entry_id,
        "person": Person.objects.get(username="enterprise").pk,
    }


def _objection(where: Organisation, now: datetime) -> Case:
    return case_open(
        process="objection",
        subject="enterprise/demo",
        title="演示异议",
        parties={"enterprise": where, "commission": Organisation.objects.get(code="demo-commission")},
        fields={"window": "open", "contested": "演示", "grounds": "演示"},
        actor=Person.objects.get(username="enterprise"),
        now=now,
    )


def _city() -> Actor:
    return actor_of(Person.objects.get(username="city"), timezone.localdate())
