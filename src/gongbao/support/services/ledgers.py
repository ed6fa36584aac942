"""The investment ledger's rows: kept as handed in, corrected by the auditor with a reason. Both versions stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.support.models import Application, LedgerRow, LedgerVersion
from gongbao.support.selectors.applications import state_of
from gongbao.support.selectors.worth import TABLES, worth_of
from gongbao.support.services.invoices import invoices_index

AUDITED = "auditing"
CLAUSE = "京商消二字〔2026〕3号 四（三）"


@transaction.atomic
def ledger_store(
    *, application: Application, rows: Mapping[str, list[dict[str, Any]]], actor: Actor, now: datetime
) -> None:
    """Keep a whole ledger in the place of the one before, while it is a draft or to be completed. rows: contracts,
    invoices, payments as an application file has them. Raises BadInput with everything that is wrong; MoveRefused."""
    authorise("support.application.edit", actor, application)
    if state_of(application) not in ("draft", "correction"):
        raise MoveRefused(Text("已提交的投资明细不能再改", "the ledger was sent and cannot be changed"), CLAUSE)
    application.rows.all().delete()
    for table, name in TABLES.items():
        for place, content in enumerate(rows.get(name, []), 1):
            row = LedgerRow.objects.create(
                application=application, table=table, place=place, no=str(content.get("no", ""))[:100]
            )
            LedgerVersion.objects.create(row=row, content=content, by=actor.person, at=now)
    worth_of(application, now.date())  # reads every row, and says what is wrong with it
    invoices_index(application=application)


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
        subject=f"support/{application.pk}",
        kind="support.row_corrected",
        payload={"table": row.table, "place": row.place, "no": row.no, "before": before.content, "after": content,
                 "struck": struck, "reason": reason.strip()},
        actor=actor.person,
        at=now,
    )  # fmt: skip
    invoices_index(application=application)
    return made
