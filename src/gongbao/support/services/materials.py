"""Papers of an application: put into their slot, taken out, declared not to be due."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.http import Http404

from gongbao.cases.refusals import MoveRefused
from gongbao.documents.models import StoredFile
from gongbao.documents.services import file_store
from gongbao.documents.sniffing import media_type
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.rules.checklist import Slot, enough, fits
from gongbao.support.selectors.applications import state_of, subject_of
from gongbao.support.selectors.drafts import checklist
from gongbao.support.services.drafts import note, opened

S = MaterialSlot.State


@transaction.atomic
def material_give(
    *, application: Application, slot: str, of: str, name: str, content: bytes, actor: Actor, now: datetime
) -> MaterialSlot:
    """Put a file into a slot; what was to be mended there is then given again. Raises BadInput, MoveRefused."""
    held = opened(application, actor)
    due, row = _slot(held, slot, of)
    if not fits(due.material, media_type(name, content)):
        raise BadInput([Problem(name, None, "file", name, "照片(JPG或PNG)", "a photo (JPG or PNG)")])
    file = file_store(name=name, content=content, belongs_to=subject_of(held), by=actor.person, at=now)
    row.files.add(file)
    _settle(due, row)
    _note(held, "support.material.given", row, file.sha256, actor, now)
    return row


@transaction.atomic
def material_take_out(
    *, application: Application, slot: str, of: str, file: int, actor: Actor, now: datetime
) -> MaterialSlot:
    """Take a file out of a slot; its bytes stay stored."""
    held = opened(application, actor)
    due, row = _slot(held, slot, of)
    found: StoredFile | None = row.files.filter(pk=file).first()
    if found is None:
        raise Http404
    row.files.remove(found)
    _settle(due, row)
    _note(held, "support.material.taken_out", row, found.sha256, actor, now)
    return row


@transaction.atomic
def material_waive(
    *, application: Application, slot: str, of: str, waived: bool, actor: Actor, now: datetime
) -> MaterialSlot:
    """Declare that the case in which the paper is due does not arise, or take that back."""
    held = opened(application, actor)
    due, row = _slot(held, slot, of)
    if due.material.only_if is None:
        zh, en = "任何情形都应提交的材料", "a paper that is due in every case"
        raise BadInput([Problem("materials", None, slot, slot, zh, en)])
    if waived:
        row.state, row.remark = S.NOT_NEEDED, ""
        row.save(update_fields=["state", "remark"])
    else:
        _settle(due, row)
    _note(held, "support.material.waived", row, "", actor, now)
    return row


def _slot(application: Application, slot: str, of: str) -> tuple[Slot, MaterialSlot]:
    for due, row in checklist(application):
        if due.key == (slot, of) and row is not None:
            return due, row
    raise Http404


def _settle(due: Slot, row: MaterialSlot) -> None:
    """Given, once there is enough; what an office found lacking is answered with that."""
    is_given = enough(due.material, row.files.values_list("media_type", flat=True))
    row.state, row.remark = (S.GIVEN, "") if is_given else (S.MISSING, row.remark)
    row.save(update_fields=["state", "remark"])


def _note(application: Application, kind: str, row: MaterialSlot, sha256: str, actor: Actor, now: datetime) -> None:
    payload: dict[str, Json] = {"slot": row.slot, "of": row.of, "state": str(row.state), "sha256": sha256}
    note(application, kind, payload, actor, now)


@transaction.atomic
def materials_check(
    *, application: Application, found: Mapping[int, tuple[str, str]], actor: Actor, now: datetime
) -> list[MaterialSlot]:
    """What the office of the first review finds of papers: row → (accepted or returned, remark). Returns those that
    are to be mended. Raises BadInput where one is returned without saying what it lacks, MoveRefused out of time."""
    authorise("support.materials.check", actor, application)
    if state_of(application) != "received":
        raise MoveRefused(Text("现在不在初审中", "it is not in its first review now"), "")
    rows = {row.pk: row for row in application.materials.select_for_update().filter(pk__in=found)}
    problems = [
        Problem("materials", None, f"remark_{pk}", "", "写明缺什么", "say what it lacks")
        for pk, (state, remark) in found.items()
        if state == S.RETURNED and not remark.strip()
    ]
    if problems:
        raise BadInput(problems)
    for pk, (state, remark) in found.items():
        if pk in rows and state in (S.ACCEPTED, S.RETURNED):
            rows[pk].state, rows[pk].remark = S(state), remark.strip()
            rows[pk].save(update_fields=["state", "remark"])
            _note(application, "support.material.checked", rows[pk], "", actor, now)
    return [row for row in rows.values() if row.state == S.RETURNED]
