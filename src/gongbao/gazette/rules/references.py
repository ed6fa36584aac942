"""The documents that a text names: 《title》 with its number behind it in brackets, or a number alone."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongbao.gazette.rules.lines import squeeze
from gongbao.gazette.rules.paragraphs import Paragraph
from gongbao.gazette.rules.structure import Reference
from gongbao.kernel.mentions import find_document_numbers

_TITLE = re.compile("《([^《》]+)》")
_BEHIND = re.compile(r"\s*[(（]([^()（）]*号[^()（）]*)[)）]")
_EDITION = re.compile(r"[(（][^()（）]*[)）]$")
# what a normative document calls itself; forms, certificates and lists of an application do not end so
_KINDS = re.compile(
    "(?:法|条例|规定|规则|细则|办法|意见|通知|方案|计划|目录|标准|决定|指引|清单|措施|政策|批复|纲要|规划|公告|章程|规程|若干政策)$"
)


class Named(NamedTuple):
    """start: where in the text a document is named; number, title: as in Reference."""

    start: int
    number: str
    title: str


def named_documents(text: str) -> list[Named]:
    """Every document that a text names, in order."""
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for title in _TITLE.finditer(text):
        behind = _BEHIND.match(text, title.end())
        numbers = find_document_numbers(behind[1]) if behind else []
        number = numbers[0].document if numbers else ""
        if number or _KINDS.search(_EDITION.sub("", title[1])):
            found.append(Named(title.start(), number, title[1]))
        if behind:
            taken.append(behind.span())
    found += [
        Named(mention.start, mention.document, "")
        for mention in find_document_numbers(text)
        if not any(start <= mention.start < end for start, end in taken)
    ]
    return sorted(found)


def references_in(paragraph: Paragraph, start: int = 0, end: int | None = None) -> list[Reference]:
    """The documents that a paragraph, or a piece of it, names, each with its line."""
    return [
        Reference(named.number, named.title, paragraph.line_at(start + named.start))
        for named in named_documents(paragraph.text[start:end])
    ]


def same_reference(reference: Reference) -> str:
    """What makes two references one: the number, or else the title without edition brackets' spelling."""
    return reference.number or squeeze(reference.title)


def each_once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The first of each document, in order."""
    first: dict[str, Reference] = {}
    for reference in references:
        first.setdefault(same_reference(reference), reference)
    return tuple(first.values())
