"""What the rules give on an application: eligible or not, the amount with its steps, the verdict of every row."""

from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text
from gongbao.support.models import Application
from gongbao.support.rules import matching
from gongbao.support.rules.answers import Because, match_subjects
from gongbao.support.rules.facts import SHARE_PLACES
from gongbao.support.rules.ledger import Assessment
from gongbao.support.selectors.drafts import facts_of
from gongbao.support.selectors.editions import measure_of
from gongbao.support.selectors.ledgers import ledger_rules, worked_out


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
    """audited: with the auditor's corrections. on: day of application. Raises BadInput for wrong facts or rows.

    What only needs a judgement (eligible None) gets the amount that it would get.
    """
    measure, rules, facts = measure_of(application), ledger_rules(application), dict(facts_of(application))
    upper = measure.promise == "up_to"
    ledger = worked_out(application, on, corrected=audited).assessment if rules else None
    if ledger and rules:
        facts[rules.investment.name] = ledger.countable
        facts[rules.paid_share.name] = ledger.paid_share(SHARE_PLACES)
    match = match_subjects([(None, facts)], (measure,), on)[0]
    if ledger:
        amount = ledger.subsidy if ledger.eligible is not False else 0
        return Worth(
            ledger.eligible, amount, upper, ledger.steps, ledger.because, ledger.needs, match.first_day, ledger
        )
    eligible = {"eligible": True, "not_eligible": False}.get(match.status)
    base = facts.get(measure.base.name) if measure.base else None
    worth, steps = match.value, list(match.steps)
    if measure.amount and eligible is None and (base is not None or measure.base is None):
        worth, steps = matching.worth_of(measure.amount, base if base is not None else 0), measure.amount.explain(base)
    if measure.amount and eligible is False:
        worth = 0
    return Worth(eligible, worth, upper, tuple(steps), match.because, match.needs, match.first_day)
