"""Service guides (办事指南): which items have one, which are out of date, and what is asked for without a basis.

Nobody may add conditions to a permit: each condition and material of a guide must rest on a law of its item.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from gongbao.kernel.citation import parse
from gongbao.kernel.text import Text
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.rules.laws import is_law
from gongbao.permits.rules.writing import bare

State = Literal["current", "outdated", "none"]
STATES: dict[State, Text] = {
    "current": Text("现行", "current"),
    "outdated": Text("清单施行后未更新", "not updated since the list is in force"),
    "none": Text("没有指南", "without a guide"),
}
PARTS = {
    "conditions": Text("条件", "conditions"),
    "materials": Text("材料", "materials"),
    "time_limit": Text("办理时限", "time limit"),
    "fee": Text("收费", "fee"),
    "place": Text("办理地点", "place"),
}


@dataclass(frozen=True)
class Demand:
    """A condition or a material. basis: citation of the law that asks for it, "" where none is given."""

    text: str
    basis: str = ""


@dataclass(frozen=True)
class Guide:
    """The guide of an item (its number). updated: the day of its last change; "" and () where a part is not told."""

    item: int
    updated: date
    conditions: tuple[Demand, ...] = ()
    materials: tuple[Demand, ...] = ()
    time_limit: str = ""
    fee: str = ""
    place: str = ""


@dataclass(frozen=True)
class Finding:
    """Something to be mended in the guide of an item. part: one of PARTS or "item"; text: the words meant."""

    item: int
    part: str
    text: str
    what: Text


def placed(edition: Edition, written: Sequence[tuple[str, Guide]]) -> dict[int, Guide]:
    """The guide of each item that has one: of those written under its name (name, guide; the oldest first) the last.
    Where items share a name, the number has to be the same too."""
    shared = Counter(bare(item.name) for item in edition.items)
    found: dict[int, Guide] = {}
    for item in edition.items:
        names = {bare(item.name), bare(item.printed_name)}
        for name, guide in written:
            if bare(name) in names and (shared[bare(item.name)] == 1 or guide.item == item.no):
                found[item.no] = replace(guide, item=item.no)
    return found


def states(edition: Edition, guides: Sequence[Guide]) -> dict[int, State]:
    """The state of each item that was read, in the order of the list."""
    newest: dict[int, date] = {}
    for guide in guides:
        newest[guide.item] = max(guide.updated, newest.get(guide.item, guide.updated))

    def state(number: int) -> State:
        if number not in newest:
            return "none"
        return "outdated" if edition.in_force and newest[number] < edition.in_force else "current"

    return {item.no: state(item.no) for item in edition.items}


def findings(edition: Edition, guides: Sequence[Guide]) -> tuple[Finding, ...]:
    """Everything to be mended, guide by guide."""
    items = {item.no: item for item in edition.items}
    found: list[Finding] = []
    for at, guide in enumerate(guides):
        if guide.item not in items:
            what = Text("清单中没有读出此项", "the list has no such item among the rows that were read")
            found.append(Finding(guide.item, "item", str(guide.item), what))
            continue
        if any(earlier.item == guide.item for earlier in guides[:at]):
            found.append(
                Finding(guide.item, "item", str(guide.item), Text("一项只应有一份指南", "one guide for one item"))
            )
        found += _parts(guide)
        for part in ("conditions", "materials"):
            found += (
                Finding(guide.item, part, demand.text, what)
                for demand in getattr(guide, part)
                for what in _unfounded(demand, items[guide.item])
            )
    return tuple(found)


def _parts(guide: Guide) -> Iterator[Finding]:
    for part, name in PARTS.items():
        if not getattr(guide, part):
            yield Finding(guide.item, part, "", Text(f"没有写明{name.zh}", f"not told: {name.en}"))


def _unfounded(demand: Demand, item: Item) -> Iterator[Text]:
    if not demand.basis:
        yield Text("没有注明依据，不得增设", "no basis is given: nothing may be asked for without one")
        return
    document = parse(demand.basis).document
    if not any(is_law(basis, document) for basis in item.legal_bases):
        yield Text(
            f"所注依据{document}不是该项的依据，不得增设",
            f"{document} is no basis of this item: nothing may be asked for without one",
        )
