"""A support programme (扶持政策): one document's measures with conditions, amounts, offices and papers, frozen.

The file is data of the law; this module only reads it. Proving that the programme is sound is soundness.py's part.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongbao.kernel.citation import parse
from gongbao.kernel.entries import Entry
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.support.rules.amounts import Amount, load_amount
from gongbao.support.rules.conditions import Condition, load_condition
from gongbao.support.rules.facts import SCOPES, Fact, Vocabulary, in_order
from gongbao.support.rules.ledger_rules import LedgerRules, load_ledger_rules

# exact, up_to: a figure; unset: money without a figure; none: no money promised (I-16)
PROMISES = ("exact", "up_to", "unset", "none")
CHOICES = ("measure", "document")


@dataclass(frozen=True)
class Window:
    """The days on which an application may be made, both included; cite: the clause."""

    first: date
    last: date
    cite: str


@dataclass(frozen=True)
class Wait:
    """An application is possible so many calendar months after a day (I-31)."""

    after: Fact
    months: int


@dataclass(frozen=True)
class Material:
    """A paper that is asked for. each: what it is due for ("event", "store"), "" for the project.

    only_if: when it is due, None: always. pictures: so many photos at least, and nothing but photos; 0: any file.
    """

    slot: str
    name: Text
    cite: str
    each: str
    only_if: Text | None
    pictures: int


@dataclass(frozen=True)
class Measure:
    """One row of a match. scope: entity or project. offices: the first leads. amount: None where no figure is given.

    conditions, materials: in the order of the document, those of the whole document first. years: in how many calendar
    years one project may have it, once unless the document says otherwise, 0 where it sets no end.
    """

    code: str
    name: Text
    digest: Text
    scope: str
    cite: str
    years: int
    offices: tuple[str, ...]
    promise: str
    amount: Amount | None
    wait: Wait | None
    window: Window
    readings: tuple[str, ...]
    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]

    @property
    def base(self) -> Fact | None:
        """The fact that its amount is worked out from."""
        return self.amount.of if self.amount else None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact that it asks for, each once, in the order in which they are asked."""
        extra = (self.base, self.amount.per if self.amount else None, self.wait.after if self.wait else None)
        return in_order([c.fact for c in self.conditions] + [fact for fact in extra if fact])


@dataclass(frozen=True)
class Programme:
    """choice: what a project gets of it, one "measure" or the whole "document" (I-15). offices: Chinese -> English.

    ledger: how an investment is counted, None where nothing is subsidised. refers_to: documents that it leans on.
    """

    id: str
    document: str
    name: Text
    digest: Text
    explained_by: str
    refers_to: tuple[str, ...]
    window: Window
    readings: tuple[str, ...]
    choice: str
    choice_cite: str
    offices: Mapping[str, str]
    measures: tuple[Measure, ...]
    ledger: LedgerRules | None


@dataclass(frozen=True)
class Catalogue:
    """All programmes in the order of the table, and the facts that they ask for."""

    vocabulary: Vocabulary
    programmes: tuple[Programme, ...]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for programme in self.programmes for measure in programme.measures)

    @cached_property
    def by_code(self) -> Mapping[str, Measure]:
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def programme_of(self) -> Mapping[str, Programme]:
        """code of a measure -> its programme."""
        return {measure.code: programme for programme in self.programmes for measure in programme.measures}

    def of_scope(self, scope: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.scope == scope)

    def with_programme(self, programme: Programme) -> "Catalogue":
        """The same with a programme in the place of the one with its id, or added."""
        known = [p.id for p in self.programmes]
        if programme.id not in known:
            return Catalogue(self.vocabulary, (*self.programmes, programme))
        return Catalogue(self.vocabulary, tuple(programme if p.id == programme.id else p for p in self.programmes))


def read_toml(text: str, name: str) -> dict[str, object]:
    """The tables of a file. Raises BadInput where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        expected = f"不是正确的 TOML:{error}", f"this is no valid TOML: {error}"
        raise BadInput([Problem(name, None, "", "", *expected)]) from error


def codes_in(text: str) -> dict[str, Text]:
    """code -> name of the measures in the text of a programme, read before the rest: lists of codes name them."""
    measures = read_toml(text, "programme").get("measure")
    names: dict[str, Text] = {}
    for entry in measures if isinstance(measures, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("code"), str):
            name = entry.get("name")
            both = name if isinstance(name, dict) else {}
            names[entry["code"]] = Text(str(both.get("zh", "")), str(both.get("en", "")))
    return names


def load_catalogue(facts: Vocabulary, texts: Sequence[str]) -> Catalogue:
    """Read programmes in their order. Raises BadInput with everything that is wrong in the first that is wrong."""
    codes = {code: name for text in texts for code, name in codes_in(text).items()}
    vocabulary = facts.with_codes(codes)
    return Catalogue(vocabulary, tuple(load_programme(text, vocabulary) for text in texts))


def load_programme(text: str, vocabulary: Vocabulary, name: str = "programme") -> Programme:
    """Read a programme from the text of its file. Raises BadInput with everything that is wrong in it."""
    problems: list[Problem] = []
    programme = _Reader(Entry(read_toml(text, name), name, problems), vocabulary).programme()
    if problems:
        raise BadInput(problems)
    return programme


class _Reader:
    """Reads one file; clauses are completed with the document's number."""

    def __init__(self, top: Entry, vocabulary: Vocabulary) -> None:
        self.top, self.vocabulary = top, vocabulary
        self.document = top.text("document")
        self.sets: dict[str, tuple[list[Condition], list[Material]]] = {}

    def programme(self) -> Programme:
        top = self.top
        choice, offices = top.entry("choice"), top.entry("offices")
        window = top.entry("window")
        self.window = self._window(window)
        self.offices = {office: offices.text(office) for office in offices.raw}
        self.wide = self._conditions(wide := top.entry("document_wide", required=False))
        for entry in top.entries("set", required=False):
            self.sets[entry.text("name")] = (self._conditions(entry), self._materials(entry))
            entry.finish()
        programme = Programme(
            id=top.text("id"),
            document=self.document,
            name=top.both("name"),
            digest=top.both("digest"),
            explained_by=top.text("explained_by"),
            refers_to=top.words("refers_to", required=False),
            window=self.window,
            readings=(*window.words("readings", required=False), *choice.words("readings", required=False)),
            choice=choice.choice("of", CHOICES),
            choice_cite=self._cite(choice),
            offices=self.offices,
            measures=tuple(self._measure(entry) for entry in top.entries("measure")),
            ledger=load_ledger_rules(top.entry("ledger"), self.document, self.vocabulary) if "ledger" in top else None,
        )
        for entry in (window, choice, offices, wide, top):
            entry.finish()
        return programme

    def _cite(self, entry: Entry) -> str:
        """The clause in full and in official form."""
        clause = entry.text("cite")
        try:
            return str(parse(f"{self.document} {clause}"))
        except ValueError:
            entry.wrong("cite", "应为条款,如 二（二）1", "a clause is due, such as 二（二）1")
            return ""

    def _window(self, entry: Entry, cite: str | None = None) -> Window:
        return Window(entry.day("from"), entry.day("until"), self._cite(entry) if cite is None else cite)

    def _conditions(self, entry: Entry) -> list[Condition]:
        found = []
        for item in entry.entries("conditions", required=False):
            self._cite(item)
            if condition := load_condition(item, self.vocabulary, self.document):
                found.append(condition)
        return found

    def _materials(self, entry: Entry) -> list[Material]:
        found = []
        for item in entry.entries("materials", required=False):
            only_if = item.both("if") if "if" in item else None
            each, pictures = item.text("each", default=""), item.whole("pictures") if "pictures" in item else 0
            found.append(Material(item.text("slot"), item.both("name"), self._cite(item), each, only_if, pictures))
            item.finish()
        return found

    def _measure(self, entry: Entry) -> Measure:
        code = entry.text("code")
        entry.where = f"measure {code or '?'}"
        conditions, materials = list(self.wide), []
        for name in entry.words("sets", required=False):
            if name not in self.sets:
                entry.wrong("sets", f"没有名为“{name}”的 [[set]]", f"there is no [[set]] with the name “{name}”")
                continue
            conditions += self.sets[name][0]
            materials += self.sets[name][1]
        cite = self._cite(entry)
        measure = Measure(
            code=code,
            name=entry.both("name"),
            digest=entry.both("digest"),
            scope=entry.choice("scope", SCOPES),
            cite=cite,
            years=entry.whole("years", 1),
            offices=self._offices(entry),
            promise=entry.choice("promise", PROMISES),
            amount=load_amount(entry.entry("amount"), self.vocabulary) if "amount" in entry else None,
            wait=self._wait(entry.entry("waits")) if "waits" in entry else None,
            window=self._window(entry.entry("window"), cite) if "window" in entry else self.window,
            readings=entry.words("readings", required=False),
            conditions=tuple(conditions + self._conditions(entry)),
            materials=tuple(materials + self._materials(entry)),
        )
        entry.finish()
        return measure

    def _offices(self, entry: Entry) -> tuple[str, ...]:
        offices = entry.words("offices")
        if unknown := [office for office in offices if office not in self.offices]:
            entry.wrong(
                "offices", f"在 [offices] 中写明英文名称:{unknown[0]}", f"an English name under [offices]: {unknown[0]}"
            )
        if not offices:
            entry.wrong("offices", "应写明责任单位", "an office is due")
        return offices

    def _wait(self, entry: Entry) -> Wait | None:
        name, months = entry.text("after"), entry.whole("months")
        entry.finish()
        fact = self.vocabulary.facts.get(name)
        if fact is None or fact.type != "date":
            entry.wrong("after", "应为日期类事实", "a fact that is a date is due")
            return None
        return Wait(fact, months)
