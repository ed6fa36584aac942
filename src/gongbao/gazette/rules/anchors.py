"""Short names of provisions for files and pages (art_7__para_2), by the naming convention of Akoma Ntoso."""

from gongbao.gazette.rules.structure import Level, Provision
from gongbao.kernel.numerals import to_int

_SHORT: dict[Level, str] = {
    "preamble": "preamble", "heading": "hcontainer", "chapter": "chp", "section": "sec", "article": "art",
    "paragraph": "para", "part": "part", "item": "cl", "subitem": "subcl", "point": "point",
}  # fmt: skip


def name_children(provisions: tuple[Provision, ...], above: str = "") -> list[tuple[str, Provision]]:
    """(name, provision) of provisions that stand side by side below `above`; articles are counted through a work."""
    named = []
    count = 0
    for provision in provisions:
        count += provision.level in ("paragraph", "preamble", "heading")
        own = f"{_SHORT[provision.level]}_{_number(provision.number) or count}"
        named.append((f"{above}__{own}" if above and provision.level != "article" else own, provision))
    return named


def name_below(provision: Provision, name: str) -> list[tuple[str, Provision]]:
    """(name, provision) of what stands below a provision of that name, for pages that hold several works.

    Articles keep the name of their work: the same number may stand in a notice and in what it issues.
    """
    work = name.split("__", 1)[0]
    named = name_children(provision.children, name)
    return [(f"{work}__{anchor}" if child.level == "article" else anchor, child) for anchor, child in named]


def _number(number: str) -> str:
    """七 → 7, 三之一 → 3-1; "" for a word (说明) and for none."""
    parts = number.split("之")
    try:
        return "-".join(str(to_int(part)) for part in parts)
    except ValueError:
        return ""


def row_name(table: str, count: int) -> str:
    """The name of the count-th row of a table: tbl_1__row_59 (rows are counted, their own numbers may be words)."""
    return f"{table}__row_{count}"
