"""What a list of administrative permits (行政许可事项清单) is made of, once its cells have been read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongbao.kernel.text import Text

FIELDS = ("city_departments", "name", "legal_bases", "zone_departments", "implementing_bodies", "remark")
NAMES = {
    "no": Text("序号", "no."),
    "city_departments": Text("市级主管部门", "city department"),
    "name": Text("事项名称", "name"),
    "legal_bases": Text("设定和实施依据", "legal basis"),
    "zone_departments": Text("经开区主管部门", "zone department"),
    "implementing_bodies": Text("经开区实施部门", "implementing body"),
    "mode": Text("实施方式", "mode"),
    "remark": Text("备注", "remark"),
    "corrections": Text("更正与提示", "corrections and hints"),
}

ITEM = Text("许可事项", "Permit")  # what an item is called where things of all domains stand together

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: dict[Confidence, Text] = {
    "high": Text("把握高", "high confidence"),
    "medium": Text("把握中", "medium confidence"),
    "low": Text("把握低", "low confidence"),
}


@dataclass(frozen=True)
class Mode:
    """How a body takes part. says: what that means for who applies; words: how a bracket says so, {other} for a body
    that it names; share: part or whole."""

    code: str
    name: Text
    says: Text
    words: tuple[str, ...]
    share: str = "whole"


@dataclass(frozen=True)
class Act:
    """One thing that a body does for a permit. mode: code of a Mode; other: the body that its words name, or ""."""

    mode: str
    other: str = ""


@dataclass(frozen=True)
class Body:
    """One implementing body. share: "part" where it does so for a part of the cases; scope: to what it is limited."""

    name: str
    acts: tuple[Act, ...]
    share: str = "whole"
    scope: str = ""


@dataclass(frozen=True)
class Basis:
    """A law or document that a permit rests on. title: with its 《》; number: 文号 in official form, "" where none."""

    title: str
    number: str = ""

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


@dataclass(frozen=True)
class Correction:
    """What a text should say in place of what the scan printed.

    field: one of FIELDS; printed: the cell, or for legal_bases one of its entries; corrected: "" takes it away, the
    same words again are a doubt without a proposal; applied: it is the text that is shown, otherwise a hint beside it.
    """

    no: int
    field: str
    printed: str
    corrected: str
    confidence: Confidence
    reason: Text
    applied: bool = False


@dataclass(frozen=True)
class Item:
    """One row. cite: of the row; printed: its cells as read from the page, in the order of FIELDS."""

    no: int
    cite: str
    printed: tuple[str, ...]
    city_departments: tuple[str, ...]
    name: str
    legal_bases: tuple[Basis, ...]
    zone_departments: tuple[str, ...]
    implementing_bodies: tuple[Body, ...]
    remark: str
    corrections: tuple[Correction, ...] = ()

    @property
    def hints(self) -> tuple[Correction, ...]:
        """The corrections that are not sure enough to be shown as the text."""
        return tuple(correction for correction in self.corrections if not correction.applied)

    @property
    def printed_name(self) -> str:
        return self.printed[FIELDS.index("name")]


@dataclass(frozen=True)
class Service:
    """What runs on this platform for an item. cite: of the document that it follows."""

    item: int
    cite: str
    name: Text


@dataclass(frozen=True)
class Edition:
    """One edition of a list, in force from a day on (None: not told).

    list: citation of the table; rule: of the sentence that nothing outside the list is a permit; replaces: number of
    the edition before; count: rows that the list has.
    """

    edition: str
    cite: str
    list: str
    rule: str
    title: Text
    in_force: date | None
    replaces: str
    count: int
    items: tuple[Item, ...]
    services: tuple[Service, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the rows that could not be read."""
        return tuple(sorted(set(range(1, self.count + 1)) - {item.no for item in self.items}))

    @property
    def rows(self) -> tuple[Item | range, ...]:
        """Everything from the first number to the last: an item, or the numbers of rows that are missing there."""
        found: list[Item | range] = []
        at = 1
        for item in self.items:
            found += [range(at, item.no), item] if item.no > at else [item]
            at = item.no + 1
        return (*found, range(at, self.count + 1)) if at <= self.count else tuple(found)
