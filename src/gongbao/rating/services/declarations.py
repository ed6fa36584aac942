"""Declaring items with proof, and reviewing them: district, then city; each may return them with a reason."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.documents.selectors import files_of
from gongbao.documents.services import file_store
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Declaration, DeclarationStep, Enterprise, RatingCycle, State
from gongbao.rating.permissions import ONLY_DISTRICT
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.rules.standard import Indicator
from gongbao.rating.rules.world import EPOCH, window
from gongbao.rating.selectors.declarations import declarable, district_is_late
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import frame_of
from gongbao.rating.selectors.rows import enterprise_in, spells_of
from gongbao.rating.services.keeping import Origin, cycle_lock, rows_keep
from gongbao.rating.services.rows import MENDING, OPEN, facts_keep, refuse_unless, rows_check
from gongbao.rating.tables.overlay import cells_of

CLAUSE = "京建法〔2025〕2号 第十四条"
S = Declaration.State
MENDABLE = ("project_id", "occurred_on", "value", "reference", "document_no", "note")
Proof = tuple[str, bytes]  # file name, content


@transaction.atomic
def declaration_make(
    *,
    cycle: RatingCycle,
    uscc: str,
    indicator: str,
    occurred_on: date,
    proofs: Iterable[Proof],
    actor: Actor,
    now: datetime,
    project_id: str = "",
    value: str = "",
    reference: str = "",
    document_no: str = "",
    note: str = "",
    token: str = "",
) -> Declaration:
    """proofs: one at least. token: of the form, so that sending it twice declares once.

    Raises BadInput with everything that is wrong, MoveRefused after closing.
    """
    post = authorise("rating.enterprise.act", actor, uscc).post
    cycle = cycle_lock(cycle)
    if token and (twice := cycle.declarations.filter(token=token, uscc=uscc).first()):
        return twice
    refuse_unless(cycle, OPEN)
    enterprise = _on_file(cycle, uscc)
    if actor.person is None:
        raise RuntimeError("an enterprise acts through a person")
    declaration = Declaration(
        cycle=cycle, uscc=uscc, indicator=indicator, project_id=project_id, occurred_on=occurred_on, value=value,
        reference=reference, document_no=document_no, note=note, token=token, district=enterprise.district,
        declared_by=actor.person, declared_at=now,
    )  # fmt: skip
    given = list(proofs)
    _check(declaration, need_proof=not given)
    declaration.district = _district(declaration, enterprise)
    declaration.save()
    _store(declaration, given, actor, now)
    office = post.organisation if post else None
    _moved(declaration, "", "", actor, office, now)
    if not _indicator(declaration).review:  # the law names nobody who reviews it
        _confirm(declaration, "", actor, office, now)
    return declaration


def declaration_check(
    *, cycle: RatingCycle, uscc: str, indicator: str, occurred_on: date, actor: Actor, **fields: str
) -> None:
    """Raise as declaration_make would, proofs apart, and change nothing. fields: the others of MENDABLE."""
    authorise("rating.enterprise.act", actor, uscc)
    refuse_unless(cycle, OPEN)
    _on_file(cycle, uscc)
    draft = Declaration(cycle=cycle, uscc=uscc, indicator=indicator, occurred_on=occurred_on, **fields)
    _check(draft, need_proof=False)


@transaction.atomic
def declaration_mend(
    *,
    declaration: Declaration,
    version: int,
    changes: Mapping[str, object],
    proofs: Iterable[Proof],
    actor: Actor,
    now: datetime,
) -> Declaration:
    """Hand a returned one in again, until the preliminary result. changes: of MENDABLE; proofs: further ones."""
    post = authorise("rating.enterprise.act", actor, declaration.uscc).post
    held = _held(declaration, version, (S.RETURNED,))
    refuse_unless(held.cycle, (State.COLLECTING, State.CLOSED))
    if strange := changes.keys() - set(MENDABLE):
        raise BadInput(Problem("declaration", None, n, n, "可以改正的内容", "what can be mended") for n in strange)
    for name, value in changes.items():
        setattr(held, name, value)
    enterprise = enterprise_in(held.cycle, held.uscc)
    _check(held, need_proof=False)
    if enterprise:
        held.district = _district(held, enterprise)
    _store(held, list(proofs), actor, now)
    return _move(held, S.DECLARED, "", actor, post.organisation if post else None, now)


@transaction.atomic
def declaration_pass(
    *, declaration: Declaration, version: int, actor: Actor, now: datetime, because: str = ""
) -> Declaration:
    """District: on to the city. City: confirmed, and its fact enters. Raises MoveRefused, Stale, BadInput."""
    held, office = _reviewed(declaration, version, actor, now)
    if held.state == S.DECLARED and actor.holds("rating_city") is None:
        return _move(held, S.DISTRICT, because, actor, office, now)
    return _confirm(held, because, actor, office, now)


@transaction.atomic
def declarations_pass(*, declarations: Iterable[tuple[Declaration, int]], actor: Actor, now: datetime) -> int:
    """Many at once, each with the version that was seen: all or none."""
    done = 0
    for declaration, version in declarations:
        declaration_pass(declaration=declaration, version=version, actor=actor, now=now)
        done += 1
    return done


@transaction.atomic
def declaration_return(
    *, declaration: Declaration, version: int, because: str, actor: Actor, now: datetime
) -> Declaration:
    """Back to the enterprise, with the reason."""
    held, office = _reviewed(declaration, version, actor, now)
    return _move(held, S.RETURNED, _reason(because), actor, office, now)


@transaction.atomic
def declaration_refuse(
    *, declaration: Declaration, version: int, because: str, actor: Actor, now: datetime
) -> Declaration:
    """For good, with the reason. The enterprise can object to the preliminary result."""
    held, office = _reviewed(declaration, version, actor, now)
    return _move(held, S.REFUSED, _reason(because), actor, office, now)


@transaction.atomic
def declaration_withdraw(*, declaration: Declaration, version: int, actor: Actor, now: datetime) -> Declaration:
    """By the enterprise, before it is decided."""
    post = authorise("rating.enterprise.act", actor, declaration.uscc).post
    held = _held(declaration, version, (S.DECLARED, S.DISTRICT, S.RETURNED))
    return _move(held, S.WITHDRAWN, "", actor, post.organisation if post else None, now)


def _reviewed(
    declaration: Declaration, version: int, actor: Actor, now: datetime
) -> tuple[Declaration, Organisation | None]:
    """A declaration that the actor may review now, locked, and her office."""
    authorise("rating.declaration.see", actor, declaration)
    held = _held(declaration, version, (S.DECLARED, S.DISTRICT))
    post = authorise("rating.declaration.review", actor, held).post
    refuse_unless(held.cycle, (State.COLLECTING, State.CLOSED))
    if post and post.role == "rating_city" and held.state == S.DECLARED and not district_is_late(held.cycle, now):
        raise MoveRefused(ONLY_DISTRICT.because, CLAUSE)
    return held, post.organisation if post else None


def _held(declaration: Declaration, version: int, states: tuple[S, ...]) -> Declaration:
    """Locked, as the person saw it. Raises Stale, MoveRefused."""
    cycle = cycle_lock(declaration.cycle)
    held = Declaration.objects.select_for_update().get(pk=declaration.pk)
    held.cycle = cycle
    if held.version != version:
        raise Stale
    if held.state not in states:
        label = S(held.state).label
        raise MoveRefused(Text(f"申报已是“{label}”", f"the declaration stands at {label}"), CLAUSE)
    return held


def _reason(because: str) -> str:
    if not because.strip():
        raise BadInput([Problem("declaration", None, "because", "", "请写明理由", "a reason")])
    return because.strip()


def _on_file(cycle: RatingCycle, uscc: str) -> Enterprise:
    found = enterprise_in(cycle, uscc)
    if found is None:
        zh, en = "本周期登记在册的企业", "an enterprise on file in the cycle"
        raise BadInput([Problem("declaration", None, "uscc", uscc, zh, en)])
    return found


def _indicator(declaration: Declaration) -> Indicator:
    return edition_of(declaration.cycle).by_code[declaration.indicator]


def _check(declaration: Declaration, *, need_proof: bool) -> None:
    """Everything that is wrong with it, as if its fact entered now."""
    known = {indicator.code: indicator for indicator in declarable(declaration.cycle)}
    if declaration.indicator not in known:
        zh, en = "由企业申报的指标", "an item that enterprises declare"
        raise BadInput([Problem("declaration", None, "indicator", declaration.indicator, zh, en)])
    indicator, problems = known[declaration.indicator], list[Problem]()
    first, last = window(declaration.cycle.cycle, getattr(indicator.kind, "months", ()))
    days = EPOCH + timedelta(first), EPOCH + timedelta(last)
    if not days[0] <= declaration.occurred_on <= days[1]:
        zh, en = f"{days[0]} 至 {days[1]} 之间的日期", f"a day from {days[0]} to {days[1]}"
        problems.append(Problem("declaration", None, "occurred_on", str(declaration.occurred_on), zh, en))
    if need_proof:
        zh, en = f"请附证明材料:{indicator.proof.zh}", f"a proof: {indicator.proof.en}"
        problems.append(Problem("declaration", None, "proofs", "", zh, en))
    try:
        if indicator.facts:
            rows_check(declaration.cycle, "facts", [_row(declaration)])
        else:
            rows_check(declaration.cycle, "enterprises", [_columns(declaration, indicator)])
    except BadInput as bad:
        problems += bad.problems
    if not indicator.facts and not declaration.value:
        names = "、".join(edition_of(declaration.cycle).level_name(level).zh for level in indicator.kind.levels)
        zh, en = f"从中选一:{names}", f"one of {', '.join(indicator.kind.levels)}"
        problems.append(Problem("declaration", None, "value", "", zh, en))
    if problems:
        raise BadInput(problems)


def _row(declaration: Declaration) -> dict[str, str]:
    """The fact that it becomes, as text cells."""
    return {
        "fact_id": f"declarations/{declaration.pk or 'new'}",
        "indicator": declaration.indicator,
        "uscc": declaration.uscc,
        "project_id": declaration.project_id,
        "occurred_on": declaration.occurred_on.isoformat(),
        "value": declaration.value,
        "reference": declaration.reference,
        "document_no": declaration.document_no,
    }


def _columns(declaration: Declaration, indicator: Indicator) -> dict[str, str]:
    """The enterprise's row with the declared column."""
    held = Enterprise.objects.filter(cycle=declaration.cycle, ended=None, uscc=declaration.uscc)
    cells = cells_of("enterprises", frame_of("enterprises", held), edition_of(declaration.cycle)).row(0, named=True)
    return {**cells, indicator.kind.reads: declaration.value}


def _district(declaration: Declaration, enterprise: Enterprise) -> str:
    """Whose first review it is: the project's district, for an item of the enterprise that of its registration."""
    if not declaration.project_id or not _indicator(declaration).by_project:
        return enterprise.district
    spell = spells_of(declaration.cycle, declaration.uscc).filter(project_id=declaration.project_id).last()
    return spell.district if spell else enterprise.district


def _store(declaration: Declaration, proofs: list[Proof], actor: Actor, now: datetime) -> None:
    for name, content in proofs:
        file_store(name=name, content=content, belongs_to=declaration.belongs_to, by=actor.person, at=now)


def _confirm(
    declaration: Declaration, because: str, actor: Actor, office: Organisation | None, now: datetime
) -> Declaration:
    """Let its fact, or its column, enter."""
    cycle, indicator = declaration.cycle, _indicator(declaration)
    refuse_unless(cycle, MENDING)
    origin = Origin("enterprise", "declaration", office, actor.person, because=f"declarations/{declaration.pk}")
    if indicator.facts:
        facts_keep(cycle, [_row(declaration)], origin, now)
    else:
        rows_keep(cycle, rows_check(cycle, "enterprises", [_columns(declaration, indicator)]), origin, now)
    return _move(declaration, S.CONFIRMED, because, actor, office, now)


def _move(
    declaration: Declaration, to: S, because: str, actor: Actor, office: Organisation | None, now: datetime
) -> Declaration:
    left = declaration.state
    declaration.state, declaration.version = to, declaration.version + 1
    declaration.save()
    _moved(declaration, left, because, actor, office, now)
    return declaration


def _moved(
    declaration: Declaration, left: str, because: str, actor: Actor, office: Organisation | None, now: datetime
) -> None:
    if actor.person is None:
        raise RuntimeError("nobody moves a declaration without acting")
    DeclarationStep.objects.create(
        declaration=declaration, state_before=left, state_after=declaration.state, because=because, by=actor.person,
        organisation=office, at=now,
    )  # fmt: skip
    files: list[Json] = [*files_of(declaration.belongs_to).values_list("sha256", flat=True)]
    payload: dict[str, Json] = {
        "declaration": declaration.pk, "cycle": declaration.cycle.code, "from": left, "to": declaration.state,
        "because": because, "organisation": office.code if office else "", "proofs": files, **_row(declaration),
    }  # fmt: skip
    subject = f"enterprise/{declaration.uscc}"
    entry_append(subject=subject, kind="rating.declaration", payload=payload, at=now, actor=actor.person)
