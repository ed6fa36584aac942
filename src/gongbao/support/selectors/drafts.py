"""What an applicant prepares: which measures are open to her, what is still missing, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.rules.answers import Facts, Match, match_subjects
from gongbao.support.rules.checklist import Slot, slots
from gongbao.support.rules.facts import Fact, Value
from gongbao.support.rules.programme import Measure
from gongbao.support.selectors.applications import applications_of, rivals, state_of
from gongbao.support.selectors.ledgers import ledger_rules, worked_out
from gongbao.support.tables.catalogue import catalogue

MONEY = ("exact", "up_to", "unset")  # promises that one can apply for (I-16)
OPEN_STATES = ("draft", "correction")  # in which the applicant fills in and mends
KINDS = {"enterprise": "enterprise", "association": "association"}  # kind of organisation -> fact entity.kind


def measure_of(application: Application) -> Measure:
    return catalogue().by_code[application.measure]


def known_of(applicant: Organisation) -> dict[str, object]:
    """Facts of the entity that are on file: its own and what it last stated, without the scope in the names."""
    last = applications_of(applicant).exclude(facts={}).order_by("-pk").first()
    stated = dict(last.facts.get("entity", {})) if last else {}
    kind = KINDS.get(applicant.kind)
    return {**({"kind": kind} if kind else {}), **stated, "name": applicant.name, "uscc": applicant.uscc or ""}


def facts_of(application: Application) -> Facts:
    """The known facts of an application by full name, its own direction and what is on file among them."""
    vocabulary, found = catalogue().vocabulary, dict[str, Value]()
    direction = measure_of(application)
    for scope, stated in application.facts.items():
        for name, value in stated.items():
            found[f"{scope}.{name}"] = vocabulary[f"{scope}.{name}"].read(value)
    for condition in direction.conditions:
        if condition.fact.type == "codes":
            found[condition.fact.name] = frozenset([direction.code])
    return found


def matched(application: Application, on: date) -> Match:
    """Its measure on the day of application, of a draft on `on`; the figures of a ledger are worked out, not stated."""
    facts = dict(facts_of(application))
    rules = ledger_rules(application)
    if rules and application.rows.exists():
        worked = worked_out(application, on)
        facts[rules.investment.name] = worked.assessment.countable
        facts[rules.paid_share.name] = worked.assessment.paid_share(rules.paid_share.decimals)
    return match_subjects([("", facts)], (measure_of(application),), application.applied_on or on)[0]


def unanswered(application: Application) -> list[Fact]:
    """What its measure still asks the applicant, in order. What a ledger works out, what names the direction and what
    only joins projects under one limit is not asked for."""
    measure, rules, known = measure_of(application), ledger_rules(application), facts_of(application)
    derived = {rules.investment, rules.paid_share} if rules else set()
    shared = {measure.amount.per} if measure.amount else set()
    return [f for f in measure.facts if f.name not in known and f not in derived | shared]


def choices(applicant: Organisation, on: date) -> list[Match]:
    """Every measure that one can apply for, by what is on file of the applicant; of a project nothing is known yet."""
    known = catalogue()
    facts: dict[str, Value] = {}
    for name, value in known_of(applicant).items():
        if value and f"entity.{name}" in known.vocabulary:
            facts[f"entity.{name}"] = known.vocabulary[f"entity.{name}"].read(value)
    matches: dict[str, Match] = {}
    for scope in ("entity", "project"):
        measures = tuple(m for m in known.of_scope(scope) if m.promise in MONEY)
        matches |= {match.measure.code: match for match in match_subjects([("", facts)], measures, on)}
    return [matches[measure.code] for measure in known.measures if measure.code in matches]


def is_open(application: Application) -> bool:
    """Whether the applicant can fill in and mend now."""
    return state_of(application) in OPEN_STATES


def items_of(application: Application) -> int:
    """Number of events or stores that papers are due for; 1 while it is unknown."""
    base = measure_of(application).base
    value = facts_of(application).get(base.name) if base and base.type == "whole" else None
    return value if isinstance(value, int) else 1


def checklist(application: Application) -> list[tuple[Slot, MaterialSlot | None]]:
    """Every slot in the order of the catalogue, with its row."""
    rows = {(row.slot, row.of): row for row in application.materials.prefetch_related("files")}
    return [(slot, rows.get(slot.key)) for slot in slots(measure_of(application), items_of(application))]


@dataclass(frozen=True)
class Lack:
    """Something that keeps an application from being sent. part: where it is mended; cite: the clause."""

    part: str
    words: Text
    cite: str


def lacking(application: Application, on: date) -> list[Lack]:
    """Everything that keeps it from being sent, in the order of the parts; empty: it is complete."""
    match = matched(application, on)
    return [
        *_project(application),
        *_conditions(application, match),
        *_too_early(match, on),
        *_ledger(application),
        *_materials(application),
    ]


def _project(application: Application) -> Iterator[Lack]:
    measure = measure_of(application)
    if measure.scope == "project" and application.project is None:
        yield Lack("project", Text("写明项目名称和地点", "the project's name and place"), measure.cite)
    if not application.bank or not application.account:
        yield Lack("project", Text("写明开户银行和收款账号", "bank and account for the payment"), "")


def _conditions(application: Application, match: Match) -> Iterator[Lack]:
    for because in match.because:
        if because.met is False:
            yield Lack("conditions", Text(f"不符合:{because.text.zh}", f"not met: {because.text.en}"), because.cite)
    for fact in unanswered(application):
        yield Lack("conditions", Text(f"尚未回答:{fact.question.zh}", f"not answered: {fact.question.en}"), "")


def _too_early(match: Match, on: date) -> Iterator[Lack]:
    """The months after an event or opening are not over (I-31)."""
    if match.measure.wait and on < match.first_day:
        zh = f"申报过早:最早可于{match.first_day}申报"
        en = f"too early: the first possible day is {match.first_day}"
        yield Lack("send", Text(zh, en), match.measure.cite)


def _ledger(application: Application) -> Iterator[Lack]:
    rules = ledger_rules(application)
    if rules and not application.rows.exists():
        yield Lack("ledger", Text("尚未录入投资明细", "the investment ledger is empty"), rules.cite)


def _materials(application: Application) -> Iterator[Lack]:
    done = (MaterialSlot.State.GIVEN, MaterialSlot.State.ACCEPTED, MaterialSlot.State.NOT_NEEDED)
    for slot, row in checklist(application):
        if row is None or row.state not in done:
            name, of = slot.material.name, f" {slot.of}" if slot.of else ""
            returned = row is not None and row.state == MaterialSlot.State.RETURNED
            zh, en = ("需补正", "to be mended") if returned else ("缺少", "missing")
            yield Lack("materials", Text(f"{zh}:{name.zh}{of}", f"{en}: {name.en}{of}"), slot.material.cite)


def clashes(application: Application) -> list[Application]:
    """Applications that stand for the same project: another direction of hers, or another applicant's."""
    return list(rivals(application)) if application.project else []
