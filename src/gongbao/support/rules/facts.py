"""The facts (事实) that measures ask for: their types, their questions, and how a value becomes a column.

A fact is known or unknown; unknown is None and never "no". Exact numbers are whole numbers in fixed point. A list of
options becomes one column of yes or no for each option.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from gongbao.kernel.entries import Entry
from gongbao.kernel.fixed import from_fixed, to_fixed
from gongbao.kernel.kinds import plain
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

# What a known value is: bool, date, text or code of an option, fixed-point number, codes of a list.
Value: TypeAlias = bool | date | str | int | frozenset[str]

MONEY_PLACES, SHARE_PLACES = 2, 15
WHOLE_DIGITS = 12  # of yuan, square metres, …: sums and products of the rules stay within 64 bits
NUMBERS = ("whole", "money", "share", "number")
LISTS = ("choices", "codes")
TYPES = ("bool", "text", "date", "choice", *LISTS, *NUMBERS)
SCOPES = ("entity", "project")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrongValue(ValueError):
    """A value that a fact cannot take; says what is due."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.expected = Text(zh, en)


@dataclass(frozen=True)
class Fact:
    """place: in the order in which facts are asked. name: "project.sales_3m", with the scope before the point.

    decimals: of exact numbers. options: code -> name. words: as the document puts it.
    """

    place: int
    name: str
    type: str
    decimals: int
    options: Mapping[str, Text]
    unit: Text | None
    label: Text
    words: str
    question: Text

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def scope(self) -> str:
        return self.name.split(".")[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold it."""
        return tuple(self.column(option) for option in self.options) if self.type in LISTS else (self.name,)

    def column(self, option: str) -> str:
        """The column of one option of a list."""
        return f"{self.name}|{option}"

    def spread(self, value: Value | None) -> dict[str, Value | None]:
        """A value as it stands in the columns."""
        if self.type not in LISTS:
            return {self.name: value}
        known = value if isinstance(value, frozenset) else None
        return {self.column(option): None if known is None else option in known for option in self.options}

    def read(self, value: object) -> Value:
        """Take a value from JSON. Raises WrongValue."""
        match self.type:
            case "bool":
                return self._bool(value)
            case "date":
                return self._date(value)
            case "choices" | "codes":
                return self._list(value)
            case "text" | "choice":
                return self._text(value)
            case _:
                return self._number(value)

    def _bool(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise WrongValue("应为 true 或 false", "true or false is due")
        return value

    def _date(self, value: object) -> date:
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise WrongValue("应为日期,如 2026-02-12", "a date is due, such as 2026-02-12")

    def _text(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise WrongValue("应为文字", "a text is due")
        if self.type == "choice" and value not in self.options:
            raise self._one_of()
        return value

    def _list(self, value: object) -> frozenset[str]:
        if not isinstance(value, list):
            raise WrongValue("应为列表,没有则写 []", "a list is due; [] for none")
        if not all(isinstance(item, str) and item in self.options for item in value):
            raise self._one_of()
        return frozenset(value)

    def _one_of(self) -> WrongValue:
        known = "、".join(self.options), ", ".join(self.options)
        return WrongValue(f"应为:{known[0]}", f"due: {known[1]}")

    def _number(self, value: object) -> int:
        if self.type == "whole" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        try:
            number = to_fixed(value, self.decimals) if isinstance(value, str) else -1
        except ValueError:
            number = -1
        most = 10**self.decimals if self.type == "share" else 10 ** (WHOLE_DIGITS + self.decimals) - 1
        if not 0 <= number <= most:
            raise self._number_due()
        return number

    def _number_due(self) -> WrongValue:
        if self.type == "whole":
            return WrongValue("应为不小于零的整数", "a whole number, not negative, is due")
        if self.type == "share":
            return WrongValue(
                '应为 0 至 1 的小数,加引号,如 "0.7"', 'a decimal from 0 to 1 in quotes is due, such as "0.7"'
            )
        digits, decimals = WHOLE_DIGITS, self.decimals
        return WrongValue(
            f'应为不小于零的数,加引号,至多{digits}位整数、{decimals}位小数,如 "1000000.00"',
            f'a number in quotes is due, such as "1000000.00", with at most {digits} digits and {decimals} decimals',
        )

    def show(self, value: Value) -> Text:
        """A value as people write it."""
        if isinstance(value, bool):
            return Text("是", "yes") if value else Text("否", "no")
        if isinstance(value, frozenset):
            names = [name for code, name in self.options.items() if code in value]
            return Text("、".join(n.zh for n in names) or "无", ", ".join(n.en for n in names) or "none")
        if isinstance(value, int):
            number = self.number(value)
            return Text(number + self.unit.zh, f"{number} {self.unit.en}") if self.unit else Text(number, number)
        return self.options.get(str(value), Text(str(value), str(value)))

    def number(self, value: int) -> str:
        """A fixed-point value with separators: 1,000,000.00, 0.7, 499.99."""
        if self.type == "money":
            return yuan(value)
        whole, _, part = plain(value, self.decimals).partition(".")
        return f"{int(whole):,}" + (f".{part}" if part else "")


def yuan(fen: int) -> str:
    """Money with separators: 1,000,000.00."""
    whole, part = from_fixed(fen, MONEY_PLACES).split(".")
    return f"{int(whole):,}.{part}"


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts, each once, in the order in which they are asked."""
    return tuple(sorted(set(facts), key=lambda fact: fact.place))


@dataclass(frozen=True)
class Vocabulary:
    """Every fact by its name, in the order in which they are asked."""

    facts: Mapping[str, Fact]

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def of(self, scope: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts.values() if fact.scope == scope)

    def with_codes(self, names: Mapping[str, Text]) -> "Vocabulary":
        """The same, with the measures that a list of codes may name."""
        return Vocabulary(
            {name: replace(fact, options=names) if fact.type == "codes" else fact for name, fact in self.facts.items()}
        )


def load_vocabulary(text: str) -> Vocabulary:
    """Read the facts from the text of their file. Raises BadInput with everything that is wrong in it."""
    problems: list[Problem] = []
    top = Entry(tomllib.loads(text), "facts", problems)
    names = top.entry("options")
    options = {code: names.both(code) for code in names.raw}
    facts = [_fact(place, entry, options) for place, entry in enumerate(top.entries("fact"))]
    for entry in (names, top):
        entry.finish()
    if problems:
        raise BadInput(problems)
    return Vocabulary({fact.name: fact for fact in facts})


def _fact(place: int, entry: Entry, options: Mapping[str, Text]) -> Fact:
    name = entry.text("name")
    entry.where = f"fact {name}"
    kind = entry.choice("type", TYPES)
    codes = entry.words("options") if kind in ("choice", "choices") else ()
    if name.split(".")[0] not in SCOPES:
        entry.wrong("name", "应以 entity. 或 project. 开头", "entity. or project. is due before the name")
    if not set(codes) <= options.keys():
        entry.wrong("options", "在 [options] 中写明名称", "names are due under [options]")
    decimals = {"money": MONEY_PLACES, "share": SHARE_PLACES}.get(kind, 0)
    label = entry.both("label")
    fact = Fact(
        place=place,
        name=name,
        type=kind,
        decimals=entry.whole("decimals") if kind == "number" else decimals,
        options={code: options.get(code, Text(code, code)) for code in codes},
        unit=entry.both("unit") if "unit" in entry else None,
        label=label,
        words=entry.text("words", default=label.zh),
        question=entry.both("question"),
    )
    entry.finish()
    return fact
