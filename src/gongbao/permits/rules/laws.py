"""From a law to the items that rest on it: what must be looked at again when it changes (依据反查)."""

from dataclasses import dataclass

from gongbao.permits.rules.items import Basis, Edition, Item
from gongbao.permits.rules.writing import bare

_STATE = "中华人民共和国"


@dataclass(frozen=True)
class Law:
    """A law of an edition and the items that rest on it, in the order of the list."""

    basis: Basis
    items: tuple[Item, ...]


def _key(text: str) -> str:
    """A title without the name of the state, whatever its brackets: 水法 = 《中华人民共和国水法》."""
    return bare(text).removeprefix(_STATE)


def is_law(basis: Basis, text: str) -> bool:
    """Does a text name this law, by its title, its document number, or both?"""
    named = {_key(basis.title), _key(str(basis))} | ({bare(basis.number)} if basis.number else set())
    return _key(text) in named


def laws(edition: Edition) -> tuple[Law, ...]:
    """Every law that items rest on: the one with the most items first, then as they come in the list."""
    groups: list[tuple[Basis, list[Item]]] = []
    place: dict[str, int] = {}  # of a number or a title among the groups
    for item in edition.items:
        for basis in item.legal_bases:
            at = _place(basis, groups, place)
            if at is None:
                at = len(groups)
                groups.append((basis, []))
            known, items = groups[at]
            groups[at] = (known if known.number or not basis.number else basis, items)
            place.setdefault(_key(basis.title), at)
            if basis.number:
                place.setdefault(bare(basis.number), at)
            if item not in items:
                items.append(item)
    told = [Law(basis, tuple(items)) for basis, items in groups]
    return tuple(sorted(told, key=lambda law: -len(law.items)))


def _place(basis: Basis, groups: list[tuple[Basis, list[Item]]], place: dict[str, int]) -> int | None:
    """The group that a law belongs to, None where it begins one."""
    found = (place.get(key) for key in (bare(basis.number), _key(basis.title)) if key)
    return next((at for at in found if at is not None and same_law(basis, groups[at][0])), None)


def find_laws(edition: Edition, text: str) -> tuple[Law, ...]:
    """The laws that a text names; where none is named in full, those whose title or number holds the text."""
    known = laws(edition)
    named = tuple(law for law in known if is_law(law.basis, text))
    part = bare(text)
    return named or tuple(law for law in known if part and part in bare(str(law.basis)))


def same_law(one: Basis, other: Basis) -> bool:
    """One number; or one title, where a number is not given for both: a rule may be issued anew under another one."""
    if one.number and other.number:
        return bare(one.number) == bare(other.number)
    return _key(one.title) == _key(other.title)


def others_of_law(edition: Edition, item: Item) -> tuple[Law, ...]:
    """For each law of an item, the other items that rest on it."""
    return tuple(
        Law(
            basis,
            tuple(one for one in edition.items if one is not item and any(same_law(basis, b) for b in one.legal_bases)),
        )
        for basis in item.legal_bases
    )
