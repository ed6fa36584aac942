"""What a ledger comes to, by category and by reason, and how far it is from its two limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongbao.kernel.text import Text
from gongbao.support.rules.amounts import RATE_ONE, Share
from gongbao.support.rules.conditions import AtLeast
from gongbao.support.rules.facts import yuan
from gongbao.support.rules.ledger import Application, Assessment, same


@dataclass(frozen=True)
class Sums:
    """Of the contracts of a category: their amounts and what counts, in fen."""

    agreed: int
    counted: int


@dataclass(frozen=True)
class Distance:
    """How far a limit is. missing: fen that would have to be added, 0 where it is reached, None where no sum helps."""

    cite: str
    missing: int | None
    words: Text


def by_category(application: Application, assessment: Assessment) -> dict[str, Sums]:
    """Categories in the order of the programme's file, those that occur."""
    counted = {same(v.no): v.counted for v in assessment.verdicts if v.table == "contract"}
    found: dict[str, Sums] = {}
    for code in application.rules.categories:
        of = [contract for contract in application.contracts if contract.category == code]
        if of:
            found[code] = Sums(sum(c.amount for c in of), sum(counted[same(c.no)] for c in of))
    return found


def left_out(application: Application, assessment: Assessment) -> dict[str, int]:
    """What invoices do not bring, by the reason of the row, in the order of the reasons; in fen.

    An invoice that counts in part adds the rest to its reason ("counted" where only a part is paid).
    """
    invoices = [v for v in assessment.verdicts if v.table == "invoice"]
    sums: dict[str, int] = {}
    for row, verdict in zip(application.invoices, invoices, strict=True):
        sums[verdict.reason] = sums.get(verdict.reason, 0) + row.amount - verdict.counted
    return {reason: sums[reason] for reason in application.rules.reasons if sums.get(reason)}


def distances(application: Application, assessment: Assessment) -> tuple[Distance, ...]:
    """To each limit of the direction that the ledger decides: what is counted, and the paid share."""
    rules, found = application.rules, list[Distance]()
    limits: Mapping[str, AtLeast] = {c.fact.name: c for c in application.measure.conditions if isinstance(c, AtLeast)}
    if limit := limits.get(rules.investment.name):
        missing = max(0, limit.limit - assessment.countable)
        words = _of(missing, Text("可计入投资", "countable investment"), Text("计入", "counted"))
        found.append(Distance(limit.cite, missing, words))
    if limit := limits.get(rules.paid_share.name):
        found.append(_share(limit, assessment))
    if rest := _uncapped(application, assessment):
        found.append(rest)
    return tuple(found)


def _of(missing: int, what: Text, done: Text) -> Text:
    if not missing:
        return Text(f"{what.zh}已达到下限", f"{what.en}: the limit is reached")
    zh, en = f"{what.zh}还须{done.zh}{yuan(missing)}元", f"{what.en}: {yuan(missing)} yuan more must be {done.en}"
    return Text(zh, en)


def _share(limit: AtLeast, assessment: Assessment) -> Distance:
    """Rounded up to the fen: so much must still be paid on contracts that count, within their amounts."""
    if not assessment.agreed:
        words = Text(
            "没有可计入类别的合同,支付率为零", "no contract of a category that counts: the paid share is nothing"
        )
        return Distance(limit.cite, None, words)
    due = -(-limit.limit * assessment.agreed // 10**limit.fact.decimals)
    missing = max(0, due - assessment.paid)
    return Distance(limit.cite, missing, _of(missing, Text("合同支付率", "paid share"), Text("支付", "paid")))


def _uncapped(application: Application, assessment: Assessment) -> Distance | None:
    """The countable investment from which the subsidy grows no more."""
    amount = application.measure.amount
    if not isinstance(amount, Share) or amount.cap is None:
        return None
    full = -(-amount.cap * RATE_ONE // amount.rate)
    missing = max(0, full - assessment.countable)
    zh = f"再计入{yuan(missing)}元即达补助上限" if missing else "补助已达上限"
    en = f"{yuan(missing)} yuan more counted reach the cap" if missing else "the subsidy is at its cap"
    return Distance(application.measure.cite, missing, Text(zh, en))
