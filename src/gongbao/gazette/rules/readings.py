"""Readings (读法): where a printed text leaves room, the question, the reading that the house follows, and why."""

from dataclasses import dataclass

from gongbao.gazette.rules.entries import entries, read_file
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Reading:
    """number: I-2; cites: the provisions it is about, in official form; the others: a sentence or two."""

    number: str
    cites: tuple[str, ...]
    question: Text
    reading: Text
    why: Text


def read_readings(text: str, file: str) -> dict[str, Reading]:
    """The readings of a TOML text by number, in its order. Raises BadInput with every problem of the file."""
    problems: list[Problem] = []
    head = read_file(text, file, problems)
    head.only("reading")
    readings: dict[str, Reading] = {}
    for entry in entries(head, "reading"):
        entry.only("number", "cites", "question", "reading", "why")
        number, cites = entry.word("number"), entry.words("cites")
        entry.reading("number", number)
        if number in readings:
            entry.wrong("number", number, "编号不能重复", "each number once")
        if not cites:
            entry.wrong("cites", "", "应写明所涉条款", "the provisions it is about are required")
        for cite in cites:
            entry.official("cites", cite)
        readings[number] = Reading(number, cites, entry.text("question"), entry.text("reading"), entry.text("why"))
    if problems:
        raise BadInput(problems)
    return readings
