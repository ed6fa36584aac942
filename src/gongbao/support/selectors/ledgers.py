"""The investment ledger of an application, from its rows: as handed in, as it stands after the audit, assessed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongbao.kernel.canonical import Json
from gongbao.support.models import Application, LedgerRow, LedgerVersion
from gongbao.support.rules.ledger import Application as Given
from gongbao.support.rules.ledger import Assessment, Verdict, assess, same
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.selectors.editions import catalogue_of, measure_of, programme_of
from gongbao.support.selectors.invoices import taken_by
from gongbao.support.tables.applications import application_of

TABLES = {"contracts": "contract", "invoices": "invoice", "payments": "payment"}  # of a file -> of the rows


def ledger_rules(application: Application) -> LedgerRules | None:
    """How its investment is counted; None where its measure does not look at investment."""
    rules = programme_of(application).ledger
    return rules if rules and measure_of(application).base == rules.investment else None


def rows_of(application: Application, *, corrected: bool = True) -> dict[str, list[dict[str, Json]]]:
    """table of a file -> its rows in order. corrected: as the auditor left them, without those that were taken
    out and what hangs on them."""
    found: dict[str, list[dict[str, Json]]] = {table: [] for table in TABLES}
    names = {name: table for table, name in TABLES.items()}
    for row, version in _standing(application, corrected):
        found[names[row.table]].append(version.content)
    return found


def _standing(application: Application, corrected: bool) -> list[tuple[LedgerRow, LedgerVersion]]:
    """The rows that stand with their version, in order."""
    rows = []
    for row in application.rows.prefetch_related("versions").order_by("place"):
        versions = list(row.versions.all())
        rows.append((row, versions[-1] if corrected else versions[0]))
    struck = {(row.table, same(row.no)) for row, version in rows if version.struck}

    def hangs_on_struck(content: Mapping[str, Json]) -> bool:
        return any((of, same(str(content.get(of) or ""))) in struck for of in TABLES.values())

    return [(row, version) for row, version in rows if not version.struck and not hangs_on_struck(version.content)]


def document_of(application: Application, on: date, rows: Mapping[str, object]) -> dict[str, object]:
    """The application with these rows as an application file, as `gongbao support assess` reads it."""
    facts = application.facts
    form = {"project_form": application.project_form} if application.project_form else {}
    return {
        "direction": application.measure,
        "applied_on": (application.applied_on or on).isoformat(),
        "entity": {**facts.get("entity", {}), "name": application.applicant.name},
        "project": facts.get("project", {}),
        "co_investors": application.co_investors,
        **form,
        **rows,
    }


def given(application: Application, on: date, rows: Mapping[str, object]) -> Given:
    """The same as rules take it; invoices that another application named before are marked. Raises BadInput."""
    read = application_of(document_of(application, on, rows), catalogue_of(application))
    taken = taken_by([invoice.no for invoice in read.invoices], application)
    return replace(read, taken=frozenset(taken))


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


def worked_out(application: Application, on: date, *, corrected: bool = True) -> Worked:
    """Its ledger counted on the day of application, of a draft on `on`. Raises BadInput where its facts are unsound."""
    read = given(application, on, rows_of(application, corrected=corrected))
    return Worked(read, assess(read))


def lines_of(application: Application, found: Worked) -> dict[str, list[Line]]:
    """contract, invoice, payment -> the rows in order. found: its ledger as it stands now."""
    order = list(TABLES.values())
    rows = [row for row, _ in _standing(application, True)]
    standing = sorted(rows, key=lambda row: (order.index(row.table), row.place))  # as verdicts are
    verdicts = dict(zip((row.pk for row in standing), found.assessment.verdicts, strict=True))
    shared = shared_with(application)
    lines: dict[str, list[Line]] = {table: [] for table in order}
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
