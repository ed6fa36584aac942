"""How an investment ledger (投资明细) is counted: the part of a programme's file that says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.entries import Entry
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import Fact, Vocabulary

# The verdicts that there are; the file gives their order, their words and their clauses.
REASONS = (
    "duplicate", "category", "before_window", "after_application", "buyer", "payer", "payee", "unpaid",
    "above_invoice", "above_contract", "counted",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A category of spending, or a verdict: its words and its clause."""

    name: Text
    cite: str


@dataclass(frozen=True)
class LedgerRules:
    """first: the first day of invoices and payments that count. forms: form of the project -> countable categories.

    investment, paid_share: the facts that a ledger works out. reasons: in the order in which they are tried.
    """

    first: date
    cite: str
    forms: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, Named]
    reasons: Mapping[str, Named]
    relations: tuple[str, ...]
    investment: Fact
    paid_share: Fact
    readings: tuple[str, ...]

    @property
    def default_form(self) -> str:
        return next(iter(self.forms))


def load_ledger_rules(entry: Entry, document: str, vocabulary: Vocabulary) -> LedgerRules | None:
    """Read the section; None where a fact is unknown (reported). document: completes the clauses."""
    forms = entry.entry("forms")
    categories = {item.text("code"): _named(item, "name", document) for item in entry.entries("category")}
    reasons = {item.text("code"): _named(item, "text", document) for item in entry.entries("reason")}
    investment, paid_share = (
        _fact(entry, "investment", "money", vocabulary),
        _fact(entry, "paid_share", "share", vocabulary),
    )
    listed = {form: forms.words(form) for form in forms.raw}
    for form, codes in listed.items():
        if not set(codes) <= categories.keys():
            forms.wrong(form, "应为列出的支出类别", "categories that are listed are due")
    if set(reasons) != set(REASONS):
        entry.wrong("reason", f"应为:{'、'.join(REASONS)}", f"due: {', '.join(REASONS)}")
    first, cite = entry.day("from"), f"{document} {entry.text('cite')}"
    relations, readings = entry.words("relations"), entry.words("readings", required=False)
    entry.finish()
    if investment is None or paid_share is None:
        return None
    return LedgerRules(first, cite, listed, categories, reasons, relations, investment, paid_share, readings)


def _named(entry: Entry, key: str, document: str) -> Named:
    named = Named(entry.both(key), f"{document} {entry.text('cite')}")
    entry.finish()
    return named


def _fact(entry: Entry, key: str, kind: str, vocabulary: Vocabulary) -> Fact | None:
    fact = vocabulary.facts.get(entry.text(key))
    if fact is None or fact.type != kind:
        entry.wrong(key, f"应为 {kind} 类事实", f"a fact of type {kind} is due")
        return None
    return fact
