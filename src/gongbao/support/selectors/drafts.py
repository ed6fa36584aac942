"""What an applicant prepares: which measures are open to her, what is still missing, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.rules.answers import Facts, Match, match_subjects
from gongbao.support.rules.checklist import Slot, slots
from gongbao.support.rules.facts import SCOPES, Fact, Value
from gongbao.support.selectors.applications import applications_of, state_of
from gongbao.support.selectors.editions import catalogue_now, measure_of
from gongbao.support.selectors.ledgers import ledger_rules, worked_out
from gongbao.support.tables.json_files import Node
from gongbao.support.tables.profiles import read_facts

MONEY = ("exact", "up_to", "unset")  # promises that one can apply for (I-16)
OPEN_STATES = ("draft", "correction")  # in which the applicant fills in and mends
KINDS = {"enterprise": "enterprise", "association": "association"}  # kind of organisation -> fact entity.kind


def known_of(applicant: Organisation) -> dict[str, object]:
    """Facts of the entity that are on file: its own and what it last stated, without the scope in the names."""
    last = applications_of(applicant).exclude(facts={}).order_by("-pk").first()
    stated = dict(last.facts.get("entity", {})) if last else {}
    kind = KINDS.get(applicant.kind)
    return {**({"kind": kind} if kind else {}), **stated, "name": applicant.name, "uscc": applicant.uscc or ""}


def facts_of(application: Application) -> Facts:
    """The known facts by full name, its own direction among them. Raises BadInput for unsound ones."""
    problems, found = list[Problem](), dict[str, Value]()
    vocabulary, direction = catalogue_now().vocabulary, measure_of(application)
    for scope in SCOPES:
        found |= read_facts(Node(application.facts.get(scope, {}), scope, None, problems), scope, vocabulary)
    if problems:
        raise BadInput(problems)
    chosen = {c.fact.name: frozenset([direction.code]) for c in direction.conditions if c.fact.type == "codes"}
    return {**found, **chosen}


def matched(application: Application, on: date) -> Match:
    """Its measure on the day of application, of a draft on `on`; the figures of a ledger are worked out, not stated."""
    facts = dict(facts_of(application))
    rules = ledger_rules(application)
    if rules and application.rows.exists():
        worked = worked_out(application, on)
        facts[rules.investment.name] = worked.assessment.countable
        facts[rules.paid_share.name] = worked.assessment.paid_share(rules.paid_share.decimals)
    return match_subjects([("", facts)], (measure_of(application),), application.applied_on or on)[0]


def asked(application: Application) -> list[Fact]:
    """What its measure asks the applicant, in order. What a ledger works out, what names the direction and what only
    joins projects under one limit is not asked for."""
    measure, rules = measure_of(application), ledger_rules(application)
    derived = {rules.investment, rules.paid_share} if rules else set()
    shared = {measure.amount.per} if measure.amount else set()
    return [fact for fact in measure.facts if fact.type != "codes" and fact not in derived | shared]


def unanswered(application: Application) -> list[Fact]:
    """What of it is still unknown."""
    known = facts_of(application)
    return [fact for fact in asked(application) if fact.name not in known]


def choices(applicant: Organisation, on: date) -> list[Match]:
    """Every measure that one can apply for, by what is on file of the applicant; of a project nothing is known yet."""
    known = catalogue_now()
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
    """Something that an application lacks. part: application, facts, ledger or materials; name: which of its fields,
    facts or slots; cite: the clause, "" where none asks for it."""

    part: str
    name: str
    words: Text
    cite: str


def lacking(application: Application) -> list[Lack]:
    """Everything that is missing before it can be sent, in the order of the parts; empty: it is complete.

    A condition that is not met does not keep anybody from applying: the office decides, and says why.
    """
    return [*_form(application), *_answers(application), *_ledger(application), *_materials(application)]


def _form(application: Application) -> Iterator[Lack]:
    measure = measure_of(application)
    if measure.scope == "project" and application.project is None:
        words = Text("请填写项目名称和地点", "name and place of the project")
        yield Lack("application", "project", words, measure.cite)
    if not application.bank.strip():
        yield Lack("application", "bank", Text("请填写开户银行", "the bank"), "")
    if not application.account.strip():
        yield Lack("application", "account", Text("请填写收款账号", "the account"), "")


def _answers(application: Application) -> Iterator[Lack]:
    for fact in unanswered(application):
        yield Lack("facts", fact.name, Text(f"请回答:{fact.question.zh}", f"answer: {fact.question.en}"), "")


def _ledger(application: Application) -> Iterator[Lack]:
    rules = ledger_rules(application)
    if rules and not application.rows.exists():
        yield Lack("ledger", "", Text("请上传投资明细", "upload the investment ledger"), rules.cite)


def _materials(application: Application) -> Iterator[Lack]:
    for slot, row in checklist(application):
        if row is None or row.state in (MaterialSlot.State.MISSING, MaterialSlot.State.RETURNED):
            name, of = slot.material.name, f" {slot.of}" if slot.of else ""
            mend = row is not None and row.state == MaterialSlot.State.RETURNED
            zh, en = ("请补正", "mend") if mend else ("请提交", "hand in")
            words = Text(f"{zh}:{name.zh}{of}", f"{en}: {name.en}{of}")
            yield Lack("materials", slot.material.slot, words, slot.material.cite)
