"""Reading the guide and the checklist from their tables (parsed TOML). All that is wrong is found at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongbao.firesafety.rules.check import MATTERS, Option, Question
from gongbao.firesafety.rules.checklist import Point, Section
from gongbao.firesafety.rules.materials import Material
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

Table = Mapping[str, Any]
SERVES = ("common", "acceptance", "filing", "inspection")
AUTHORITIES = ("housing", "fire")


@dataclass(frozen=True)
class Guide:
    """What a document asks of an applicant."""

    law: str
    edition: date
    questions: tuple[Question, ...]
    materials: tuple[Material, ...]


def guide(raw: Table, file: str) -> Guide:
    """file: how the table is called in messages. Raises BadInput."""
    if problems := [*_unknown(file, raw), *_uncited(file, raw, "question", "material")]:
        raise BadInput(problems)
    questions = tuple(_question(one) for one in raw["question"])
    return Guide(raw["law"], raw["edition"], questions, tuple(_material(one) for one in raw["material"]))


def checklist(raw: Table, file: str) -> tuple[Section, ...]:
    """The sections of every authority, in the order of the table. Raises BadInput."""
    problems = [
        *_uncited(file, raw, "section"),
        *(
            _wrong(file, s["code"], s["authority"], AUTHORITIES)
            for s in raw["section"]
            if s["authority"] not in AUTHORITIES
        ),
    ]
    if problems:
        raise BadInput(problems)
    return tuple(
        Section(
            one["authority"],
            one["code"],
            Text(**one["name"]),
            one["cite"],
            tuple(Point(point["code"], Text(point["zh"], point["en"])) for point in one["points"]),
            one.get("for", ""),
        )
        for one in raw["section"]
    )


def _question(one: Table) -> Question:
    when = next(iter(one.get("when", {}).items()), None)
    return Question(
        one["code"],
        Text(**one["asks"]),
        Text(**one["condition"]),
        one["cite"],
        tuple(_option(option) for option in one["options"]),
        Text(**one["hint"]) if "hint" in one else None,
        (when[0], tuple(when[1])) if when else None,
    )


def _option(one: Table) -> Option:
    instead = Text(**one["instead"]) if "instead" in one else None
    return Option(one["code"], Text(one["zh"], one["en"]), one.get("fits", True), instead, one.get("matter", ""))


def _material(one: Table) -> Material:
    serves = (one["for"],) if isinstance(one["for"], str) else tuple(one["for"])
    needed, printed = one.get("needed", True), one.get("printed", True)
    name, agent = Text(**one["name"]), one.get("agent", False)
    return Material(one["code"], name, serves, one["per"], one["cite"], needed, printed, agent)


def _uncited(file: str, raw: Table, *parts: str) -> Iterator[Problem]:
    for part in parts:
        for one in raw[part]:
            try:
                parse(one.get("cite", ""))
            except ValueError as error:
                yield Problem(file, None, f"{part}.{one['code']}.cite", one.get("cite", ""), "应为条款", str(error))


def _unknown(file: str, raw: Table) -> Iterator[Problem]:
    """Words that are none of those that the rules know, and options that fail without a way instead."""
    asked: dict[str, set[str]] = {}
    for question in raw["question"]:
        code = question["code"]
        for other, values in question.get("when", {}).items():
            for value in set(values) - asked.get(other, set()):
                yield _wrong(file, f"{code}.when", value, sorted(asked.get(other, set())))
        asked[code] = {option["code"] for option in question["options"]}
        for option in question["options"]:
            where = f"{code}.{option['code']}"
            if option.get("matter", "") not in ("", *MATTERS):
                yield _wrong(file, where, option["matter"], MATTERS)
            if option.get("fits", True) == ("instead" in option):
                zh, en = "不符合条件的答案要写明怎样办理(instead)", "an answer that fails says what to do instead"
                yield Problem(file, None, where, str(option.get("instead", "")), zh, en)
    for material in raw["material"]:
        serves = [material["for"]] if isinstance(material["for"], str) else material["for"]
        for value in set(serves) - set(SERVES):
            yield _wrong(file, f"{material['code']}.for", value, SERVES)
        if material["per"] not in ("project", "place"):
            yield _wrong(file, f"{material['code']}.per", material["per"], ("project", "place"))


def _wrong(file: str, where: str, value: object, known: Any) -> Problem:
    words = "、".join(known)
    return Problem(file, None, where, str(value), f"应为:{words}", f"one of {words}")
