"""The investment ledger of an application: handed in as a whole, added to by e-invoices, corrected by the auditor.

A ledger with one wrong cell is refused with every problem and changes nothing. Corrections stand beside what was
handed in, each with its reason.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.hand import beijing_day
from gongbao.kernel.canonical import Json, canonical
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, LedgerRow, LedgerVersion
from gongbao.support.selectors.applications import state_of
from gongbao.support.selectors.editions import is_subsidy
from gongbao.support.selectors.worth import TABLES, ledger_given, rows_of, worth_of
from gongbao.support.services.drafts import opened, subject_of
from gongbao.support.services.invoices import invoices_index
from gongbao.support.tables.einvoice import einvoice_row

AUDITED = "auditing"
CLAUSE = "京商消二字〔2026〕3号 四（三）"
NO_LEDGER = Text("该方向不按投资额补助,没有投资明细。", "This measure is not measured by investment: it has no ledger.")
Rows = Mapping[str, list[dict[str, Any]]]  # contracts, invoices, payments as an application file has them
Given = tuple[str, bytes]  # file name, content


def ledger_check(*, application: Application, rows: Rows, on: date) -> None:
    """Raise as ledger_store would, and change nothing: BadInput with every problem, MoveRefused without a ledger."""
    if not is_subsidy(application):
        raise MoveRefused(NO_LEDGER, "")
    ledger_given(application, on, rows)


@transaction.atomic
def ledger_store(*, application: Application, rows: Rows, actor: Actor, now: datetime) -> Application:
    """Keep a whole ledger in the place of the one before, while it is a draft or to be completed.

    Raises BadInput with everything that is wrong; MoveRefused while an office has it.
    """
    held = opened(application, actor)
    ledger_check(application=held, rows=rows, on=beijing_day(now))
    held.rows.all().delete()
    for table, name in TABLES.items():
        _keep(held, table, rows.get(name, []), actor, now)
    invoices_index(application=held)
    kept: dict[str, Json] = {name: list(rows.get(name, [])) for name in TABLES.values()}
    counts: dict[str, Json] = {name: len(rows.get(name, [])) for name in TABLES.values()}
    payload = {**counts, "sha256": sha256(canonical(kept).encode()).hexdigest()}
    entry_append(
        subject=subject_of(held), kind="support.ledger.given", payload=payload, at=now, actor=actor.person
    )  # fmt: skip
    return held


@transaction.atomic
def ledger_add_invoices(
    *, application: Application, files: Iterable[Given], contract: str, actor: Actor, now: datetime
) -> int:
    """Add e-invoices (name, XML) to a contract of the ledger; how many. Raises BadInput with what is wrong in all."""
    problems, added = list[Problem](), list[dict[str, Any]]()
    for name, content in files:
        try:
            added.append(einvoice_row(name, content, contract))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    rows = rows_of(application)
    rows["invoices"] += added
    ledger_store(application=application, rows=rows, actor=actor, now=now)
    return len(added)


@transaction.atomic
def row_correct(
    *, row: LedgerRow, changes: Mapping[str, Any], struck: bool, reason: str, actor: Actor, now: datetime
) -> LedgerVersion:
    """The auditor corrects a row, or takes it out, with a reason; what was handed in stays beside it.

    changes: values by field, such as {"amount": "900000.00"}. Raises BadInput, MoveRefused unless it is being audited.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=row.application_id)
    authorise("support.ledger.correct", actor, application)
    if state_of(application) != AUDITED:
        raise MoveRefused(Text("现在不在审计中", "it is not being audited now"), CLAUSE)
    if not reason.strip():
        raise BadInput([Problem("ledger", None, "reason", "", "请写明理由", "a reason")])
    before = row.versions.order_by("-number").first()
    if before is None:
        raise RuntimeError("a row has its first version")
    content = {**before.content, **changes}
    if (content, struck) == (before.content, before.struck):
        raise BadInput([Problem("ledger", None, "", "", "没有改动", "nothing was changed")])
    made = LedgerVersion.objects.create(
        row=row,
        number=before.number + 1,
        content=content,
        struck=struck,
        reason=reason.strip(),
        by=actor.person,
        at=now,
    )
    if application.applied_on:
        worth_of(application, application.applied_on)  # raises BadInput for a row that cannot be read any more
    entry_append(
        subject=subject_of(application),
        kind="support.row_corrected",
        payload={"table": row.table, "place": row.place, "no": row.no, "before": before.content, "after": content,
                 "struck": struck, "reason": reason.strip()},
        actor=actor.person,
        at=now,
    )  # fmt: skip
    invoices_index(application=application)
    return made


def _keep(application: Application, table: str, rows: list[dict[str, Any]], actor: Actor, now: datetime) -> None:
    made = LedgerRow.objects.bulk_create(
        LedgerRow(application=application, table=table, place=place, no=str(row["no"]))
        for place, row in enumerate(rows, 1)
    )
    LedgerVersion.objects.bulk_create(
        LedgerVersion(row=kept, content=row, by=actor.person, at=now) for kept, row in zip(made, rows, strict=True)
    )
