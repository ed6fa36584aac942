"""Charts on pages: drawn by ECharts from numbers that stand in the page, with the table behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongbao.kernel.text import Text
from gongbao.web.words import said

COLOURS = ("#0b4a8f", "#8a5a00", "#1d6b3a", "#55606e")  # each told from its neighbour without colour too: by label


@dataclass(frozen=True)
class Series:
    """One line or set of bars: a name, and a number (or None, which is shown as a gap) for each label."""

    name: Text
    values: Sequence[int | float | None]


@dataclass(frozen=True)
class Chart:
    """title: says what is to be seen; labels: along the axis; unit: of all numbers.

    kind: "bar" (labels downwards, for names) or "line" (labels to the right, for times).
    """

    title: Text
    labels: Sequence[str | Text]
    series: Sequence[Series]
    unit: Text
    kind: Literal["bar", "line"] = "bar"

    def __post_init__(self) -> None:
        wrong = [one.name.zh for one in self.series if len(one.values) != len(self.labels)]
        if wrong:
            raise ValueError(f"as many values as labels: {wrong}")
        if len(self.series) > len(COLOURS):
            raise ValueError(f"at most {len(COLOURS)} series are told apart")

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws."""
        return {
            "kind": self.kind,
            "labels": [said(label) for label in self.labels],
            "unit": said(self.unit),
            "series": [
                {"name": said(one.name), "values": list(one.values), "colour": COLOURS[number]}
                for number, one in enumerate(self.series)
            ],
        }

    @property
    def rows(self) -> list[tuple[str, list[int | float | None]]]:
        """The table behind the chart: a label and its numbers."""
        return [(said(label), [one.values[n] for one in self.series]) for n, label in enumerate(self.labels)]
