"""Is a name on the list? Loose about writing, strict about the answer (清单之外无许可)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.text import Text
from gongbao.permits.rules.diff import Change
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.rules.names import is_part, same_name
from gongbao.permits.rules.writing import likeness, runs

Kind = Literal["listed", "renamed", "split", "not_found", "not_listed"]
KINDS: dict[Kind, Text] = {
    "listed": Text("在清单内", "on the list"),
    "renamed": Text("已更名", "renamed"),
    "split": Text("为清单事项的一部分或已拆分、合并", "part of an item, split or merged"),
    "not_found": Text("未找到", "not found"),
    "not_listed": Text("不在清单内", "not on the list"),
}
LIKE = 400  # ‰ of likeness from which a name is shown as similar; it decides nothing
SIMILAR = 3  # similar names shown at most


@dataclass(frozen=True)
class Verdict:
    """kind, the items that it means (numbers), why; cite: of the row or the sentence it rests on; similar: numbers of
    items with similar names, for a person to look at."""

    name: str
    kind: Kind
    items: tuple[int, ...]
    reason: Text
    cite: str
    similar: tuple[int, ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.items)


def check(name: str, edition: Edition, changes: Iterable[Change] = ()) -> Verdict:
    """The verdict on one name. changes: from earlier editions to this one; they tell what a name has become."""
    return (
        _listed(name, edition)
        or _became(name, edition, changes)
        or _proposed(name, edition)
        or _part(name, edition)
        or _absent(name, edition)
    )


def _verdict(name: str, kind: Kind, items: Sequence[Item], zh: str, en: str) -> Verdict:
    """zh, en: the reason, with {items} for the items that it means."""
    numbers = "；".join(f"第{item.no}项 {item.name}" for item in items)
    english = ", ".join(f"item {item.no} {item.name}" for item in items)
    reason = Text(zh.replace("{items}", numbers), en.replace("{items}", english))
    return Verdict(name, kind, tuple(i.no for i in items), reason, "；".join(item.cite for item in items))


def _listed(name: str, edition: Edition) -> Verdict | None:
    items = [i for i in edition.items if same_name(name, i.name) or same_name(name, i.printed_name)]
    if not items:
        return None
    reason = "即{items}", "it is {items}"
    if len(items) > 1:
        reason = "有数项同名，按依据区分：{items}", "several items bear this name, on different bases: {items}"
    elif not same_name(name, items[0].name):
        zh = "即{items}；所查是清单印出的文字，该项名称已更正"
        reason = zh, "it is {items}; the list prints the name so, and it has been corrected"
    return _verdict(name, "listed", items, *reason)


def _became(name: str, edition: Edition, changes: Iterable[Change]) -> Verdict | None:
    """What a name of an earlier edition is called now."""
    words: dict[str, tuple[Kind, str, str]] = {
        "renamed": ("renamed", "现称{items}", "now called {items}"),
        "split": ("split", "已拆分为{items}", "split into {items}"),
        "merged": ("split", "已并入{items}", "merged into {items}"),
    }
    for change in changes:
        if change.kind in words and any(same_name(name, was) for was in change.was):
            kind, zh, en = words[change.kind]
            return _verdict(name, kind, [item for item in edition.items if item.no in change.after], zh, en)
    return None


def _proposed(name: str, edition: Edition) -> Verdict | None:
    """A name that somebody proposed for a garbled one, not surely enough to be shown as the text."""
    items = [i for i in edition.items if any(h.field == "name" and same_name(name, h.corrected) for h in i.hints)]
    zh = "疑即{items}：该项名称可能识别有误，所查名称是尚未采用的更正，请核对原件"
    en = "probably {items}: this name is a correction of it that is not yet adopted; see the original"
    return _verdict(name, "renamed", items, zh, en) if items else None


def _part(name: str, edition: Edition) -> Verdict | None:
    items = [item for item in edition.items if is_part(name, item.name)]
    zh, en = "属于{items}所列之一", "one of the things that {items} lists"
    return _verdict(name, "split", items, zh, en) if items else None


def _absent(name: str, edition: Edition) -> Verdict:
    ranked = sorted(((likeness(name, item.name), item.no) for item in edition.items), key=lambda p: (-p[0], p[1]))
    similar = tuple(no for alike, no in ranked[:SIMILAR] if alike >= LIKE)
    if edition.missing:
        read, unread, rows = len(edition.items), len(edition.missing), runs(edition.missing)
        reason = Text(
            f"已读出的 {read} 项中没有；另有 {unread} 项未能读出（{rows}），不能断定不在清单内，请核对原件",
            f"none of the {read} rows that were read; {unread} rows are unread ({runs(edition.missing, ', ')}), so it"
            " cannot be said that it is not on the list: see the original",
        )
        return Verdict(name, "not_found", (), reason, edition.cite, similar)
    reason = Text(
        f"清单共 {edition.count} 项，没有此项；清单之外不得作为行政许可实施",
        f"the list has {edition.count} items and this is none of them: it must not be handled as a permit",
    )
    return Verdict(name, "not_listed", (), reason, edition.rule, similar)
