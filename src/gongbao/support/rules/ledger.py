"""The investment ledger (投资明细): contracts, invoices and payments, a verdict for each, and what it comes to.

京商消二字〔2026〕3号 二(三): only invoices issued and paid in the window count, in the name of the applicant or a
co-investor, for categories that count; the paid share of the contracts is a condition of its own (I-14).
All money in fen.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongbao.kernel.text import Text
from gongbao.support.rules.answers import Because, Facts, Match, match_subjects
from gongbao.support.rules.facts import SHARE_PLACES, yuan
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.rules.matching import worth_of
from gongbao.support.rules.programme import Measure


@dataclass(frozen=True)
class Contract:
    no: str
    category: str
    party: str
    amount: int


@dataclass(frozen=True)
class Invoice:
    no: str
    contract: str
    issuer: str
    buyer: str
    amount: int
    issued_on: date


@dataclass(frozen=True)
class Payment:
    """invoice: None for an advance, which counts for the paid share only."""

    no: str
    contract: str
    invoice: str | None
    payer: str
    payee: str
    amount: int
    paid_on: date


@dataclass(frozen=True)
class Application:
    """What is assessed. applicant: name of the applying entity; entity, project: known facts.

    taken: numbers of invoices that another application named before, as same() writes them.
    """

    measure: Measure
    rules: LedgerRules
    applied_on: date
    applicant: str
    entity: Facts
    project: Facts
    co_investors: tuple[str, ...]
    form: str
    contracts: tuple[Contract, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[Payment, ...]
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """A row: how much of it counts, and the first reason that holds. table: contract, invoice or payment."""

    table: str
    no: str
    counted: int
    reason: str
    because: Text
    cite: str


@dataclass(frozen=True)
class Assessment:
    """eligible: None while facts are needed. paid, agreed: both sides of the paid share, in fen."""

    eligible: bool | None
    countable: int
    paid: int
    agreed: int
    subsidy: int
    verdicts: tuple[Verdict, ...]
    because: tuple[Because, ...]
    steps: tuple[Text, ...]
    needs: tuple[str, ...]

    def paid_share(self, places: int) -> int:
        """Cut off after so many places; nothing without a contract that counts."""
        return self.paid * 10**places // self.agreed if self.agreed else 0


def same(name: str) -> str:
    """Names and numbers are compared after NFKC, without spaces at the ends."""
    return unicodedata.normalize("NFKC", name).strip()


class _Ledger:
    """Works a ledger out, row by row in the order of the file."""

    def __init__(self, application: Application) -> None:
        self.application, self.rules = application, application.rules
        self.first, self.last = self.rules.first, application.applied_on
        self.ours = {same(name) for name in (application.applicant, *application.co_investors)}
        self.contracts = {same(contract.no): contract for contract in application.contracts}
        self.standing: dict[str, Invoice] = {}  # of a number met twice the first stands, whether it counts or not
        for invoice in application.invoices:
            self.standing.setdefault(same(invoice.no), invoice)
        self.fitted: dict[str, int] = dict.fromkeys(self.standing, 0)
        self.used: dict[str, int] = dict.fromkeys(self.contracts, 0)

    def counts(self, contract: Contract) -> bool:
        return contract.category in self.rules.forms[self.application.form]

    def _on(self, day: date) -> dict[str, bool]:
        return {"before_window": day < self.first, "after_application": day > self.last}

    def _of_invoice(self, invoice: Invoice) -> dict[str, bool]:
        """What keeps an invoice from counting, apart from its payments."""
        return {
            "duplicate": same(invoice.no) in self.application.taken,
            "category": not self.counts(self.contracts[same(invoice.contract)]),
            **self._on(invoice.issued_on),
            "buyer": same(invoice.buyer) not in self.ours,
        }

    def payment(self, payment: Payment) -> Verdict:
        """A payment counts as far as it fits into its invoice, and only if that invoice itself can count."""
        invoice = self.standing[same(payment.invoice)] if payment.invoice is not None else None
        payee = invoice.issuer if invoice else self.contracts[same(payment.contract)].party
        on, of = self._on(payment.paid_on), self._of_invoice(invoice) if invoice else {}
        holds = {
            "duplicate": of.get("duplicate", False),
            "category": not self.counts(self.contracts[same(payment.contract)]),
            **{reason: on[reason] or of.get(reason, False) for reason in on},
            "buyer": of.get("buyer", False),
            "payer": same(payment.payer) not in self.ours,
            "payee": same(payment.payee) != same(payee),
        }
        part = 0
        if invoice and not any(holds.values()):
            part = min(payment.amount, invoice.amount - self.fitted[same(invoice.no)])
            self.fitted[same(invoice.no)] += part
        return self._verdict("payment", payment, part, {**holds, "above_invoice": part < payment.amount})

    def invoice(self, invoice: Invoice) -> Verdict:
        """An invoice counts as far as it is paid, and as far as its contract goes."""
        number, contract = same(invoice.no), self.contracts[same(invoice.contract)]
        holds = self._of_invoice(invoice)
        holds["duplicate"] |= self.standing[number] is not invoice
        paid = 0 if any(holds.values()) else self.fitted[number]
        part = min(paid, contract.amount - self.used[same(contract.no)])
        self.used[same(contract.no)] += part
        return self._verdict("invoice", invoice, part, {**holds, "unpaid": not paid, "above_contract": part < paid})

    def contract(self, contract: Contract) -> Verdict:
        """A contract shows the sum of its invoices."""
        used = self.used[same(contract.no)]
        return self._verdict("contract", contract, used, {"category": not self.counts(contract), "unpaid": not used})

    def _verdict(self, table: str, row: Contract | Invoice | Payment, part: int, holds: Mapping[str, bool]) -> Verdict:
        reason = next(reason for reason in self.rules.reasons if reason == "counted" or holds.get(reason))
        named = self.rules.reasons[reason]
        text, cite = named.name, named.cite
        if reason == "category":
            contract = row if isinstance(row, Contract) else self.contracts[same(row.contract)]
            category = self.rules.categories[contract.category]
            text, cite = Text(f"{text.zh}:{category.name.zh}", f"{text.en}: {category.name.en}"), category.cite
        if reason != "counted":
            text = Text(f"{text.zh};计入{yuan(part)}元", f"{text.en}; {yuan(part)} yuan counted")
        return Verdict(table, row.no, part, reason, text, cite)

    def paid_share(self) -> tuple[int, int]:
        """I-14: of countable contracts the lesser of amount and payments (before the window too); their amounts."""
        contracts = [contract for contract in self.application.contracts if self.counts(contract)]
        paid = dict.fromkeys((same(contract.no) for contract in contracts), 0)
        for payment in self.application.payments:
            number = same(payment.contract)
            if number in paid and payment.paid_on <= self.last and self._ours_to(payment, self.contracts[number].party):
                paid[number] += payment.amount
        return sum(min(c.amount, paid[same(c.no)]) for c in contracts), sum(c.amount for c in contracts)

    def _ours_to(self, payment: Payment, party: str) -> bool:
        return same(payment.payer) in self.ours and same(payment.payee) == same(party)


def assess(application: Application) -> Assessment:
    """Count the ledger, then match the direction with what it comes to."""
    ledger = _Ledger(application)
    payments = [ledger.payment(payment) for payment in application.payments]
    invoices = [ledger.invoice(invoice) for invoice in application.invoices]
    contracts = [ledger.contract(contract) for contract in application.contracts]
    countable = sum(ledger.used.values())
    paid, agreed = ledger.paid_share()
    counted = Assessment(None, countable, paid, agreed, 0, tuple(contracts + invoices + payments), (), (), ())
    match = _match(application, counted)
    eligible = {"eligible": True, "not_eligible": False}.get(match.status)
    subsidy, steps = 0, tuple[Text, ...]()
    if eligible is not False and (amount := application.measure.amount):
        subsidy, steps = worth_of(amount, countable), tuple(amount.explain(countable))
    return replace(counted, eligible=eligible, subsidy=subsidy, steps=steps, because=match.because, needs=match.needs)


def _match(application: Application, counted: Assessment) -> Match:
    """The direction on the day of application; what the ledger works out stands in the place of what was stated."""
    rules, measure = application.rules, application.measure
    facts = {
        **application.entity,
        **application.project,
        **{c.fact.name: frozenset([measure.code]) for c in measure.conditions if c.fact.type == "codes"},
        rules.investment.name: counted.countable,
        rules.paid_share.name: counted.paid_share(SHARE_PLACES),  # cut off: reaches a limit only if the share does
    }
    return match_subjects([("", facts)], (measure,), application.applied_on)[0]
