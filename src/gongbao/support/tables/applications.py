"""Applications with their investment ledger from JSON: every row checked, everything wrong at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.facts import DAY, MONEY_PLACES, WHOLE_DIGITS
from gongbao.support.rules.ledger import Application, Contract, Invoice, Payment, same
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.rules.programme import Catalogue, Measure
from gongbao.support.tables.json_files import Node, read_json
from gongbao.support.tables.profiles import read_facts

FIELDS = (
    "direction",
    "applied_on",
    "entity",
    "project",
    "co_investors",
    "project_form",
    "contracts",
    "invoices",
    "payments",
)
CONTRACT = ("no", "category", "party", "amount", "signed_on")
INVOICE = ("no", "contract", "issuer", "buyer", "amount", "issued_on")
PAYMENT = ("no", "contract", "invoice", "payer", "payee", "amount", "paid_on")
CO_INVESTOR = ("name", "relation")


def read_application(path: Path, catalogue: Catalogue) -> Application:
    """The application in a file. Raises BadInput with every problem."""
    return application_of(read_json(path), catalogue)


def application_of(document: object, catalogue: Catalogue) -> Application:
    """An application from a document. Raises BadInput with every problem."""
    problems: list[Problem] = []
    application = _Reader(Node(document, "application", None, problems), catalogue).application()
    if problems or application is None:
        raise BadInput(problems)
    return application


class _Reader:
    def __init__(self, top: Node, catalogue: Catalogue) -> None:
        self.top, self.catalogue = top, catalogue

    def application(self) -> Application | None:
        """None where the direction is none that is subsidised by a ledger (reported)."""
        top = self.top
        top.only(*FIELDS)
        applied_on = _date(top, "applied_on")
        entity = read_facts(top.node("entity"), "entity", self.catalogue.vocabulary)
        project = read_facts(top.node("project"), "project", self.catalogue.vocabulary)
        applicant = entity.get("entity.name")
        if not isinstance(applicant, str):
            top.problems.append(
                Problem("entity", None, "name", "", "应写明申报单位名称", "the name of the applicant is due")
            )
        measure, rules = self._direction()
        if rules is None or measure is None:
            return None
        form = self._form(rules)
        contracts = [_contract(node, rules) for node in top.nodes("contracts")]
        invoices = [_invoice(node) for node in top.nodes("invoices")]
        payments = [_payment(node) for node in top.nodes("payments")]
        self._linked(contracts, invoices, payments)
        return Application(
            measure,
            rules,
            applied_on,
            str(applicant),
            entity,
            project,
            tuple(_co_investor(node, rules) for node in top.nodes("co_investors")),
            form,
            tuple(contracts),
            tuple(invoices),
            tuple(payments),
        )

    def _direction(self) -> tuple[Measure | None, LedgerRules | None]:
        code = self.top.text("direction")
        subsidies = {
            measure.code: (measure, programme.ledger)
            for programme in self.catalogue.programmes
            for measure in programme.measures
            if programme.ledger and measure.base == programme.ledger.investment
        }
        if code and code not in subsidies:
            known = ", ".join(subsidies)
            self.top.wrong(
                "direction", code, f"应为按投资补助的方向:{known}", f"a direction that is subsidised is due: {known}"
            )
        return subsidies.get(code, (None, None))

    def _form(self, rules: LedgerRules) -> str:
        form = self.top.raw.get("project_form")
        if form is None:
            return rules.default_form
        if not isinstance(form, str) or form not in rules.forms:
            self.top.wrong("project_form", form, f"应为:{'、'.join(rules.forms)}", f"due: {', '.join(rules.forms)}")
            return rules.default_form
        return form

    def _linked(self, contracts: Sequence[Contract], invoices: Sequence[Invoice], payments: Sequence[Payment]) -> None:
        """Numbers are unique, and what a row names is there."""
        by_number = {same(contract.no): contract for contract in contracts if contract.no}
        first: dict[str, Invoice] = {}
        for invoice in invoices:
            first.setdefault(same(invoice.no), invoice)
        self._unique("contracts", [contract.no for contract in contracts])
        self._unique("payments", [payment.no for payment in payments])
        for row, invoice in enumerate(invoices, 1):
            self._known("invoices", row, "contract", invoice.contract, by_number)
        for row, payment in enumerate(payments, 1):
            self._known("payments", row, "contract", payment.contract, by_number)
            if payment.invoice is None:
                continue
            self._known("payments", row, "invoice", payment.invoice, first)
            named = first.get(same(payment.invoice))
            if named and payment.contract and named.contract and same(named.contract) != same(payment.contract):
                expected = (
                    f"应为发票所属的合同 {named.contract}",
                    f"the contract of its invoice is due: {named.contract}",
                )
                self._wrong("payments", row, "contract", payment.contract, *expected)

    def _unique(self, table: str, numbers: Sequence[str]) -> None:
        seen = set[str]()
        for row, number in enumerate(numbers, 1):
            if number and same(number) in seen:
                self._wrong(table, row, "no", number, "编号不能重复", "the number must be unique")
            seen.add(same(number))

    def _known(self, table: str, row: int, column: str, number: str, known: Mapping[str, object]) -> None:
        if number and same(number) not in known:
            self._wrong(table, row, column, number, "文件中没有这个编号", "there is no such number in the file")

    def _wrong(self, table: str, row: int, column: str, value: str, zh: str, en: str) -> None:
        self.top.problems.append(Problem(table, row, column, value, zh, en))


def _contract(node: Node, rules: LedgerRules) -> Contract:
    node.only(*CONTRACT)
    _date(node, "signed_on")
    return Contract(
        node.text("no"), _one_of(node, "category", rules.categories), node.text("party"), _amount(node, "amount")
    )


def _invoice(node: Node) -> Invoice:
    node.only(*INVOICE)
    return Invoice(
        node.text("no"),
        node.text("contract"),
        node.text("issuer"),
        node.text("buyer"),
        _amount(node, "amount"),
        _date(node, "issued_on"),
    )


def _payment(node: Node) -> Payment:
    node.only(*PAYMENT)
    if "invoice" not in node.raw:
        node.wrong(
            "invoice", None, "应为发票号码,预付款写 null", "the number of the invoice is due; null for an advance"
        )
    return Payment(
        node.text("no"),
        node.text("contract"),
        None if node.raw.get("invoice") is None else node.text("invoice"),
        node.text("payer"),
        node.text("payee"),
        _amount(node, "amount"),
        _date(node, "paid_on"),
    )


def _co_investor(node: Node, rules: LedgerRules) -> str:
    node.only(*CO_INVESTOR)
    _one_of(node, "relation", rules.relations)
    return node.text("name")


def _one_of(node: Node, key: str, known: Iterable[str]) -> str:
    options = list(known)
    value = node.text(key)
    if value and value not in options:
        node.wrong(key, value, f"应为:{'、'.join(options)}", f"due: {', '.join(options)}")
    return value


def _amount(node: Node, key: str) -> int:
    """Yuan as text, in fen: more than nothing, at most two decimals."""
    value = node.raw.get(key)
    try:
        fen = to_fixed(value, MONEY_PLACES) if isinstance(value, str) else 0
    except ValueError:
        fen = 0
    if not 0 < fen < 10 ** (WHOLE_DIGITS + MONEY_PLACES):
        node.wrong(
            key,
            value,
            "应为大于零的金额(元),加引号,至多两位小数",
            "yuan in quotes are due, more than 0, with at most two decimals",
        )
    return fen


def _date(node: Node, key: str) -> date:
    value = node.raw.get(key)
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    node.wrong(key, value, "应为日期,如 2026-02-12", "a date is due, such as 2026-02-12")
    return date.min
