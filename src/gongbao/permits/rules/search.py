"""Finding items by words, department, body, law and mode, with how many more each choice would give."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from gongbao.gazette.rules.search_text import hits, words
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.rules.laws import is_law
from gongbao.permits.rules.writing import bare


@dataclass(frozen=True)
class Filters:
    """What an item must have; "" asks for nothing. Department and body by their name, law by title or number, mode by
    its code."""

    city: str = ""
    zone: str = ""
    body: str = ""
    law: str = ""
    mode: str = ""


# what an item shows for each filter
VALUES: dict[str, Callable[[Item], tuple[str, ...]]] = {
    "city": lambda item: item.city_departments,
    "zone": lambda item: item.zone_departments,
    "body": lambda item: tuple(body.name for body in item.implementing_bodies),
    "law": lambda item: tuple(str(basis) for basis in item.legal_bases),
    "mode": lambda item: tuple(act.mode for body in item.implementing_bodies for act in body.acts),
}


@dataclass(frozen=True)
class Found:
    """items: in the order of the list; facets: filter -> value -> how many items it would leave, the most first."""

    items: tuple[Item, ...]
    facets: dict[str, dict[str, int]]


def search(edition: Edition, query: str = "", filters: Filters = Filters()) -> Found:
    """Items that hold every word of the query, one character being enough, and pass the filters.

    A word is found in what is shown, in what is printed and in what is proposed: who knows the right name finds a row
    that the scan garbled. The counts of a facet leave out its own filter, so that they tell what another choice gives.
    """
    sought = words(query)
    if query.strip() and not sought:
        return Found((), {name: {} for name in VALUES})
    matching = [item for item in edition.items if all(any(hits(text, [w]) for text in texts(item)) for w in sought)]
    facets = {}
    for name, values in VALUES.items():
        counted = Counter(value for item in matching if _passes(item, filters, but=name) for value in set(values(item)))
        facets[name] = dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
    return Found(tuple(item for item in matching if _passes(item, filters)), facets)


def texts(item: Item) -> Sequence[str]:
    """Every text of an item that words are looked for in."""
    shown = [item.name, item.remark, *item.city_departments, *item.zone_departments, *map(str, item.legal_bases)]
    for body in item.implementing_bodies:
        shown += [body.name, body.scope, *(act.other for act in body.acts)]
    return [*shown, *item.printed, *(correction.corrected for correction in item.corrections)]


def _passes(item: Item, filters: Filters, but: str = "") -> bool:
    for field in fields(filters):
        wanted = getattr(filters, field.name)
        if not wanted or field.name == but:
            continue
        if field.name == "law":
            if not any(is_law(basis, wanted) for basis in item.legal_bases):
                return False
        elif bare(wanted) not in map(bare, VALUES[field.name](item)):
            return False
    return True
