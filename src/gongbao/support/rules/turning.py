"""What would change an answer (怎样会不同): conditions that stand in the way, questions left, and the next step up."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongbao.kernel.text import Text
from gongbao.support.rules.amounts import Steps
from gongbao.support.rules.answers import Because, Match
from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.facts import Value, yuan


@dataclass(frozen=True)
class Hurdle:
    """A condition that is not met, with the fact that decides it; None: the day of the application."""

    because: Because
    condition: Condition | None


def hurdles(match: Match) -> tuple[Hurdle, ...]:
    """Everything that refuses a measure, in the order of its clauses. Empty where nothing does."""
    conditions = (None, *match.measure.conditions)  # the first reason is the window, see answers.opened
    pairs = zip(match.because, conditions, strict=True)
    return tuple(Hurdle(because, condition) for because, condition in pairs if because.met is False)


def next_step(match: Match, given: Mapping[str, Value]) -> Text | None:
    """From where an eligible measure would give more; None where it cannot."""
    amount = match.measure.amount
    if match.status != "eligible" or not isinstance(amount, Steps) or amount.of is None:
        return None
    base = given.get(amount.of.name)
    higher = [(at, fen) for at, fen in amount.steps if isinstance(base, int) and base < at]
    if not higher:
        return None
    (at, fen), label = higher[0], amount.of.label
    limit = amount.of.show(at)
    return Text(
        f"“{label.zh}”达到{limit.zh},即为{yuan(fen)}元", f"{label.en}: {limit.en} or more would give {yuan(fen)} yuan"
    )
