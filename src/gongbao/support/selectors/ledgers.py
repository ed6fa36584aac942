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
    struck: dict[str, set[str]] = {name: set() for name in TABLES.values()}
    names = {name: table for table, name in TABLES.items()}
    for row in application.rows.prefetch_related("versions").order_by("place"):
        version = _version(row, corrected)
        if version.struck:
            struck[row.table].add(same(row.no))
        else:
            found[names[row.table]].append(version.content)
    return {table: [row for row in rows if not _hangs_on(row, struck)] for table, rows in found.items()}


def _hangs_on(row: Mapping[str, Json], struck: Mapping[str, set[str]]) -> bool:
    """Whether it belongs to a contract or an invoice that was taken out."""
    return any(same(str(row[of])) in gone for of, gone in struck.items() if row.get(of))


def _version(row: LedgerRow, corrected: bool) -> LedgerVersion:
    versions = sorted(row.versions.all(), key=lambda version: version.number)
    return versions[-1] if corrected else versions[0]


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

    @property
    def by_row(self) -> dict[tuple[str, int], Verdict]:
        """(contract, invoice or payment; place in its table, from 0) -> its verdict."""
        places: dict[str, int] = {}
        found = {}
        for verdict in self.assessment.verdicts:
            place = places.get(verdict.table, 0)
            places[verdict.table] = place + 1
            found[verdict.table, place] = verdict
        return found


def worked_out(application: Application, on: date, *, corrected: bool = True) -> Worked:
    """Its ledger counted on the day of application, of a draft on `on`. Raises BadInput where its facts are unsound."""
    read = given(application, on, rows_of(application, corrected=corrected))
    return Worked(read, assess(read))


def shared_with(application: Application) -> dict[str, Application]:
    """number of an invoice -> the application that named it before; who may see that one is the caller's part."""
    numbers = [row.no for row in application.rows.all() if row.table == LedgerRow.Table.INVOICE]
    taken = taken_by(numbers, application)
    return {number: taken[same(number)] for number in numbers if same(number) in taken}
