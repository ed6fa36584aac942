"""Rules of the amount (标准): how yuan come about. Money in fen, 64-bit whole numbers; quotients are cut off, once.

Every rule is a frozen value that loads and prints itself, names its flaws, says in words what it does, compiles itself
to a column, and explains a single result step by step.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

import narwhals as nw

from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number, plain
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import LISTS, MONEY_PLACES, NUMBERS, WHOLE_DIGITS, Fact, Value, Vocabulary, yuan

EXACT = 2**53  # below it, engines that divide by way of floats are exact too
RATE_PLACES = 4
RATE_ONE = 10**RATE_PLACES


def whole(value: int) -> nw.Expr:
    """A literal of 64 bits."""
    return nw.lit(value, dtype=nw.Int64)


@dataclass(frozen=True)
class Amount(ABC):
    """The base of every rule. of: the fact that it is worked out from (its base); None where it needs none.

    per: the fact that names what several projects share (a platform, a product): together they get `most`.
    """

    rule: ClassVar[str]
    types: ClassVar[tuple[str, ...]] = ()
    of: Fact | None
    per: Fact | None

    @classmethod
    @abstractmethod
    def load(cls, entry: Entry, of: Fact | None, per: Fact | None) -> Self:
        """Read itself from a table of a file; faults go to the entry."""

    @abstractmethod
    def own(self) -> dict[str, object]:
        """What it adds to the table that it loads from."""

    @property
    @abstractmethod
    def most(self) -> int | None:
        """The most that it can give, in fen; None: no limit."""

    @abstractmethod
    def words(self) -> Text:
        """What it gives, in a sentence."""

    @abstractmethod
    def worth(self) -> nw.Expr:
        """The column of fen; null where the base is unknown."""

    @abstractmethod
    def explain(self, base: Value | None) -> list[Text]:
        """The steps of the calculation for a known base (None where it needs none)."""

    def flaws(self) -> list[Text]:
        """Everything that makes it no proper rule; empty: proven."""
        if self.per is not None and self.most is None:
            return [Text("共享上限须有数额", "a limit that is shared must have a figure")]
        return []

    def table(self) -> dict[str, object]:
        """Print itself: the table that it loads from."""
        facts = {key: fact.name for key, fact in (("of", self.of), ("per", self.per)) if fact is not None}
        return {"rule": self.rule, **facts, **self.own()}


def _cut(value: nw.Expr, by: int) -> nw.Expr:
    """value ÷ by without the remainder; exact also on an engine that divides by way of floats."""
    return ((value - value % whole(by)) // whole(by)).cast(nw.Int64)


def _cap(entry: Entry) -> int | None:
    return entry.maybe_fixed("cap", MONEY_PLACES)


def _capped(value: nw.Expr, cap: int | None) -> nw.Expr:
    return value if cap is None else nw.when(value > whole(cap)).then(whole(cap)).otherwise(value)


def _cap_steps(value: int, cap: int | None) -> list[Text]:
    if cap is None:
        return []
    if value <= cap:
        return [Text(f"不超过上限{yuan(cap)}元", f"within the limit of {yuan(cap)} yuan")]
    return [Text(f"超过上限,按上限{yuan(cap)}元", f"above the limit: {yuan(cap)} yuan")]


@dataclass(frozen=True)
class Fixed(Amount):
    """One sum."""

    rule: ClassVar[str] = "fixed"
    fen: int

    @classmethod
    def load(cls, entry: Entry, of: Fact | None, per: Fact | None) -> Self:
        return cls(of, per, entry.fixed("yuan", MONEY_PLACES))

    def own(self) -> dict[str, object]:
        return {"yuan": number(self.fen, MONEY_PLACES)}

    @property
    def most(self) -> int:
        return self.fen

    def words(self) -> Text:
        return Text(f"{yuan(self.fen)}元", f"{yuan(self.fen)} yuan")

    def worth(self) -> nw.Expr:
        return whole(self.fen)

    def explain(self, base: Value | None) -> list[Text]:  # noqa: ARG002 - it has no base
        return [self.words()]


@dataclass(frozen=True)
class Steps(Amount):
    """The highest step reached; it replaces the lower ones (I-21). steps: (from, in units of the base; fen)."""

    rule: ClassVar[str] = "steps"
    types: ClassVar[tuple[str, ...]] = NUMBERS
    steps: tuple[tuple[int, int], ...]

    @classmethod
    def load(cls, entry: Entry, of: Fact | None, per: Fact | None) -> Self:
        steps = []
        for step in entry.entries("steps"):
            steps.append((step.fixed("from", of.decimals if of else 0), step.fixed("yuan", MONEY_PLACES)))
            step.finish()
        return cls(of, per, tuple(steps))

    def _from(self, limit: int) -> Text:
        return self.of.show(limit) if self.of else Text(str(limit), str(limit))

    def own(self) -> dict[str, object]:
        places = self.of.decimals if self.of else 0
        return {"steps": [{"from": number(at, places), "yuan": number(fen, MONEY_PLACES)} for at, fen in self.steps]}

    @property
    def most(self) -> int | None:
        return max((fen for _, fen in self.steps), default=None)

    def words(self) -> Text:
        parts = [(self._from(at), yuan(fen)) for at, fen in self.steps]
        return Text(
            ";".join(f"{at.zh}以上(含){fen}元" for at, fen in parts),
            "; ".join(f"from {at.en}: {fen} yuan" for at, fen in parts),
        )

    def worth(self) -> nw.Expr:
        base = nw.col(self.of.name if self.of else "")
        value: nw.Expr = whole(0)
        for at, fen in self.steps:
            value = nw.when(base >= whole(at)).then(whole(fen)).otherwise(value)
        return nw.when(~base.is_null()).then(value)

    def explain(self, base: Value | None) -> list[Text]:
        if not isinstance(base, int):
            return []
        reached = [step for step in self.steps if base >= step[0]]
        at, fen = reached[-1] if reached else (0, 0)
        given, limit = self._from(base), self._from(at)
        return [
            Text(
                f"{given.zh},达到{limit.zh}一档:{yuan(fen)}元",
                f"{given.en}, the step of {limit.en} is reached: {yuan(fen)} yuan",
            )
        ]

    def flaws(self) -> list[Text]:
        flaws = super().flaws()
        for (low, less), (high, more) in zip(self.steps, self.steps[1:], strict=False):
            if high <= low:
                flaws.append(Text("档次的起点应逐档升高", "each step must begin above the one before"))
            if more <= less:
                flaws.append(Text("档次的金额应逐档升高", "each step must give more than the one before"))
        return flaws


@dataclass(frozen=True)
class Share(Amount):
    """A share of the base, cut off to the fen, then at most the cap. rate: in 10⁻⁴."""

    rule: ClassVar[str] = "share"
    types: ClassVar[tuple[str, ...]] = ("money",)
    rate: int
    cap: int | None

    @classmethod
    def load(cls, entry: Entry, of: Fact | None, per: Fact | None) -> Self:
        return cls(of, per, entry.fixed("rate", RATE_PLACES), _cap(entry))

    def own(self) -> dict[str, object]:
        cap = {} if self.cap is None else {"cap": number(self.cap, MONEY_PLACES)}
        return {"rate": plain(self.rate, RATE_PLACES), **cap}

    @property
    def most(self) -> int | None:
        return self.cap

    @property
    def percent(self) -> str:
        return plain(self.rate, RATE_PLACES - 2) + "%"

    def words(self) -> Text:
        label = self.of.label if self.of else Text("", "")
        cap = (
            Text(f",最多{yuan(self.cap)}元", f", at most {yuan(self.cap)} yuan")
            if self.cap is not None
            else Text("", "")
        )
        return Text(f"{label.zh}的{self.percent}{cap.zh}", f"{self.percent} of {label.en}{cap.en}")

    def worth(self) -> nw.Expr:
        base, part = nw.col(self.of.name if self.of else ""), Fraction(self.rate, RATE_ONE)
        times, by = part.numerator, part.denominator
        if times * 10 ** (WHOLE_DIGITS + MONEY_PLACES) < EXACT:
            return _capped(_cut(base * whole(times), by), self.cap)
        rest = base % whole(by)  # base = q · by + rest, so that no product grows too big
        return _capped(_cut(base - rest, by) * whole(times) + _cut(rest * whole(times), by), self.cap)

    def explain(self, base: Value | None) -> list[Text]:
        if not isinstance(base, int):
            return []
        value, label = base * self.rate // RATE_ONE, self.of.label if self.of else Text("", "")
        step = Text(
            f"{label.zh}{yuan(base)}元 × {self.percent} = {yuan(value)}元(不足一分舍去)",
            f"{label.en}: {yuan(base)} yuan × {self.percent} = {yuan(value)} yuan (cut off to the fen)",
        )
        return [step, *_cap_steps(value, self.cap)]

    def flaws(self) -> list[Text]:
        flaws = super().flaws()
        if self.rate > RATE_ONE:
            flaws.append(Text("比例大于 1", "a rate above 1"))
        if self.rate <= 0:
            flaws.append(Text("比例应大于零", "a rate of nothing"))
        return flaws


@dataclass(frozen=True)
class Added(Amount):
    """A sum for each level held, once each, with or without the lower ones (I-32); together at most the cap."""

    rule: ClassVar[str] = "added"
    types: ClassVar[tuple[str, ...]] = LISTS
    levels: tuple[tuple[str, int], ...]
    cap: int | None

    @classmethod
    def load(cls, entry: Entry, of: Fact | None, per: Fact | None) -> Self:
        sums = entry.entry("yuan")
        return cls(of, per, tuple((level, sums.fixed(level, MONEY_PLACES)) for level in sums.raw), _cap(entry))

    def _level(self, code: str) -> Text:
        return self.of.options.get(code, Text(code, code)) if self.of else Text(code, code)

    def own(self) -> dict[str, object]:
        cap = {} if self.cap is None else {"cap": number(self.cap, MONEY_PLACES)}
        return {"yuan": {level: number(fen, MONEY_PLACES) for level, fen in self.levels}, **cap}

    @property
    def most(self) -> int | None:
        return self.cap

    def words(self) -> Text:
        parts = [(self._level(level), yuan(fen)) for level, fen in self.levels]
        cap = (
            Text(f",合计最多{yuan(self.cap)}元", f", at most {yuan(self.cap)} yuan")
            if self.cap is not None
            else Text("", "")
        )
        return Text(
            ";".join(f"{name.zh}{fen}元" for name, fen in parts) + cap.zh,
            "; ".join(f"{name.en} {fen} yuan" for name, fen in parts) + cap.en,
        )

    def worth(self) -> nw.Expr:
        value: nw.Expr = whole(0)
        for level, fen in self.levels:
            held = nw.col(self.of.column(level) if self.of else "")
            value = value + _if(held, fen)
        return _capped(value, self.cap)

    def explain(self, base: Value | None) -> list[Text]:
        if not isinstance(base, frozenset):
            return []
        held = [(self._level(level), fen) for level, fen in self.levels if level in base]
        total = sum(fen for _, fen in held)
        steps = [Text(f"{name.zh}:{yuan(fen)}元", f"{name.en}: {yuan(fen)} yuan") for name, fen in held]
        return [*steps, Text(f"合计{yuan(total)}元", f"together {yuan(total)} yuan"), *_cap_steps(total, self.cap)]

    def flaws(self) -> list[Text]:
        known = self.of.options if self.of else {}
        unknown = [level for level, _ in self.levels if level not in known]
        return super().flaws() + [Text(f"没有级别“{level}”", f"there is no level “{level}”") for level in unknown]


def _if(held: nw.Expr, fen: int) -> nw.Expr:
    """fen where held, 0 where not, null where unknown."""
    return nw.when(held).then(whole(fen)).otherwise(nw.when(~held).then(whole(0)))


RULES: Mapping[str, type[Amount]] = {kind.rule: kind for kind in (Fixed, Steps, Share, Added)}


def load_amount(entry: Entry, vocabulary: Vocabulary) -> Amount | None:
    """Read a rule of the amount; None where rule or base is unknown (reported)."""
    kind = RULES.get(entry.choice("rule", RULES))
    found: dict[str, Fact | None] = {"of": None, "per": None}
    for key in found:
        if key in entry:
            found[key] = vocabulary.facts.get(entry.text(key))
            if found[key] is None:
                entry.wrong(
                    key, "没有这个事实,见 gongbao support facts", "there is no such fact; see gongbao support facts"
                )
    if kind is None or (kind.types and found["of"] is None):
        if kind is not None and "of" not in entry:
            entry.wrong("of", "应写明按哪个事实计算", "the fact that it is worked out from is due")
        return None
    if found["of"] is not None and found["of"].type not in kind.types:
        entry.wrong(
            "of", f"{found['of'].type} 类事实不能这样计算", f"not worked out from a fact of type {found['of'].type}"
        )
        return None
    amount = kind.load(entry, found["of"], found["per"])
    entry.finish()
    return amount
