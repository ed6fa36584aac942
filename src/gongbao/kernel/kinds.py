"""Kinds of calculation (计算方式): how points or yuan come about, as frozen values that account for themselves.

A kind loads and prints itself, proves itself free of gaps and overlaps, and says in words what it does. The kinds of
a domain add how they compile to columns. Bands are shared by all: a band says which values it takes and what they give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from gongbao.kernel.entries import Entry
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text


class Kind(Protocol):
    """What every kind of calculation can do."""

    kind: ClassVar[str]

    @classmethod
    def load(cls, entry: Entry) -> Self:
        """Read itself from a table of a file; faults go to the entry."""

    def table(self) -> dict[str, object]:
        """Print itself: the table that it loads from."""

    def flaws(self) -> list[Text]:
        """Everything that makes it no proper rule: gaps, overlaps, levels that give nothing. Empty: proven."""

    def words(self, names: Mapping[str, Text]) -> Text:
        """What it does, in a sentence. names: of its levels."""


def plain(value: int, places: int) -> str:
    """A fixed-point number as people write it: 2, 0.5, -3."""
    text = from_fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: int, places: int) -> int | str:
    """A number as the files write it: whole, or a decimal in quotes."""
    text = plain(value, places)
    return text if "." in text else int(text)


@dataclass(frozen=True)
class Band:
    """Values between two limits and what they give.

    low, high: limits in 10**-places units, None: open. low_included, high_included: whether the limit itself belongs
    to the band. gives: in 10**-gives_places units (points: 6, yuan: 2).
    """

    low: int | None
    low_included: bool
    high: int | None
    high_included: bool
    gives: int
    places: int
    gives_places: int

    @classmethod
    def load(cls, entry: Entry, places: int, gives: str, gives_places: int) -> Self:
        """{ above | from = "10", up_to | below = "50", points = 8 }: each limit once or left open."""
        for one, other in (("above", "from"), ("up_to", "below")):
            if one in entry and other in entry:
                entry.wrong(one, f"{one} 与 {other} 只能写一个", f"only one of {one} and {other} is due")
        low_included, high_included = "from" in entry, "up_to" in entry
        band = cls(
            entry.maybe_fixed("from" if low_included else "above", places),
            low_included,
            entry.maybe_fixed("up_to" if high_included else "below", places),
            high_included,
            entry.fixed(gives, gives_places),
            places,
            gives_places,
        )
        entry.finish()
        return band

    def table(self, gives: str) -> dict[str, object]:
        table: dict[str, object] = {}
        if self.low is not None:
            table["from" if self.low_included else "above"] = plain(self.low, self.places)
        if self.high is not None:
            table["up_to" if self.high_included else "below"] = plain(self.high, self.places)
        return table | {gives: number(self.gives, self.gives_places)}

    @property
    def label(self) -> str:
        """Its name in a ledger: "10-50"; "0-10" where it is open below, "1000-" where it is open above."""
        low = "0" if self.low is None else plain(self.low, self.places)
        return f"{low}-" + ("" if self.high is None else plain(self.high, self.places))

    def words(self) -> Text:
        """Which values it takes: 10(不含)至50(含) / above 10 up to 50."""
        low, high = ("" if limit is None else plain(limit, self.places) for limit in (self.low, self.high))
        above = Text(
            f"{low}({'含' if self.low_included else '不含'})", f"{'from' if self.low_included else 'above'} {low}"
        )
        below = Text(
            f"{high}({'含' if self.high_included else '不含'})", f"{'up to' if self.high_included else 'below'} {high}"
        )
        if not low and not high:
            return Text("任何数值", "any value")
        if not low:
            return Text(f"{below.zh}以下", below.en)
        if not high:
            return Text(f"{above.zh}以上", above.en)
        return Text(f"{above.zh}至{below.zh}", f"{above.en} {below.en}")

    def worth(self) -> Text:
        """Which values it takes, and what they give."""
        what, gives = self.words(), plain(self.gives, self.gives_places)
        return Text(f"{what.zh}计{gives}", f"{what.en} gives {gives}")

    def takes(self, value: int) -> bool:
        """Whether a value, in 10**-places units, belongs to the band."""
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_included and value == self.high))

    def span(self, first: int | None, step: int) -> tuple["Edge", "Edge"]:
        """Its first and last value among those that there are (see band_flaws)."""
        low = LEAST if self.low is None else (self.low, 0 if self.low_included else 1)
        high = MOST if self.high is None else (self.high, 0 if self.high_included else -1)
        if step:
            low, high = (low[0] + step * low[1], 0), (high[0] + step * high[1], 0)
        return (low if first is None else max(low, (first, 0))), high


# A value and what lies just beside it: (v, -1) just below v, (v, 0) v itself, (v, 1) just above v.
Edge = tuple[int, int]
LEAST, MOST = (-(2**62), 0), (2**62, 0)


def band_flaws(bands: Sequence[Band], first: int | None = None, step: int = 0) -> list[Text]:
    """Prove that bands cover the whole range, each value once: every pair that collides and every gap is told.

    first: the least value there is, in 10**-places units, None: open. step: the distance between values where they
    are discrete (ranks: 1), 0 where they are dense.
    """
    flaws: list[Text] = []
    covered = LEAST if first is None else (first, 0)  # the first value that no band has taken yet
    spans = sorted(((*band.span(first, step), band) for band in bands), key=lambda span: span[:2])
    for place, (low, high, band) in enumerate(spans):
        words = band.words()
        if low > high:
            flaws.append(Text(f"“{words.zh}”一档不含任何数值", f"the band “{words.en}” takes no value"))
            continue
        if low > covered:
            flaws.append(Text(f"“{words.zh}”一档之前有空缺", f"there is a gap before the band “{words.en}”"))
        for other_low, other_high, other in spans[place + 1 :]:
            if other_low <= high and other_low <= other_high:
                one, two = band.worth(), other.worth()
                flaws.append(Text(f"两档冲突:{one.zh},{two.zh}", f"two bands collide: {one.en}, {two.en}"))
        covered = max(covered, (high[0] + step, 0) if step else (high[0], high[1] + 1))
    if covered <= MOST:
        flaws.append(Text("最高一档之后有空缺", "there is a gap behind the last band"))
    return flaws


def bands_words(bands: Sequence[Band]) -> Text:
    """What every band takes and gives, in a row."""
    worth = [band.worth() for band in bands]
    return Text(";".join(text.zh for text in worth), "; ".join(text.en for text in worth))
