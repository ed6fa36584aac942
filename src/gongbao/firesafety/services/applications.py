"""Applications: begun, filled in over days and devices, sent once; each place then becomes a case."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongbao.cases.services.engine import case_open
from gongbao.documents.services import file_store, paper_issue
from gongbao.firesafety.access import belongs
from gongbao.firesafety.models import FIRE, HOUSING, Application, Material, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.applications import application_problems
from gongbao.firesafety.services.draws import draw_days_commit
from gongbao.firesafety.services.outbox import step_tell
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, authorise
from gongbao.organisations.selectors import authority_for

APPLYING = "京建法〔2025〕3号 二（一）"
DELIVERING = "京建法〔2025〕3号 二（六）"
FIELDS = (
    "district", "project", "address", "permit", "matter", "way", "agent", "delivery_address", "delivery_to",
    "address_confirmed", "electronic", "draw_part", "handed_in",
)  # fmt: skip
PLACE_FIELDS = ("name", "kind", "address", "operator", "operator_organisation", "area")


@transaction.atomic
def application_start(
    *, applicant: Organisation, actor: Actor, now: datetime, window: Organisation | None = None, **given: Any
) -> Application:
    """Begin a draft. window: the desk that keys it in for the applicant. The draw's part is proposed by chance; the
    applicant may write another. Raises BadInput for fields that do not exist."""
    if window:
        authorise("fire.key_in", actor)
    else:
        authorise("fire.apply", actor, applicant)
    person = actor.person
    assert person  # noqa: S101 - the permission above
    made = Application(
        applicant=applicant, window=window, started_by=person, started_at=now, changed_at=now,
        draw_part=secrets.token_hex(8), electronic=window is None,
    )  # fmt: skip
    _fill(made, FIELDS, given)
    made.save()
    return made


@transaction.atomic
def application_save(*, application: Application, actor: Actor, now: datetime, **given: Any) -> Application:
    """Keep what was filled in, complete or not. Raises NotNow once it was sent."""
    draft = _draft(application, actor)
    _fill(draft, FIELDS, given)
    draft.changed_at = now
    draft.save()
    return draft


@transaction.atomic
def application_drop(*, application: Application, actor: Actor) -> None:
    """Throw a draft away, with its places and its list of files."""
    _draft(application, actor).delete()


@transaction.atomic
def place_save(
    *, application: Application, actor: Actor, now: datetime, place: Place | None = None, **given: Any
) -> Place:
    """Add a place to a draft, or change one of it."""
    draft = _draft(application, actor)
    row = draft.places.get(pk=place.pk) if place else Place(application=draft)
    _fill(row, PLACE_FIELDS, given)
    row.save()
    _touch(draft, now)
    return row


@transaction.atomic
def place_remove(*, place: Place, actor: Actor, now: datetime) -> None:
    draft = _draft(place.application, actor)
    draft.places.filter(pk=place.pk).delete()
    _touch(draft, now)


@transaction.atomic
def material_add(
    *, application: Application, code: str, share: str, name: str, content: bytes, actor: Actor, now: datetime,
    place: Place | None = None,
) -> Material:  # fmt: skip
    """Hand a file in. code: which material; share: who reads it ("common", "housing", "fire"). After sending only while
    an authority waits for what is missing, or a remedy is under way (NotNow)."""
    authorise("fire.application.change", actor, application)
    application = _locked(application)
    if application.sent_at and not _may_add(application):
        raise NotNow(
            "申请已提交。机关通知补正或要求整改后可以再交材料。",
            "It was sent. More can be handed in when an authority asks for it.", APPLYING,
        )  # fmt: skip
    file = file_store(name=name, content=content, belongs_to=belongs(application, share), by=actor.person, at=now)
    added = Material.objects.create(application=application, place=place, code=code, file=file, added_at=now)
    _touch(application, now)
    return added


@transaction.atomic
def material_remove(*, material: Material, actor: Actor, now: datetime) -> None:
    """Take a file out of a draft again."""
    draft = _draft(material.application, actor)
    draft.materials.filter(pk=material.pk).delete()
    _touch(draft, now)


@transaction.atomic
def application_again(*, place: Place, scope: Application.Scope, actor: Actor, now: datetime) -> Application:
    """After a refusal: a draft for that matter alone, with everything that may have stayed the same taken over.

    Raises NotNow where that matter was neither refused nor not admitted.
    """
    old = place.application
    authorise("fire.application.change", actor, old)
    assert actor.person  # noqa: S101 - authorised
    track = HOUSING if scope == Application.Scope.HOUSING else FIRE
    state = place.case.tracks.get(code=track).state if place.case else ""
    if scope == Application.Scope.BOTH or state not in ("refused", "not_admitted", "withdrawn"):
        raise NotNow(
            "该事项没有被拒绝或撤回,不需要重新申请。",
            "This matter was neither refused nor withdrawn; there is nothing to apply for again.", APPLYING,
        )  # fmt: skip
    draft = Application.objects.get(pk=old.pk)
    materials, draft.pk, draft._state.adding = list(old.materials.select_related("file")), None, True
    draft.scope, draft.follows, draft.sent_at, draft.handed_in, draft.token = scope, old, None, None, ""
    draft.address_confirmed, draft.draw_part = False, secrets.token_hex(8)
    draft.started_by, draft.started_at, draft.changed_at = actor.person, now, now
    draft.save()
    same = Place.objects.create(application=draft, **{name: getattr(place, name) for name in PLACE_FIELDS})
    for one in materials:
        if one.place_id in (None, place.pk):
            where = same if one.place_id else None
            Material.objects.create(
                application=draft, place=where, code=one.code, file=one.file, taken_over=True, added_at=now
            )
    return draft


@transaction.atomic
def application_send(*, application: Application, actor: Actor, now: datetime, token: str = "") -> Application:
    """Send it: a case for each place, received today or on the day handed in at the desk. Sent twice with the token of
    one form, it is sent once. Raises BadInput naming everything that is missing, NotNow where it was sent."""
    authorise("fire.application.change", actor, application)
    draft = _locked(application)
    if draft.sent_at and token and draft.token == token:
        return draft
    draft = _draft(draft, actor)
    today = timezone.localdate(now)
    if problems := application_problems(draft, today):
        raise BadInput(problems)
    draw_days_commit(now=now)  # bound before the applicant's part is fixed
    parties = _parties(draft, today)
    draft.sent_at, draft.token = now, token
    draft.save()
    for place in draft.places.all():
        _open(draft, place, parties, actor, now, today)
    return draft


def _open(
    draft: Application, place: Place, parties: Mapping[str, Organisation], actor: Actor, now: datetime, today: date
) -> None:
    assert actor.person  # noqa: S101 - authorised
    fields: dict[str, object] = {
        "matter": draft.matter, "scope": draft.scope, "place": place.name, "address": draft.delivery_address,
    }  # fmt: skip
    if draft.handed_in:
        fields["handed_in"] = draft.handed_in
    operator = {"operator": place.operator_organisation} if place.operator_organisation else {}
    place.case = case_open(
        process="fire_joint", subject=f"fire/{place.pk}", title=f"{place.name}({draft.project})"[:200],
        parties={**parties, **operator}, fields=fields, actor=actor.person, now=now,
    )  # fmt: skip
    place.save(update_fields=["case"])
    step_tell(place=place, step=place.case.steps.earliest("pk"), now=now)
    paper_issue(
        name="送达地址确认", number=str(place.case.number), subject=place.case.subject,
        issuer=draft.applicant.name, issued_on=draft.handed_in or today,
        rows=(
            ("场所", place.name),
            ("送达地址", draft.delivery_address),
            ("电子送达", "同意,文书放入本系统账户之日为送达之日" if draft.electronic else "不同意"),
            ("已告知", "地址不准确或变更后未告知的,文书退回之日视为送达之日"),
        ),
        basis=DELIVERING, belongs_to=f"case/{place.case.number}", at=now,
    )  # fmt: skip


def _parties(draft: Application, on: date) -> dict[str, Organisation]:
    """Who is which party. Raises BadInput where no authority is competent for the district."""
    assert draft.district  # noqa: S101 - application_problems asks for it
    found: dict[str, Organisation] = {"applicant": draft.applicant}
    if draft.window:
        found["window"] = draft.window
    problems = []
    for party in (HOUSING, FIRE):
        other = FIRE if party == HOUSING else HOUSING
        if draft.scope == f"{other}_only":
            continue
        authority = authority_for(party, draft.district, on)
        if authority is None:
            zh = "该区尚未登记受理机关,请联系系统管理员"
            problems.append(
                Problem("application", None, "district", str(draft.district), zh, "no authority is on file")
            )
        else:
            found[party] = authority
    if problems:
        raise BadInput(problems)
    return found


def _may_add(application: Application) -> bool:
    cases = [place.case for place in application.places.all() if place.case]
    return any(case.tracks.filter(state__in=("supplement", "remedy")).exists() for case in cases)


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _draft(application: Application, actor: Actor) -> Application:
    """The application, locked, for whoever may change it; NotNow once it was sent."""
    authorise("fire.application.change", actor, application)
    found = _locked(application)
    if found.sent_at:
        raise NotNow("申请已提交,不能再改。", "It was sent and can no longer be changed.", APPLYING)
    return found


def _touch(application: Application, now: datetime) -> None:
    application.changed_at = now
    application.save(update_fields=["changed_at"])


def _fill(row: Application | Place, fields: tuple[str, ...], given: Mapping[str, Any]) -> None:
    if strange := given.keys() - set(fields):
        raise BadInput(Problem("application", None, n, str(given[n]), "没有这一项", "no such field") for n in strange)
    for name, value in given.items():
        setattr(row, name, value)
