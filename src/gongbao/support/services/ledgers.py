"""The investment ledger of an application: handed in as a whole, added to by e-invoices, corrected by the auditor.

Nothing is stored by halves: a ledger with one wrong cell is refused with every problem and changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import Http404

from gongbao.archive.services import entry_append
from gongbao.cases.refusals import MoveRefused, TooLate
from gongbao.kernel.canonical import Json, canonical
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Client, Person
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, InvoiceUse, LedgerRow, LedgerVersion
from gongbao.support.rules.ledger import same
from gongbao.support.selectors.applications import state_of, subject_of
from gongbao.support.selectors.drafts import is_open
from gongbao.support.selectors.ledgers import TABLES, given, ledger_rules, rows_of
from gongbao.support.services.drafts import SENT, note, opened
from gongbao.support.tables.einvoice import einvoice_row

Given = tuple[str, bytes]  # file name, content
Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # table of an application file -> rows
NO_LEDGER = Text("该方向不按投资额补助,没有投资明细。", "This measure is not measured by investment: it has no ledger.")


def ledger_check(*, application: Application, rows: Rows, on: date) -> None:
    """Raise as ledger_put would, and change nothing: BadInput with every problem, MoveRefused without a ledger."""
    if ledger_rules(application) is None:
        raise MoveRefused(NO_LEDGER, "")
    given(application, on, rows)


@transaction.atomic
def ledger_put(*, application: Application, rows: Rows, actor: Actor, now: datetime, on: date) -> Application:
    """Hand the whole ledger in; it takes the place of the one before. Raises BadInput, MoveRefused."""
    held = opened(application, actor)
    _put(held, rows, actor.person, now, on, {})
    return held


@transaction.atomic
def ledger_push(*, application: Application, rows: Rows, client: Client, now: datetime, on: date) -> Application:
    """The same by a connected system of the applicant. Raises Http404 for another's application."""
    held = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk, applicant=client.organisation)
    found = held.first()
    if found is None:
        raise Http404
    if not is_open(found):
        raise MoveRefused(SENT, "")
    _put(found, rows, None, now, on, {"client": client.name})
    return found


def _put(
    application: Application, rows: Rows, by: Person | None, now: datetime, on: date, origin: Mapping[str, Json]
) -> None:
    ledger_check(application=application, rows=rows, on=on)
    application.rows.all().delete()
    kept: dict[str, list[dict[str, Json]]] = {table: [dict(row) for row in rows.get(table, ())] for table in TABLES}
    for table, name in TABLES.items():
        _keep(application, name, kept[table], by, now)
    _index(application)
    digest = sha256(canonical({table: list(lines) for table, lines in kept.items()}).encode()).hexdigest()
    counts: dict[str, Json] = {table: len(lines) for table, lines in kept.items()}
    entry_append(
        subject=subject_of(application),
        kind="support.ledger.given",
        payload={**counts, "sha256": digest, **origin},
        at=now,
        actor=by,
    )


@transaction.atomic
def ledger_add_invoices(
    *,
    application: Application,
    files: Iterable[Given],
    contract: str,
    actor: Actor,
    now: datetime,
    on: date,
) -> int:
    """Add e-invoices (name, XML) to a contract of the ledger; how many. Raises BadInput with what is wrong in all."""
    problems, added = list[Problem](), list[dict[str, object]]()
    for name, content in files:
        try:
            added.append(einvoice_row(name, content, contract))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    rows = rows_of(application)
    ledger_put(
        application=application,
        rows={**rows, "invoices": [*rows["invoices"], *added]},
        actor=actor,
        now=now,
        on=on,
    )
    return len(added)


@transaction.atomic
def ledger_correct(
    *,
    row: LedgerRow,
    version: int,
    changes: Mapping[str, object],
    reason: str,
    actor: Actor,
    now: datetime,
    on: date,
    struck: bool = False,
) -> LedgerVersion:
    """The auditor's version of a row beside what stood there. version: the number that she saw.

    Raises BadInput without a reason or for an unsound row, TooLate where somebody was first, MoveRefused unless it is
    being audited.
    """
    application = row.application
    authorise("support.ledger.correct", actor, application)
    Application.objects.select_for_update().get(pk=application.pk)
    last = row.versions.order_by("-number")[0]
    if last.number != version:
        raise TooLate(Text("这一行已被更正,请刷新", "the row was corrected meanwhile; please reload"), "")
    if state_of(application) != "auditing":
        raise MoveRefused(Text("现在不在审计中", "it is not being audited now"), "")
    if not reason.strip():
        raise BadInput([Problem(row.table, row.place + 1, "reason", "", "请写明理由", "a reason")])
    content = {**last.content, **changes}
    if (content, struck) == (last.content, last.struck):
        raise BadInput([Problem(row.table, row.place + 1, "", "", "没有改动", "nothing was changed")])
    made = LedgerVersion.objects.create(
        row=row, number=version + 1, content=content, struck=struck, reason=reason.strip(), by=actor.person, at=now
    )
    given(application, on, rows_of(application))  # the ledger as it stands now must be sound as a whole
    _index(application)
    payload: dict[str, Json] = {
        "table": row.table, "no": row.no, "version": made.number, "struck": struck, "reason": made.reason,
        "before": last.content, "after": content,
    }  # fmt: skip
    note(application, "support.ledger.corrected", payload, actor, now)
    return made


def _keep(
    application: Application, table: str, rows: Sequence[Mapping[str, Json]], by: Person | None, now: datetime
) -> None:
    made = LedgerRow.objects.bulk_create(
        LedgerRow(application=application, table=table, place=place, no=str(row["no"]))
        for place, row in enumerate(rows)
    )
    LedgerVersion.objects.bulk_create(
        LedgerVersion(row=kept, content=row, by=by, at=now) for kept, row in zip(made, rows, strict=True)
    )


def _index(application: Application) -> None:
    """Enter its invoice numbers, so that the same number is found in another application."""
    application.invoices.all().delete()
    numbers = {same(str(row["no"])) for row in rows_of(application)["invoices"]}
    InvoiceUse.objects.bulk_create(InvoiceUse(application=application, number=number) for number in sorted(numbers))
