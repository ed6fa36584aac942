"""Finding measures (查找措施): by words, and by who one is and what one has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from gongbao.kernel.text import Text
from gongbao.support.rules.conditions import Condition, Done, Has, In, InOrReview, Is, Lacks
from gongbao.support.rules.facts import Fact
from gongbao.support.rules.programme import Catalogue, Measure

ALL_SECTORS = "consumption"  # the fund asks for no sector
KIND = "entity.kind"
STEERING = (KIND, "entity.sectors", "project.sectors", "entity.energy_track")


@dataclass(frozen=True)
class Filters:
    """Empty: not narrowed. kind: of entity; sector; has: a fact that the measure asks for; promise: kind of amount;
    office; programme: its id; open: "1" for those that take applications on the day."""

    kind: str = ""
    sector: str = ""
    has: str = ""
    promise: str = ""
    office: str = ""
    programme: str = ""
    open: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def find(catalogue: Catalogue, words: str, filters: Filters, on: date) -> tuple[Measure, ...]:
    """Measures in which all words occur (separated by spaces) and that the filters leave, in the order of the table."""
    wanted = words.casefold().split()
    return tuple(
        measure
        for measure in catalogue.measures
        if _holds(_text(measure, catalogue), wanted) and _fits(measure, catalogue, filters, on)
    )


def _holds(text: str, wanted: list[str]) -> bool:
    """Whether all words occur; a Latin word at the beginning of a word ("ip" is not in "ownership")."""
    begun = (rf"(?<![a-z0-9]){re.escape(word)}" if word.isascii() else re.escape(word) for word in wanted)
    return all(re.search(word, text) for word in begun)


def _text(measure: Measure, catalogue: Catalogue) -> str:
    programme = catalogue.programme_of[measure.code]
    words = [
        measure.code,
        measure.cite,
        *_both(measure.name, measure.digest, programme.name),
        *measure.offices,
        *(programme.offices[office] for office in measure.offices),
        *_both(*(fact.label for fact in own_facts(measure, catalogue))),
    ]
    return "\n".join(words).casefold()


def _both(*texts: Text) -> Iterator[str]:
    for text in texts:
        yield from (text.zh, text.en)


def _fits(measure: Measure, catalogue: Catalogue, filters: Filters, on: date) -> bool:
    programme = catalogue.programme_of[measure.code]
    return (
        (not filters.kind or takes(measure, filters.kind))
        and (not filters.sector or filters.sector in sectors(measure))
        and (not filters.has or filters.has in [fact.name for fact in own_facts(measure, catalogue)])
        and filters.promise in ("", measure.promise)
        and (not filters.office or filters.office in measure.offices)
        and filters.programme in ("", programme.id)
        and (not filters.open or measure.window.first <= on <= measure.window.last)
    )


def takes(measure: Measure, kind: str) -> bool:
    """Whether every condition on the kind of entity takes it; where there is none, every kind may apply."""
    asked = [c for c in measure.conditions if c.fact.name == KIND and isinstance(c, In | InOrReview)]
    return all(kind in condition.codes for condition in asked)


def sectors(measure: Measure) -> tuple[str, ...]:
    """Sectors that it is for."""
    found = [c.codes for c in measure.conditions if c.fact.name.endswith(".sectors") and isinstance(c, Has)]
    return found[0] if found else (ALL_SECTORS,)


def own_facts(measure: Measure, catalogue: Catalogue) -> tuple[Fact, ...]:
    """What it asks for beyond what every measure of its programme asks: what one must have or do for it."""
    siblings = catalogue.programme_of[measure.code].measures
    wide = set.intersection(*({_what(c) for c in sibling.conditions} for sibling in siblings))
    asked = [c.fact for c in measure.conditions if _what(c) not in wide and _is_had(c)]
    extra = [measure.base] if measure.base else []
    return tuple(dict.fromkeys(asked + extra))


def _what(condition: Condition) -> tuple[str, str, str]:
    return condition.fact.name, condition.test, repr(condition.value)


def _is_had(condition: Condition) -> bool:
    """Something to have or do, no exclusion and no steering fact."""
    if isinstance(condition, Lacks | Done) or condition.fact.type == "codes":
        return False
    unwanted = isinstance(condition, Is) and not condition.wanted
    return condition.fact.name not in STEERING and not unwanted
