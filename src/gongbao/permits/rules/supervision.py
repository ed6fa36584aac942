"""Which items of an edition want supervision (京技管发〔2025〕31号 说明 2): those that came, and those that left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongbao.permits.rules.diff import Change
from gongbao.permits.rules.items import Edition, Item


@dataclass(frozen=True)
class Duty:
    """What one department of the zone has to arrange for one item. no: its number in the edition that has it;
    doubtful: rows of the other edition are unread, so that it may be nothing new."""

    change: Literal["added", "removed"]
    no: int
    name: str
    department: str
    doubtful: bool


def duties(old: Edition, new: Edition, changes: Sequence[Change]) -> Iterator[Duty]:
    """One for each added or removed item and department, in the order of the changes. An item whose department is not
    told has one with an empty department."""
    for change in changes:
        if change.kind == "added":
            yield from _of("added", _item(new, change.after[0]), change.doubtful)
        elif change.kind == "removed":
            yield from _of("removed", _item(old, change.before[0]), change.doubtful)


def _item(edition: Edition, number: int) -> Item:
    return next(item for item in edition.items if item.no == number)


def _of(change: Literal["added", "removed"], item: Item, doubtful: bool) -> Iterator[Duty]:
    for department in item.zone_departments or ("",):
        yield Duty(change, item.no, item.name, department, doubtful)
