"""The investment ledger of an application as pages show it: every row with its versions and its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongbao.support.models import Application, LedgerRow, LedgerVersion
from gongbao.support.rules.ledger import Application as Given
from gongbao.support.rules.ledger import Assessment, Verdict, assess, same
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.selectors.editions import is_subsidy, programme_of
from gongbao.support.selectors.invoices import taken_by
from gongbao.support.selectors.worth import ledger_given, rows_of, rows_standing


@dataclass(frozen=True)
class Worked:
    """A ledger with what it comes to."""

    application: Given
    assessment: Assessment


@dataclass(frozen=True)
class Line:
    """A row. now: what stands there; before: the versions that it replaced; verdict: None where the auditor took the
    row, or what it hangs on, out; other: the application that named this invoice before."""

    row: LedgerRow
    now: LedgerVersion
    before: tuple[LedgerVersion, ...]
    verdict: Verdict | None
    other: Application | None


def ledger_rules(application: Application) -> LedgerRules | None:
    """How its investment is counted; None where its measure does not look at investment."""
    return programme_of(application).ledger if is_subsidy(application) else None


def worked(application: Application, on: date, rows: Mapping[str, list[dict[str, Any]]]) -> Worked:
    """These rows counted as its ledger. Raises BadInput where a row or a fact is unsound."""
    given = ledger_given(application, on, rows)
    return Worked(given, assess(given))


def worked_out(application: Application, on: date, *, audited: bool = True) -> Worked:
    """Its ledger counted on the day of application, of a draft on `on`; audited: with the auditor's corrections."""
    return worked(application, application.applied_on or on, rows_of(application, audited=audited))


def lines_of(application: Application, found: Worked) -> dict[str, list[Line]]:
    """contract, invoice, payment -> the rows in order. found: its ledger as it stands now."""
    standing = [row.pk for row, _ in rows_standing(application)]
    verdicts = dict(zip(standing, found.assessment.verdicts, strict=True))
    shared = shared_with(application)
    lines: dict[str, list[Line]] = {str(table): [] for table in LedgerRow.Table}
    for row in application.rows.prefetch_related("versions__by").order_by("place"):
        *before, now = row.versions.all()
        other = shared.get(same(row.no)) if row.table == LedgerRow.Table.INVOICE else None
        lines[row.table].append(Line(row, now, tuple(before), verdicts.get(row.pk), other))
    return lines


def shared_with(application: Application) -> dict[str, Application]:
    """number of an invoice as `same` writes it -> the application that named it before. Who may see that one is not
    decided here."""
    numbers = application.rows.filter(table=LedgerRow.Table.INVOICE).values_list("no", flat=True)
    return taken_by(list(numbers), application)
