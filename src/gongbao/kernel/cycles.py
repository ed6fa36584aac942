"""Half-year cycles of the rating: 2026H1 is 1 January to 30 June 2026 (京建法〔2025〕2号 第八条)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from gongbao.kernel.text import Text

MONTHS = 6  # a cycle is half a year


@dataclass(frozen=True, order=True)
class Cycle:
    """year, and half: 1 for January–June, 2 for July–December."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not 1 <= self.year <= 9999:
            raise ValueError(f"没有这个周期:{self.year}H{self.half} / there is no such cycle")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026H1" or "2026年上半年". Raises ValueError for anything else."""
        match = re.fullmatch(r"([0-9]{4})(?:[Hh]([12])|年?(上|下)半年)", text.strip())
        if not match:
            raise ValueError(f"“{text}”不是评价周期;应如“2026H1” / not a cycle, such as 2026H1")
        return cls(int(match[1]), int(match[2]) if match[2] else 1 + (match[3] == "下"))

    @classmethod
    def of(cls, day: date) -> Self:
        """The cycle that the day lies in."""
        return cls(day.year, 1 if day.month <= MONTHS else 2)

    def __str__(self) -> str:
        return f"{self.year:04d}H{self.half}"

    @property
    def name(self) -> Text:
        return Text(
            f"{self.year}年{'上' if self.half == 1 else '下'}半年",
            f"{'first' if self.half == 1 else 'second'} half of {self.year}",
        )

    @property
    def first_day(self) -> date:
        return date(self.year, MONTHS * (self.half - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def months(self) -> tuple[str, ...]:
        """The six months of the cycle, "2026-01" … "2026-06"."""
        return tuple(f"{self.year:04d}-{month:02d}" for month in range(self.first_day.month, self.last_day.month + 1))

    @property
    def previous(self) -> Self:
        return type(self)(self.year - (self.half == 1), 3 - self.half)

    @property
    def next(self) -> Self:
        return type(self)(self.year + (self.half == 2), 3 - self.half)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day
