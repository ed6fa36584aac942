"""Reading the cells of a list: departments, legal bases with their document numbers, bodies with what they do.

Every function takes the text that is shown (corrections applied) and gives back what it holds; what cannot be read is a
ValueError that says so in both languages, never a guess.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from gongbao.kernel.citation import official_number
from gongbao.permits.rules.items import Act, Basis, Body, Mode
from gongbao.permits.rules.writing import wide

_BASIS = re.compile(
    r"(?P<title>《[^《》]+(?:《[^《》]*》[^《》]*)*》)\s*(?:[(（](?P<number>[^()（）]*号)[)）])?[\s、；;，,]*"
)
_BODY = re.compile(r"(?P<name>[^（）［］；、\s]+)\s*(?P<bracket>（(?:[^（）]|（[^（）]*）)*）|［[^［］]*］)?[；、\s]*")
_BETWEEN = "，；、。 "


def read_departments(cell: str, alone: Collection[str] = ()) -> tuple[str, ...]:
    """The departments of a cell: 市卫生健康委、市中医药管理局 are two.

    alone: departments that stand alone in other rows; a name made of several of them is these (the scan joined lines).
    """
    known = set(alone)
    names = [name for name in re.split(r"[、；\s]+", wide(cell)) if name]
    return tuple(part for name in names for part in _joined(name, known - {name}) or (name,))


def _joined(name: str, alone: Collection[str]) -> tuple[str, ...]:
    """The names that a text is made of, one behind the other; () where it is not."""
    if name in alone:
        return (name,)
    for first in sorted(filter(name.startswith, alone), key=len, reverse=True):
        if first and (rest := _joined(name[len(first) :], alone)):
            return (first, *rest)
    return ()


def read_bases(cell: str) -> tuple[Basis, ...]:
    """《…》, with its document number where one stands behind it in brackets."""
    found, at = [], 0
    while at < len(cell):
        match = _BASIS.match(cell, at)
        if not match:
            raise ValueError(
                f"从“{cell[at:][:20]}”起读不出依据，应为《名称》（文号）"
                " / no 《title》 (document number) can be read from there on"
            )
        number = match["number"] or ""
        found.append(Basis(wide(match["title"]), _number(number) if number else ""))
        at = match.end()
    return tuple(found)


def _number(text: str) -> str:
    try:
        return official_number(text)
    except ValueError:
        return wide(text)  # 主席令第四十九号 and the like have forms of their own


def read_bodies(cell: str, modes: Sequence[Mode], alone: Collection[str] = ()) -> tuple[Body, ...]:
    """The bodies of a cell, each with what the bracket behind it says.

    经开区管委会（由行政审批局承办）；行政审批局 are two bodies; a bracket says how (modes), and to what it is limited.
    """
    cell, found, at = wide(cell), list[Body](), 0
    while at < len(cell):
        match = _BODY.match(cell, at)
        names = read_departments(match["name"], alone) if match else ()
        if not match or (match["bracket"] and len(names) != 1):
            raise ValueError(
                f"从“{cell[at:][:20]}”起读不出实施部门，应为部门名称，括号紧随其后"
                " / no body can be read from there on: a name, and its bracket right behind it"
            )
        found += (_body(name, (match["bracket"] or "")[1:-1], modes) for name in names)
        at = match.end()
    return tuple(found)


def _body(name: str, inside: str, modes: Sequence[Mode]) -> Body:
    acts: list[Act] = []
    scope: list[str] = []
    rest, share = inside.strip(_BETWEEN), "whole"
    while rest:
        said = next(_said(rest, modes), None)
        if said:
            mode, match = said
            acts.append(Act(mode.code, match.groupdict().get("other") or ""))
            share = "part" if mode.share == "part" else share
            end = match.end()
        else:
            end = next((at for at, character in enumerate(rest) if character in "，；。"), len(rest))
            scope.append(rest[:end])
        rest = rest[end:].lstrip(_BETWEEN)
    return Body(name, tuple(acts) or (Act(modes[-1].code),), share, "，".join(scope))


def _said(text: str, modes: Sequence[Mode]) -> Iterator[tuple[Mode, re.Match[str]]]:
    """The modes that a text begins with, whole words: they end where it ends or a mark follows."""
    for mode in modes:
        for words in mode.words:
            pattern = re.escape(words).replace(re.escape("{other}"), f"(?P<other>[^{_BETWEEN}]+?)")
            if match := re.match(f"{pattern}(?=[{_BETWEEN}]|$)", text):
                yield mode, match


def mode_words(body: Body, modes: Sequence[Mode], language: str = "zh") -> str:
    """What a body does, in words: 由行政审批局承办、征得市级文物部门同意."""
    names = {mode.code: mode.name for mode in modes}
    mark = "、" if language == "zh" else ", "
    return mark.join(names[act.mode].get(language).replace("{other}", act.other) for act in body.acts)


def body_text(body: Body, modes: Sequence[Mode]) -> str:
    """A body as a list prints it: 行政审批局（受理，仅限…）."""
    said = "" if body.acts == (Act(modes[-1].code),) else mode_words(body, modes)
    inside = "，".join(filter(None, [said, body.scope]))
    return f"{body.name}（{inside}）" if inside else body.name
