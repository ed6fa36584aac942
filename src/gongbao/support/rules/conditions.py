"""Conditions (条件): one test of one fact each, three-valued. Unknown facts leave a condition undecided.

Every test is a frozen value that loads and prints itself, names its flaws, says in words what it asks for, and
compiles itself to a column of true, false and null.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import LISTS, NUMBERS, Fact, Vocabulary


@dataclass(frozen=True)
class Condition(ABC):
    """The base of every test. cite: the clause that asks for it, in official form. types: facts that it can test."""

    test: ClassVar[str]
    types: ClassVar[tuple[str, ...]]
    fact: Fact
    cite: str

    @classmethod
    @abstractmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        """Read itself from a table of a file; faults go to the entry."""

    @property
    @abstractmethod
    def value(self) -> object:
        """What it compares with, as the file writes it; None where it needs nothing."""

    @abstractmethod
    def words(self) -> Text:
        """What it asks for, in a sentence."""

    @abstractmethod
    def holds(self, on: date) -> nw.Expr:
        """The column of true, false and null, over the columns of its fact. on: the day of the application."""

    def flaws(self) -> list[Text]:
        """Everything that makes it no proper test; empty: proven."""
        return []

    def table(self) -> dict[str, object]:
        """Print itself: the table that it loads from, with the clause in full."""
        value = {} if self.value is None else {"value": self.value}
        return {"fact": self.fact.name, "test": self.test, **value, "cite": self.cite}


def _day(value: date) -> nw.Expr:
    return nw.lit(value, dtype=nw.Date)


@dataclass(frozen=True)
class Is(Condition):
    """A yes or no as wanted."""

    test: ClassVar[str] = "is"
    types: ClassVar[tuple[str, ...]] = ("bool",)
    wanted: bool

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        if "value" not in entry:
            entry.wrong("value", "应为 true 或 false", "true or false is due")
        return cls(fact, cite, entry.flag("value"))

    @property
    def value(self) -> bool:
        return self.wanted

    def words(self) -> Text:
        label = self.fact.label
        if self.wanted:
            return Text(f"须符合:{label.zh}", f"must hold: {label.en}")
        return Text(f"不得有:{label.zh}", f"must not be: {label.en}")

    def holds(self, on: date) -> nw.Expr:  # noqa: ARG002 - no date in it
        column = nw.col(self.fact.name)
        return column if self.wanted else ~column


@dataclass(frozen=True)
class _Options(Condition):
    """A test against some options of a fact."""

    codes: tuple[str, ...]

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        return cls(fact, cite, entry.words("value"))

    @property
    def value(self) -> list[str]:
        return list(self.codes)

    def flaws(self) -> list[Text]:
        unknown = [code for code in self.codes if code not in self.fact.options]
        flaws = [Text(f"没有选项“{code}”", f"there is no option “{code}”") for code in unknown]
        return flaws if self.codes else [Text("没有列出选项", "no option is listed")]

    def names(self) -> Text:
        named = [self.fact.options.get(code, Text(code, code)) for code in self.codes]
        return Text("、".join(name.zh for name in named), ", ".join(name.en for name in named))


@dataclass(frozen=True)
class In(_Options):
    """One of the listed; anything else is refused."""

    test: ClassVar[str] = "in"
    types: ClassVar[tuple[str, ...]] = ("choice",)

    def words(self) -> Text:
        names, label = self.names(), self.fact.label
        return Text(f"{label.zh}须为:{names.zh}", f"{label.en} must be: {names.en}")

    def holds(self, on: date) -> nw.Expr:  # noqa: ARG002 - no date in it
        return nw.col(self.fact.name).is_in(self.codes)


@dataclass(frozen=True)
class InOrReview(_Options):
    """One of the listed; the text's list is open (等), so anything else needs a person's judgement."""

    test: ClassVar[str] = "in?"
    types: ClassVar[tuple[str, ...]] = ("choice",)

    def words(self) -> Text:
        names, label = self.names(), self.fact.label
        return Text(
            f"{label.zh}须为:{names.zh}等,其他须经审核",
            f"{label.en} must be: {names.en} and the like; others need review",
        )

    def holds(self, on: date) -> nw.Expr:  # noqa: ARG002 - no date in it
        listed = nw.col(self.fact.name).is_in(self.codes)
        return nw.when(listed).then(nw.lit(True)).otherwise(nw.lit(None, dtype=nw.Boolean))


@dataclass(frozen=True)
class Has(_Options):
    """A list that has one of them."""

    test: ClassVar[str] = "has"
    types: ClassVar[tuple[str, ...]] = LISTS

    def words(self) -> Text:
        names, label = self.names(), self.fact.label
        return Text(f"{label.zh}须包括:{names.zh}", f"{label.en} must include: {names.en}")

    def holds(self, on: date) -> nw.Expr:  # noqa: ARG002 - no date in it
        columns = [nw.col(self.fact.column(code)) for code in self.codes]
        return nw.any_horizontal(*columns, ignore_nulls=False)


@dataclass(frozen=True)
class Lacks(Has):
    """A list that has none of them."""

    test: ClassVar[str] = "lacks"

    def words(self) -> Text:
        names = self.names()
        return Text(f"不得属于:{names.zh}", f"must not be: {names.en}")

    def holds(self, on: date) -> nw.Expr:
        return ~super().holds(on)


@dataclass(frozen=True)
class AtLeast(Condition):
    """A number not below the limit, which itself is enough."""

    test: ClassVar[str] = ">="
    types: ClassVar[tuple[str, ...]] = NUMBERS
    limit: int

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        return cls(fact, cite, entry.fixed("value", fact.decimals))

    @property
    def value(self) -> int | str:
        return number(self.limit, self.fact.decimals)

    def words(self) -> Text:
        limit, label = self.fact.show(self.limit), self.fact.label
        return Text(f"{label.zh}不低于{limit.zh}", f"{label.en}: at least {limit.en}")

    def holds(self, on: date) -> nw.Expr:  # noqa: ARG002 - no date in it
        return nw.col(self.fact.name) >= nw.lit(self.limit, dtype=nw.Int64)

    def flaws(self) -> list[Text]:
        if self.fact.type == "share" and self.limit > 10**self.fact.decimals:
            return [Text("比重大于 1", "a share above 1")]
        return []


@dataclass(frozen=True)
class _Dated(Condition):
    """A date that has come: a day after the application has not happened, whatever was planned."""

    types: ClassVar[tuple[str, ...]] = ("date",)

    def holds(self, on: date) -> nw.Expr:
        return nw.col(self.fact.name) <= _day(on)


@dataclass(frozen=True)
class Within(_Dated):
    """Between two days, both included."""

    test: ClassVar[str] = "within"
    first: date
    last: date

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        window = entry.entry("value")
        condition = cls(fact, cite, window.day("from"), window.day("until"))
        window.finish()
        return condition

    @property
    def value(self) -> dict[str, date]:
        return {"from": self.first, "until": self.last}

    def words(self) -> Text:
        label = self.fact.label
        return Text(
            f"“{label.zh}”须在{self.first}至{self.last}之间(均含),且已发生",
            f"{label.en}: from {self.first} to {self.last}, both included, and past",
        )

    def holds(self, on: date) -> nw.Expr:
        return (nw.col(self.fact.name) >= _day(self.first)) & (nw.col(self.fact.name) <= _day(min(self.last, on)))

    def flaws(self) -> list[Text]:
        return [Text("期间的末日早于首日", "the window ends before it begins")] if self.last < self.first else []


@dataclass(frozen=True)
class From(_Dated):
    """Not before a day, which itself is enough."""

    test: ClassVar[str] = "from"
    first: date

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:
        return cls(fact, cite, entry.day("value"))

    @property
    def value(self) -> date:
        return self.first

    def words(self) -> Text:
        label = self.fact.label
        return Text(f"“{label.zh}”不早于{self.first},且已发生", f"{label.en}: not before {self.first}, and past")

    def holds(self, on: date) -> nw.Expr:
        return (nw.col(self.fact.name) >= _day(self.first)) & super().holds(on)


@dataclass(frozen=True)
class Done(_Dated):
    """It has happened."""

    test: ClassVar[str] = "done"

    @classmethod
    def load(cls, entry: Entry, fact: Fact, cite: str) -> Self:  # noqa: ARG003 - nothing to compare with
        return cls(fact, cite)

    @property
    def value(self) -> None:
        return None

    def words(self) -> Text:
        return Text(f"“{self.fact.label.zh}”须已发生", f"{self.fact.label.en}: must be past")


TESTS: Mapping[str, type[Condition]] = {
    kind.test: kind for kind in (Is, In, InOrReview, Has, Lacks, AtLeast, Within, From, Done)
}


def load_condition(entry: Entry, vocabulary: Vocabulary, document: str) -> Condition | None:
    """Read a condition; None where fact or test is unknown (reported). document: completes the clause."""
    name, test, clause = entry.text("fact"), entry.choice("test", TESTS), entry.text("cite")
    if name and name not in vocabulary:
        entry.wrong("fact", "没有这个事实,见 gongbao support facts", "there is no such fact; see gongbao support facts")
    kind, fact = TESTS.get(test), vocabulary.facts.get(name)
    if kind is None or fact is None:
        return None
    if fact.type not in kind.types:
        entry.wrong("test", f"{fact.type} 类事实不能这样判断", f"a fact of type {fact.type} cannot be tested so")
        return None
    condition = kind.load(entry, fact, f"{document} {clause}")
    entry.finish()
    return condition
