"""What changed between two editions of a list: which items came, went, were renamed, split or merged, and what is
different about those that stayed. How they are paired is explained in docs/explanation/permit-check.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias, TypeVar

from gongbao.kernel.text import Text
from gongbao.permits.rules.cells import mode_words
from gongbao.permits.rules.items import Basis, Edition, Item, Mode
from gongbao.permits.rules.laws import same_law
from gongbao.permits.rules.names import is_part, same_name
from gongbao.permits.rules.writing import bare, likeness

T = TypeVar("T")
Family: TypeAlias = tuple[list[Item], list[Item]]  # items of the old edition, of the new one

Kind = Literal["added", "removed", "renamed", "split", "merged", "moved", "mode", "basis", "department", "scope"]
KINDS: dict[Kind, Text] = {
    "added": Text("新增", "added"),
    "removed": Text("取消", "removed"),
    "renamed": Text("更名", "renamed"),
    "split": Text("拆分", "split"),
    "merged": Text("合并", "merged"),
    "moved": Text("变更实施部门", "moved to another body"),
    "mode": Text("变更实施方式", "mode changed"),
    "basis": Text("依据变化", "basis changed"),
    "department": Text("变更主管部门", "supervised by another department"),
    "scope": Text("范围或备注变化", "scope or remark changed"),
}
# ‰ of likeness from which two names may be one item renamed: with a common legal basis, and without
ALIKE_WITH_BASIS, ALIKE = 500, 800


@dataclass(frozen=True)
class Change:
    """before, after: numbers of the items in the old and the new edition; was, now: what differs, as texts.

    doubtful: rows of the other edition are unread, so the item may stand among them.
    """

    kind: Kind
    before: tuple[int, ...]
    after: tuple[int, ...]
    was: tuple[str, ...]
    now: tuple[str, ...]
    doubtful: bool = False


def diff(old: Edition, new: Edition, modes: Sequence[Mode]) -> tuple[Change, ...]:
    """Every change, in the order of KINDS and then of the lists. Another number is no change."""
    stayed, gone, come = _same(old.items, new.items)
    families = list(_families(gone, come))
    changes = [_change(_kind(olds, news), olds, news) for olds, news in families]
    kept = [item for olds, news in families for item in (*olds, *news)]
    changes += [_change("removed", [item], [], doubtful=bool(new.missing)) for item in gone if item not in kept]
    changes += [_change("added", [], [item], doubtful=bool(old.missing)) for item in come if item not in kept]
    for olds, news in (*stayed, *families):
        changes += _differences(olds, news, modes)
    order = list(KINDS)
    return tuple(sorted(changes, key=lambda c: (order.index(c.kind), c.before or c.after, c.after)))


def _kind(olds: Sequence[Item], news: Sequence[Item]) -> Kind:
    if len(olds) == len(news):
        return "renamed"
    return "split" if len(olds) == 1 else "merged"


def _change(kind: Kind, olds: Sequence[Item], news: Sequence[Item], *, doubtful: bool = False) -> Change:
    was, now = (tuple(item.name for item in items) for items in (olds, news))
    return Change(kind, tuple(i.no for i in olds), tuple(i.no for i in news), was, now, doubtful)


def _same(olds: Sequence[Item], news: Sequence[Item]) -> tuple[list[Family], list[Item], list[Item]]:
    """Items with the same name, and what is left of both editions. Namesakes are told apart by their bases."""
    likely = sorted(
        ((old, new) for old, new in product(olds, news) if same_name(old.name, new.name)),
        key=lambda pair: (-_common_bases(*pair), abs(pair[0].no - pair[1].no), pair[0].no),
    )
    gone, come, pairs = list(olds), list(news), list[Family]()
    for old, new in likely:
        if old in gone and new in come:
            pairs.append(([old], [new]))
            gone.remove(old)
            come.remove(new)
    return pairs, gone, come


def _common_bases(one: Item, other: Item) -> int:
    return sum(any(same_law(basis, another) for another in other.legal_bases) for basis in one.legal_bases)


def related(old: Item, new: Item) -> int:
    """How sure it is that two items of different names are one matter, 0 (not) – 1000 (a part spelt out)."""
    if is_part(new.name, old.name) or is_part(old.name, new.name):
        return 1000
    alike = likeness(old.name, new.name)
    enough = ALIKE_WITH_BASIS if _common_bases(old, new) else ALIKE
    return alike if alike >= enough else 0


def _families(gone: Sequence[Item], come: Sequence[Item]) -> Iterator[Family]:
    """Old and new items that belong together: one to several, several to one, one to one.

    Parts that are spelt out go first; then the surest pair of what is left, again and again.
    """
    left = [*gone, *come]
    for old in gone:
        parts = [new for new in come if new in left and is_part(new.name, old.name)]
        if len(parts) > 1:
            yield [old], parts
            left = [item for item in left if item is not old and item not in parts]
    for new in come:
        parts = [old for old in gone if old in left and is_part(old.name, new.name)]
        if len(parts) > 1:
            yield parts, [new]
            left = [item for item in left if item is not new and item not in parts]
    for old, new in sorted(product(gone, come), key=lambda pair: (-related(*pair), pair[0].no, pair[1].no)):
        if old in left and new in left and related(old, new):
            yield [old], [new]
            left = [item for item in left if item is not old and item is not new]


def _differences(olds: Sequence[Item], news: Sequence[Item], modes: Sequence[Mode]) -> Iterator[Change]:
    """What is different about items that stayed; the parts of one that was split are taken together."""
    bodies = _all(olds, lambda item: item.implementing_bodies), _all(news, lambda item: item.implementing_bodies)
    both = {body.name for body in bodies[0]} & {body.name for body in bodies[1]}
    modes_of = [[f"{b.name}：{mode_words(b, modes)}" for b in found if b.name in both] for found in bodies]
    bases = _all(olds, lambda item: item.legal_bases), _all(news, lambda item: item.legal_bases)
    sides: dict[Kind, tuple[list[str], list[str]]] = {
        "moved": ([body.name for body in bodies[0]], [body.name for body in bodies[1]]),
        "mode": (modes_of[0], modes_of[1]),
        "basis": (_not_among(bases[0], bases[1]), _not_among(bases[1], bases[0])),
        "department": (_all(olds, _departments), _all(news, _departments)),
        "scope": (_all(olds, _scopes), _all(news, _scopes)),
    }
    for kind, (was, now) in sides.items():
        if {bare(text) for text in was} != {bare(text) for text in now}:
            before, after = (tuple(item.no for item in items) for items in (olds, news))
            yield Change(kind, before, after, tuple(dict.fromkeys(was)), tuple(dict.fromkeys(now)))


def _all(items: Sequence[Item], what: Callable[[Item], Iterable[T]]) -> list[T]:
    return [value for item in items for value in what(item)]


def _departments(item: Item) -> tuple[str, ...]:
    return (*item.city_departments, *item.zone_departments)


def _scopes(item: Item) -> tuple[str, ...]:
    return tuple(filter(None, (item.remark, *(body.scope for body in item.implementing_bodies))))


def _not_among(bases: Sequence[Basis], others: Sequence[Basis]) -> list[str]:
    return [str(basis) for basis in bases if not any(same_law(basis, other) for other in others)]
