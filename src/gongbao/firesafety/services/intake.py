"""Applications that come through a connected system (the investment-project platform): begun, filled and sent in the
name of the applicant's clerk, who was logged in there. The dossier names the clerk, the application the system."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongbao.firesafety.models import Application, Material
from gongbao.firesafety.selectors.materials import share_of, slots_of
from gongbao.firesafety.services.applications import application_start, material_add, place_save
from gongbao.firesafety.services.applying import draft_send
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Client, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.selectors import organisation_by_code, organisation_by_uscc


@transaction.atomic
def intake_begin(
    *, client: Client, clerk: str, uscc: str, district: str, places: Sequence[Mapping[str, Any]], now: datetime,
    **given: Any,
) -> Application:  # fmt: skip
    """A draft with its places. Raises BadInput for who or where is not on file; NotAllowed for a clerk of another."""
    who, applicant, where = _clerk(clerk, now), organisation_by_uscc(uscc), organisation_by_code(district)
    problems = [
        Problem("application", None, column, value, zh, en)
        for found, column, value, zh, en in (
            (who, "clerk", clerk, "本系统中经办人的登录名", "the login of a clerk on file"),
            (applicant, "uscc", uscc, "已登记的建设单位", "an applicant on file"),
            (where, "district", district, "区的代码", "the code of a district"),
        )
        if found is None
    ]
    if problems or who is None or applicant is None:
        raise BadInput(problems)
    made = application_start(applicant=applicant, actor=who, now=now, district=where, **given)
    made.client = client
    made.save(update_fields=["client"])
    for place in places:
        place_save(application=made, actor=who, now=now, **place)
    return made


@transaction.atomic
def intake_material(
    *, application: Application, code: str, place: int, name: str, content: str, now: datetime
) -> Material:
    """A file, in base64. place: the number of the place from 1, 0 for the project's. Raises BadInput, NotNow."""
    numbers = {one.pk: number for number, one in enumerate(application.places.all(), start=1)}
    slots = {(slot.kind.code, numbers[slot.place.pk] if slot.place else 0): slot for slot in slots_of(application)}
    slot, problems = slots.get((code, place)), []
    if slot is None:
        zh, en = "材料清单中的一项及其场所", "a material of the list, with its place"
        problems.append(Problem("materials", None, "code", f"{code} {place}", zh, en))
    try:
        raw = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        problems.append(Problem("materials", None, "content", "…", "base64 编码的文件", "a file in base64"))
    if problems or slot is None:
        raise BadInput(problems)
    who = actor_of(application.started_by, timezone.localdate(now))
    return material_add(
        application=application, code=code, share=share_of(slot.kind), place=slot.place, name=name, content=raw,
        actor=who, now=now,
    )  # fmt: skip


def intake_send(*, application: Application, declared: bool, now: datetime) -> Application:
    """Send it; sent again, it is sent once. Raises BadInput with everything that is missing."""
    who = actor_of(application.started_by, timezone.localdate(now))
    return draft_send(application=application, declared=declared, actor=who, now=now, token=f"intake-{application.pk}")


def _clerk(login: str, now: datetime) -> Actor | None:
    person = Person.objects.filter(username__iexact=login, is_active=True).first()
    return actor_of(person, timezone.localdate(now)) if person else None
