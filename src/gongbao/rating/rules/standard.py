"""A scoring standard (评分标准): every indicator with its kind of calculation, read from one file, frozen.

The file is data of the law; this module only reads it. Whatever is wrong in it is reported at once. Proving that the
standard is sound (no gap, no overlap, every citation resolves) is the checker's part: rating/rules/soundness.py.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gongbao.kernel.cycles import Cycle
from gongbao.kernel.entries import Entry
from gongbao.kernel.kinds import number, plain
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.rating.rules.facts import FactShape
from gongbao.rating.rules.kinds.base import RatingKind
from gongbao.rating.rules.kinds.registry import KINDS

GROUPS = ("base", "bonus", "deduction")
SCOPES = ("enterprise", "project")
SCORE_PLACES, CREDIT_PLACES, SHARE_PLACES = 4, 4, 4
NO_LEVEL = ""
ROUNDING = "half_away_from_zero"


@dataclass(frozen=True)
class Indicator:
    """One row of the standard. group: base | bonus | deduction. scope: enterprise, or project (marked *).

    source, review: keys of parties. authorities: level ("" for all others) -> whose orders and penalties are accepted;
    empty where the indicator takes none.
    """

    code: str
    name: Text
    group: str
    scope: str
    cite: str
    kind: RatingKind
    source: tuple[str, ...]
    review: tuple[str, ...]
    proof: Text
    readings: tuple[str, ...]
    authorities: Mapping[str, tuple[str, ...]]

    @property
    def by_project(self) -> bool:
        return self.scope == "project"

    @property
    def facts(self) -> FactShape | None:
        """What a fact of it carries; None where it comes from columns."""
        return self.kind.fact_shape(by_project=self.by_project, document=bool(self.authorities))

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"indicator {self.code}"

    def table(self) -> dict[str, object]:
        """Print itself: the table that it loads from."""
        table: dict[str, object] = {
            "code": self.code,
            "name": both(self.name),
            "group": self.group,
            "scope": self.scope,
            "cite": self.cite,
            "kind": self.kind.kind,
            **self.kind.table(),
            "source": list(self.source),
            "review": list(self.review),
            "proof": both(self.proof),
        }
        if self.readings:
            table["readings"] = list(self.readings)
        if NO_LEVEL in self.authorities:
            table["authorities"] = list(self.authorities[NO_LEVEL])
        levels = table.get("levels")
        for level in levels if isinstance(levels, list) else ():
            if level["level"] in self.authorities:
                level["authorities"] = list(self.authorities[level["level"]])
        return table

    def accepts(self, authority: str, level: str = NO_LEVEL) -> bool:
        """Whether an order or penalty of this kind may come from this authority (a key of the standard)."""
        allowed = self.authorities.get(level, self.authorities.get(NO_LEVEL, ()))
        return authority in allowed or "any" in allowed


@dataclass(frozen=True)
class Grade:
    """up_to: the share of enterprises in rank order, counted from the best, in 10⁻⁴."""

    grade: str
    up_to: int


@dataclass(frozen=True)
class Clause:
    """A rule of the whole standard: where it stands, and its readings."""

    cite: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """ties: better | worse rank for equal scores. credit_grades: grade -> public-credit result in 10⁻⁴.

    first, last: the cycles that it holds for (last None: until another edition). levels, parties, authorities,
    readings: names in both languages. sha256: of the file as read.
    """

    id: str
    title: Text
    aliases: tuple[str, ...]
    cite: str
    first: Cycle
    last: Cycle | None
    trial: tuple[Cycle, ...]
    decimals: int
    score: Clause
    ties: Literal["better", "worse"]
    ranking: Clause
    grades: tuple[Grade, ...]
    credit_grades: Mapping[str, int]
    indicators: tuple[Indicator, ...]
    levels: Mapping[str, Text]
    parties: Mapping[str, Text]
    authorities: Mapping[str, Text]
    readings: Mapping[str, Text]
    sha256: str

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def facts(self) -> Mapping[str, FactShape]:
        """indicator code -> what its facts carry, for the indicators that are fed by facts."""
        return {i.code: shape for i in self.indicators if (shape := i.facts) is not None}

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Column of `enterprises` -> the words that it may hold, for the columns that give points by level."""
        return {i.kind.reads: i.kind.levels for i in self.indicators if i.kind.kind == "column_level"}

    def holds_for(self, cycle: Cycle) -> bool:
        return self.first <= cycle and (self.last is None or cycle <= self.last)

    def table(self) -> dict[str, object]:
        """Print itself: the tables that it loads from, in the order of the file."""
        cycles = {"from": str(self.first)} | ({"to": str(self.last)} if self.last else {})
        grades = [{"grade": step.grade, "up_to": plain(step.up_to, SHARE_PLACES)} for step in self.grades]
        return {
            "id": self.id,
            "title": both(self.title),
            "aliases": list(self.aliases),
            "cite": self.cite,
            "cycles": cycles,
            "trial": [str(cycle) for cycle in self.trial],
            "score": {
                "cite": self.score.cite,
                "decimals": self.decimals,
                "rounding": ROUNDING,
                "readings": list(self.score.readings),
            },
            "ranking": {
                "cite": self.ranking.cite,
                "ties": self.ties,
                "grades": grades,
                "readings": list(self.ranking.readings),
            },
            "credit_grades": {grade: number(value, CREDIT_PLACES) for grade, value in self.credit_grades.items()},
            "indicator": [indicator.table() for indicator in self.indicators],
            **{
                part: {key: both(name) for key, name in getattr(self, part).items()}
                for part in ("levels", "parties", "authorities", "readings")
            },
        }

    def level_name(self, level: str) -> Text:
        """The name of a level of the ledger; bands and ranges are named by their limits."""
        return self.levels.get(level, Text(level, level))


def both(text: Text) -> dict[str, str]:
    """A text as the files write it."""
    return {"zh": text.zh, "en": text.en}


def load_standard(text: str) -> Standard:
    """Read a standard from the text of its file. Raises BadInput with everything that is wrong in it."""
    standard, problems = read_standard_text(text)
    if problems:
        raise BadInput(problems)
    return standard


def read_standard_text(text: str) -> tuple[Standard, list[Problem]]:
    """A standard as far as it can be read, and everything that could not. Raises BadInput where it is no TOML."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        expected = f"不是正确的 TOML:{error}", f"this is no valid TOML: {error}"
        raise BadInput([Problem("standard", None, "", "", *expected)]) from error
    problems: list[Problem] = []
    return _read(Entry(raw, "standard", problems), hashlib.sha256(text.encode()).hexdigest()), problems


def _read(top: Entry, sha256: str) -> Standard:
    cycles, score, ranking = top.entry("cycles"), top.entry("score"), top.entry("ranking")
    score.choice("rounding", (ROUNDING,))
    standard = Standard(
        id=top.text("id"),
        title=top.both("title"),
        aliases=top.words("aliases", required=False),
        cite=top.text("cite"),
        first=_cycle(cycles, cycles.text("from"), "from"),
        last=_cycle(cycles, cycles.text("to"), "to") if "to" in cycles else None,
        trial=tuple(_cycle(top, word, "trial") for word in top.words("trial", required=False)),
        decimals=score.whole("decimals"),
        score=_clause(score),
        ties="worse" if ranking.choice("ties", ("better", "worse")) == "worse" else "better",
        grades=tuple(_grade(entry) for entry in ranking.entries("grades")),
        ranking=_clause(ranking),
        credit_grades=_credit_grades(top.entry("credit_grades", required=False)),
        indicators=tuple(_indicator(entry) for entry in top.entries("indicator")),
        levels=_names(top.entry("levels")),
        parties=_names(top.entry("parties")),
        authorities=_names(top.entry("authorities")),
        readings=_names(top.entry("readings")),
        sha256=sha256,
    )
    if standard.decimals != SCORE_PLACES:
        score.wrong("decimals", "程序的结果固定为四位小数", "results have four decimals")
    for entry in (cycles, score, ranking, top):
        entry.finish()
    return standard


def _cycle(entry: Entry, word: str, key: str) -> Cycle:
    try:
        return Cycle.parse(word)
    except ValueError:
        entry.wrong(key, "应为评价周期,如 2026H1", "a cycle is due, such as 2026H1")
        return Cycle(1, 1)


def _clause(entry: Entry) -> Clause:
    return Clause(entry.text("cite"), entry.words("readings", required=False))


def _grade(entry: Entry) -> Grade:
    grade = Grade(entry.text("grade"), entry.fixed("up_to", SHARE_PLACES))
    entry.finish()
    return grade


def _credit_grades(entry: Entry) -> dict[str, int]:
    return {grade: entry.fixed(grade, CREDIT_PLACES) for grade in entry.raw}


def _names(entry: Entry) -> dict[str, Text]:
    return {key: entry.both(key) for key in entry.raw}


def _indicator(entry: Entry) -> Indicator:
    code = entry.text("code")
    entry.where = f"indicator {code or '?'}"
    kind = KINDS.get(entry.choice("kind", KINDS))
    authorities = {NO_LEVEL: entry.words("authorities")} if "authorities" in entry else {}
    for level in entry.raw.get("levels", []):  # type: ignore[attr-defined]
        if isinstance(level, dict) and "authorities" in level:
            authorities[str(level.get("level"))] = tuple(level["authorities"])
    indicator = Indicator(
        code=code,
        name=entry.both("name"),
        group=entry.choice("group", GROUPS),
        scope=entry.choice("scope", SCOPES),
        cite=entry.text("cite"),
        kind=(kind or next(iter(KINDS.values()))).load(entry),
        source=entry.words("source"),
        review=entry.words("review"),
        proof=entry.both("proof"),
        readings=entry.words("readings", required=False),
        authorities=authorities,
    )
    entry.finish()
    return indicator
