"""Objections, and requests of those left out: opened here; their moves are made through cases (case_move)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongbao.cases.services.engine import case_open
from gongbao.documents.models import StoredFile
from gongbao.documents.services import file_store
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, authorise
from gongbao.organisations.selectors import organisations_of_kind
from gongbao.rating.models import Objection, RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.objections import left_out_refusal, objection_refusal, window_newest
from gongbao.rating.services.keeping import cycle_lock

Given = tuple[str, bytes]  # file name, content


@transaction.atomic
def objection_lodge(
    *,
    cycle: RatingCycle,
    uscc: str,
    indicators: Sequence[str],
    contested: str,
    grounds: str,
    actor: Actor,
    now: datetime,
    files: Iterable[Given] = (),
    token: str = "",
) -> Objection:
    """Within the window; refused afterwards with the date that passed (MoveRefused). indicators: what it is about.

    token: of the form, so that sending it twice objects once.
    """
    cycle, own = _begin(cycle, uscc, actor)
    if twice := _twice(cycle, uscc, token):
        return twice
    if refused := objection_refusal(cycle, uscc, now):
        raise MoveRefused(refused.because, refused.cite)
    known = edition_of(cycle).by_code
    if strange := [code for code in indicators if code not in known]:
        raise BadInput(Problem("objection", None, "indicators", c, "一项指标", "an indicator") for c in strange)
    fields = {"window": "open", "contested": contested, "grounds": grounds}
    made = Objection(kind=Objection.Kind.OBJECTION, window=window_newest(cycle), indicators=list(indicators))
    return _lodge("objection", made, cycle, own, fields, actor, now, files, token)


@transaction.atomic
def left_out_ask(
    *,
    cycle: RatingCycle,
    uscc: str,
    grounds: str,
    actor: Actor,
    now: datetime,
    files: Iterable[Given] = (),
    token: str = "",
) -> Objection:
    """An enterprise that was left out asks to be rated: from the release until archiving (MoveRefused otherwise)."""
    cycle, own = _begin(cycle, uscc, actor)
    if twice := _twice(cycle, uscc, token):
        return twice
    if refused := left_out_refusal(cycle, uscc):
        raise MoveRefused(refused.because, refused.cite)
    made = Objection(kind=Objection.Kind.LEFT_OUT)
    return _lodge("left_out", made, cycle, own, {"grounds": grounds}, actor, now, files, token)


def _begin(cycle: RatingCycle, uscc: str, actor: Actor) -> tuple[RatingCycle, Organisation]:
    post = authorise("rating.enterprise.act", actor, uscc).post
    if post is None:
        raise RuntimeError("an enterprise acts through a post")
    return cycle_lock(cycle), post.organisation


def _twice(cycle: RatingCycle, uscc: str, token: str) -> Objection | None:
    return cycle.objections.filter(token=token, uscc=uscc).first() if token else None


def _lodge(
    process: str,
    made: Objection,
    cycle: RatingCycle,
    own: Organisation,
    fields: Mapping[str, object],
    actor: Actor,
    now: datetime,
    files: Iterable[Given],
    token: str,
) -> Objection:
    commission = organisations_of_kind("housing_commission", on=timezone.localdate(now)).first()
    if commission is None or actor.person is None:
        zh, en = "系统中没有市住房城乡建设委", "the city's housing commission is not in the system"
        raise MoveRefused(Text(zh, en), "京建法〔2025〕2号 第四条")
    made.case = case_open(
        process=process,
        subject=f"enterprise/{own.uscc}",
        title=f"{own.name} · {cycle.cycle.name.zh}",
        parties={"enterprise": own, "commission": commission},
        fields=fields,
        actor=actor.person,
        now=now,
        files=_stored(cycle, own.uscc, files, actor, now),
    )
    made.cycle, made.revision, made.uscc, made.token = cycle, cycle.revision, own.uscc, token
    made.save()
    return made


def _stored(cycle: RatingCycle, uscc: str, files: Iterable[Given], actor: Actor, now: datetime) -> list[StoredFile]:
    where = f"rating/{cycle.code}/{uscc}"
    return [file_store(name=n, content=c, belongs_to=where, by=actor.person, at=now) for n, c in files]
