"""Digests: what a provision says, in our own words and both languages, for as long as nobody has imported its text.

One file holds the digests of one document; docs/explanation/digests.md says how they are written.
"""

from dataclasses import dataclass

from gongbao.gazette.rules.entries import Entry, entries, read_file
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Digest:
    """zh, en: one or two sentences. readings: numbers (I-2) of the readings that the provision needs."""

    zh: str
    en: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentDigests:
    """number: 京建法〔2025〕2号; title: of what the document issues; digests: by citation, in the order of the text."""

    number: str
    title: Text
    digests: dict[str, Digest]


def read_digests(text: str, file: str) -> DocumentDigests:
    """The digests of a TOML text. file: its name in complaints. Raises BadInput with every problem of the file."""
    problems: list[Problem] = []
    head = read_file(text, file, problems)
    head.only("number", "title", "digest")
    number, title = head.word("number"), head.text("title")
    head.official("number", number)
    digests: dict[str, Digest] = {}
    for entry in entries(head, "digest"):
        cite, digest = _read_digest(entry, number)
        if cite in digests:
            entry.wrong("cite", cite, "每条只能有一份摘要", "one digest for each citation")
        digests[cite] = digest
    if problems:
        raise BadInput(problems)
    return DocumentDigests(number, title, digests)


def _read_digest(entry: Entry, number: str) -> tuple[str, Digest]:
    entry.only("cite", "zh", "en", "readings")
    cite = entry.word("cite")
    noted = len(entry.problems)
    entry.official("cite", cite)
    if cite and len(entry.problems) == noted and parse(cite).document != number:
        entry.wrong("cite", cite, f"应属于本文件 {number}", f"must belong to {number}")
    readings = entry.words("readings")
    for reading in readings:
        entry.reading("readings", reading)
    return cite, Digest(entry.word("zh"), entry.word("en"), readings)
