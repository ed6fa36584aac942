"""The documents that a text names: 《title》 with its number behind it in brackets, or a number alone."""

import re
from collections.abc import Callable, Iterable

from gongbao.gazette.rules.lines import squeeze
from gongbao.gazette.rules.structure import Reference
from gongbao.kernel.mentions import find_document_numbers

_TITLE = re.compile("《([^《》]+)》")
_BEHIND = re.compile(r"\s*[(（]([^()（）]*号[^()（）]*)[)）]")
_EDITION = re.compile(r"[(（][^()（）]*[)）]$")
# what a normative document calls itself; forms, certificates and lists of an application do not end so
_KINDS = re.compile(
    "(?:法|条例|规定|规则|细则|办法|意见|通知|方案|计划|目录|标准|决定|指引|清单|措施|政策|批复|纲要|规划|公告|章程|规程|若干政策)$"
)


def find_references(text: str, line_at: Callable[[int], int]) -> list[tuple[int, Reference]]:
    """(offset, reference) of every document named, in order; line_at gives the source line of an offset."""
    found: list[tuple[int, Reference]] = []
    taken: list[tuple[int, int]] = []
    for title in _TITLE.finditer(text):
        behind = _BEHIND.match(text, title.end())
        numbers = find_document_numbers(behind[1]) if behind else []
        number = numbers[0].document if numbers else ""
        if number or _KINDS.search(_EDITION.sub("", title[1])):
            found.append((title.start(), Reference(number, title[1], line_at(title.start()))))
        if behind:
            taken.append(behind.span())
    found += [
        (mention.start, Reference(mention.document, "", line_at(mention.start)))
        for mention in find_document_numbers(text)
        if not any(start <= mention.start < end for start, end in taken)
    ]
    return sorted(found, key=lambda pair: pair[0])


def same_reference(reference: Reference) -> str:
    """What makes two references one: the number, or else the title without edition brackets' spelling."""
    return reference.number or squeeze(reference.title)


def each_once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The first of each document, in order."""
    first: dict[str, Reference] = {}
    for reference in references:
        first.setdefault(same_reference(reference), reference)
    return tuple(first.values())
