"""What is wrong with an input, said so that somebody can mend it: what, where, what was expected, what to do.

A check collects *all* problems and raises them once; nothing is written before it has passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place.

    table: file, sheet or part ("projects"); row: 1-based row as the person sees it (head line counted), None where
    no row is meant; column: field name; value: what stands there, as text; expected: what should stand there, and
    how to mend it, in Chinese; expected_en: the same in English; more: how many further
    places have the same problem and are not carried.
    """

    table: str
    row: int | None
    column: str
    value: str
    expected: str
    expected_en: str = ""
    more: int = field(default=0, kw_only=True)

    def __str__(self) -> str:
        where = self.table + (f" 第{self.row}行" if self.row is not None else "")
        where += f" {self.column}" if self.column else ""
        return f"{where}: “{self.value}” — {self.expected}"


class BadInput(Exception):
    """Input that cannot be taken; carries every problem found (of many alike, the first). Exit code 2, HTTP 400/422."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.total = sum(1 + problem.more for problem in self.problems)
        super().__init__("; ".join(str(p) for p in self.problems[:5]))


class CheckFailed(Exception):
    """A check or verification that ran and found something wrong. Exit code 1."""

    def __init__(self, failures: Iterable[str]) -> None:
        self.failures: tuple[str, ...] = tuple(failures)
        super().__init__("; ".join(self.failures[:5]))
