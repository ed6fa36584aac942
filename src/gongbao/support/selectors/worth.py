"""What the rules give on an application: eligible or not, the amount with its steps, the verdict of every row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.support.models import Application, LedgerRow
from gongbao.support.rules.answers import Because, Facts, match_subjects
from gongbao.support.rules.facts import SHARE_PLACES
from gongbao.support.rules.ledger import Assessment, assess, same
from gongbao.support.selectors.editions import catalogue_of, is_subsidy, measure_of, programme_of
from gongbao.support.selectors.invoices import taken_by
from gongbao.support.tables.applications import application_of
from gongbao.support.tables.json_files import Node
from gongbao.support.tables.profiles import read_facts

TABLES = {"contract": "contracts", "invoice": "invoices", "payment": "payments"}


@dataclass(frozen=True)
class Worth:
    """eligible: None while facts are needed; amount: fen, None where the text gives no figure or nothing is due;
    upper: the amount is a limit, the grant itself is decided; ledger: of a subsidy, with a verdict for every row;
    first_day: the first day on which an application is possible."""

    eligible: bool | None
    amount: int | None
    upper: bool
    steps: tuple[Text, ...]
    because: tuple[Because, ...]
    needs: tuple[str, ...]
    first_day: date
    ledger: Assessment | None = None

    @property
    def countable(self) -> int | None:
        return self.ledger.countable if self.ledger else None


def worth_of(application: Application, on: date, *, audited: bool = True) -> Worth:
    """audited: with the auditor's corrections. on: day of application. Raises BadInput for wrong facts or rows."""
    measure = measure_of(application)
    upper = measure.promise == "up_to"
    facts = _facts(application)
    ledger = _assess(application, on, audited=audited) if is_subsidy(application) else None
    if ledger:
        facts = {**facts, **_worked_out(application, ledger)}
    match = match_subjects([(None, facts)], (measure,), on)[0]
    if ledger:
        amount = ledger.subsidy if ledger.eligible is not False else 0
        return Worth(
            ledger.eligible, amount, upper, ledger.steps, ledger.because, ledger.needs, match.first_day, ledger
        )
    eligible = {"eligible": True, "not_eligible": False}.get(match.status)
    amount = match.value if eligible or measure.amount is None else 0
    return Worth(eligible, amount, upper, match.steps, match.because, match.needs, match.first_day)


def rows_of(application: Application, *, audited: bool = True) -> dict[str, list[dict[str, Any]]]:
    """contracts, invoices, payments as an application file has them; without struck rows and what hangs on them."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES.values()}
    struck: dict[str, set[str]] = {name: set() for name in TABLES}
    for row in LedgerRow.objects.filter(application=application).prefetch_related("versions"):
        versions = list(row.versions.all())
        version = versions[-1] if audited else versions[0]
        if version.struck:
            struck[row.table].add(same(row.no))
        else:
            found[TABLES[row.table]].append(version.content)
    return {
        name: [row for row in rows if not any(same(str(row.get(of) or "")) in gone for of, gone in struck.items())]
        for name, rows in found.items()
    }


def _facts(application: Application) -> Facts:
    """What is stated, by the names of the vocabulary; the direction that is applied for is a fact of its own."""
    problems: list[Problem] = []
    vocabulary, facts = catalogue_of(application).vocabulary, {}
    for scope in ("entity", "project"):
        facts |= read_facts(Node(application.facts.get(scope, {}), scope, None, problems), scope, vocabulary)
    if problems:
        raise BadInput(problems)
    measure = measure_of(application)
    chosen = {c.fact.name: frozenset([measure.code]) for c in measure.conditions if c.fact.type == "codes"}
    return {**facts, **chosen}


def _worked_out(application: Application, ledger: Assessment) -> Mapping[str, int]:
    """The facts that the ledger works out."""
    rules = programme_of(application).ledger
    if rules is None:
        return {}
    return {rules.investment.name: ledger.countable, rules.paid_share.name: ledger.paid_share(SHARE_PLACES)}


def _assess(application: Application, on: date, *, audited: bool) -> Assessment:
    rows = rows_of(application, audited=audited)
    document = {
        "direction": application.measure,
        "applied_on": on.isoformat(),
        "entity": {**application.facts.get("entity", {}), "name": application.applicant.name},
        "project": application.facts.get("project", {}),
        "co_investors": application.co_investors,
        **({"project_form": application.project_form} if application.project_form else {}),
        **rows,
    }
    read = application_of(document, catalogue_of(application))
    taken = frozenset(taken_by([row["no"] for row in rows["invoices"]], application))
    return assess(replace(read, taken=taken))
