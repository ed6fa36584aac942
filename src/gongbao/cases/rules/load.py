"""Reading a process from its table (parsed TOML). Everything wrong with it is found at once and raised as BadInput."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast, get_args

from gongbao.cases.rules import process as values
from gongbao.cases.rules.process import CLOCK, Atom, Condition, Deadline, Field, Move, Party, Process, State, Track
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

Table = Mapping[str, Any]

TOP = {
    "code", "edition", "name", "law", "warn_days",
    "party", "track", "field", "condition", "deadline", "opening", "move", "remedies",
}  # fmt: skip
UNITS: tuple[values.Unit, ...] = ("workdays", "days", "months")


@dataclass
class Reader:
    """Takes values out of tables and remembers what was wrong with them."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, value: object, zh: str, en: str) -> None:
        self.problems.append(Problem(self.file, None, column, str(value), zh, en))

    def known_keys(self, where: str, table: Table, allowed: set[str]) -> None:
        for key in table.keys() - allowed:
            self.wrong(
                f"{where}.{key}", key, f"没有这一项;可用:{'、'.join(sorted(allowed))}", f"one of {sorted(allowed)}"
            )

    def text(self, where: str, table: Table) -> Text:
        """zh and en beside other keys, or under "name"."""
        pair = table.get("name", table)
        zh, en = (pair.get("zh", ""), pair.get("en", "")) if isinstance(pair, Mapping) else ("", "")
        if not (zh and en):
            self.wrong(f"{where}.name", pair, "中文、英文名称都要有(zh、en)", "a name in both languages (zh, en)")
        return Text(str(zh), str(en))

    def words(self, where: str, table: Table, key: str, allowed: set[str] | None = None) -> tuple[str, ...]:
        """One word or a list of words, each one of `allowed`."""
        given = table.get(key, [])
        found = tuple(str(word) for word in ([given] if isinstance(given, str) else given))
        for word in found:
            if allowed is not None and word not in allowed:
                self.wrong(f"{where}.{key}", word, f"应为:{'、'.join(sorted(allowed))}", f"one of {sorted(allowed)}")
        return found

    def word(self, where: str, table: Table, key: str, allowed: set[str]) -> str:
        """One word of `allowed`, or nothing."""
        return next(iter(self.words(where, {key: table[key]} if table.get(key) else {}, key, allowed)), "")

    def source(self, where: str, table: Table) -> tuple[str, tuple[str, ...]]:
        """The clause, and the readings; at least one of them."""
        cite, readings = str(table.get("cite", "")), self.words(where, table, "readings")
        if not cite and not readings:
            self.wrong(f"{where}.cite", "", "要有条款(cite)或读法(readings)", "a clause (cite) or a reading (readings)")
        if cite:
            try:
                parse(cite)
            except ValueError as error:
                self.wrong(f"{where}.cite", cite, "无法识别的条款写法", str(error))
        return cite, readings


def load(raw: Table, file: str) -> Process:
    """The process that a parsed table describes. file: how the table is called in messages. Raises BadInput."""
    reader = Reader(file)
    reader.known_keys("", raw, TOP)
    if not isinstance(raw.get("edition"), date):
        reader.wrong("edition", raw.get("edition", ""), "应为日期,如 2026-01-01", "a date such as 2026-01-01")
    for key in ("code", "law", "party", "track", "opening", "move"):
        if not raw.get(key):
            reader.wrong(key, "", "缺少这一部分", "this part is missing")
    if reader.problems:
        raise BadInput(reader.problems)

    parties = tuple(
        Party(code, reader.text(f"party.{code}", table), reader.words(f"party.{code}", table, "roles"))
        for code, table in raw["party"].items()
    )
    tracks = tuple(_track(reader, code, table, set(raw["party"])) for code, table in raw["track"].items())
    fields = tuple(_field(reader, code, table) for code, table in raw.get("field", {}).items())
    names = Names(parties, tracks, fields, set(raw.get("condition", {})), set(raw.get("deadline", {})))
    for move in (raw["opening"], *raw["move"]):
        names.marks.update(reader.words("", move, "marks"))
    for code in (names.tracks.keys() & names.fields.keys()) | ({CLOCK} & names.parties):
        reader.wrong(code, code, "名称重复", "this name is taken")
    process = Process(
        code=str(raw["code"]),
        edition=raw["edition"],
        name=reader.text("", {"name": raw.get("name", {})}),
        law=str(raw["law"]),
        warn_days=tuple(raw.get("warn_days", ())),
        parties=parties,
        tracks=tracks,
        fields=fields,
        conditions=tuple(_condition(reader, names, code, t) for code, t in raw.get("condition", {}).items()),
        deadlines=tuple(_deadline(reader, names, code, t) for code, t in raw.get("deadline", {}).items()),
        opening=_move(reader, names, {"code": "open", **raw["opening"]}, opening=True),
        moves=tuple(_move(reader, names, table) for table in raw["move"]),
        remedies=tuple((str(paper), str(words)) for paper, words in raw.get("remedies", {}).items()),
    )
    _uses(reader, process)
    if reader.problems:
        raise BadInput(reader.problems)
    return process


class Names:
    """What a table may refer to."""

    def __init__(
        self, parties: tuple[Party, ...], tracks: tuple[Track, ...], fields: tuple[Field, ...],
        conditions: set[str], deadlines: set[str],
    ) -> None:  # fmt: skip
        self.parties = {party.code for party in parties}
        self.tracks = {track.code: {state.code for state in track.states} for track in tracks}
        self.fields = {f.code: f for f in fields}
        self.conditions = conditions
        self.deadlines = deadlines
        self.marks: set[str] = set()

    @property
    def read(self) -> dict[str, set[str]]:
        """What a condition can read, with the values that it can have."""
        choices = {f.code: {value for value, _ in f.values} for f in self.fields.values() if f.kind == "choice"}
        return self.tracks | choices

    @property
    def days(self) -> set[str]:
        return {f.code for f in self.fields.values() if f.kind == "date"}


def _track(reader: Reader, code: str, table: Table, parties: set[str]) -> Track:
    where = f"track.{code}"
    reader.known_keys(where, table, {"name", "state", "authority"})
    states = tuple(
        State(name, reader.text(f"{where}.state.{name}", state), state.get("end") is True)
        for name, state in table.get("state", {}).items()
    )
    if not states:
        reader.wrong(f"{where}.state", "", "至少要有一个状态", "at least one state")
    authority = reader.words(where, table, "authority", parties)
    if not authority:
        reader.wrong(f"{where}.authority", "", "写明由谁出具文书", "whose papers its moves make")
    return Track(code, reader.text(where, table), authority, states)


def _field(reader: Reader, code: str, table: Table) -> Field:
    where = f"field.{code}"
    reader.known_keys(where, table, {"name", "kind", "values", "given", "personal"})
    kind = reader.word(where, table, "kind", set(get_args(values.Kind)))
    named = tuple((value, reader.text(f"{where}.{value}", name)) for value, name in table.get("values", {}).items())
    if not kind or (kind == "choice") != bool(named):
        reader.wrong(
            f"{where}.kind", kind, "kind 必填;choice 且仅 choice 有 values", "a kind; values for a choice only"
        )
    return Field(
        code,
        reader.text(where, table),
        cast(values.Kind, kind),
        named,
        bool(table.get("given")),
        bool(table.get("personal")),
    )


def _condition(reader: Reader, names: Names, code: str, table: Table) -> Condition:
    where = f"condition.{code}"
    reader.known_keys(where, table, {"name", "all", "any", "none"})

    def atoms(key: str) -> tuple[Atom, ...]:
        found = []
        for line in reader.words(where, table, key):
            name, _, rest = line.partition(":")
            allowed = names.read.get(name.strip())
            if allowed is None:
                reader.wrong(f"{where}.{key}", line, "应为“轨道或选项: 值 值”", "“track or choice: value value”")
            else:
                found.append(Atom(name.strip(), reader.words(where, {key: rest.split()}, key, allowed)))
        return tuple(found)

    return Condition(code, reader.text(where, table), atoms("all"), atoms("any"), atoms("none"))


def _deadline(reader: Reader, names: Names, code: str, table: Table) -> Deadline:
    where = f"deadline.{code}"
    reader.known_keys(
        where, table, {"name", "track", "of", *UNITS, "on", "since", "during", "setting", "cite", "readings"}
    )
    track = reader.word(where, table, "track", set(names.tracks)) or next(iter(names.tracks))
    periods = [(unit, table[unit]) for unit in UNITS if unit in table]
    unit: values.Unit = periods[0][0] if periods else "on"
    length = periods[0][1] if periods else 0
    if len(periods) + ("on" in table) != 1 or not isinstance(length, int) or length < (unit != "on"):
        reader.wrong(
            where, dict(periods), "期限只写一种:workdays、days、months 或 on", "one of workdays, days, months, on"
        )
    since = reader.word(where, table, "on", names.days) or reader.word(where, table, "since", names.days | names.marks)
    of = reader.word(where, table, "of", names.parties)
    during = reader.words(where, table, "during", names.tracks[track])
    if not of or not during:
        reader.wrong(
            where, "", "要写明谁的期限(of)、在哪些状态下计算(during)", "whose it is (of) and when it runs (during)"
        )
    cite, readings = reader.source(where, table)
    return Deadline(
        code,
        reader.text(where, table),
        track,
        of,
        unit,
        length,
        during,
        since,
        table.get("setting") is True,
        cite,
        readings,
    )


def _move(reader: Reader, names: Names, table: Table, *, opening: bool = False) -> Move:
    code = str(table.get("code", ""))
    where = "opening" if opening else f"move.{table.get('track', '')}.{code}".replace("..", ".")
    allowed = {
        "code",
        "name",
        "by",
        "when",
        "takes",
        "may",
        "starts",
        "tells",
        "paper",
        "issuer",
        "dated_by",
        "marks",
        "cite",
        "readings",
    }
    if not opening:
        allowed |= {"track", "from", "to", "due", "sets", "suspends", "resumes", "aside"}
    reader.known_keys(where, table, allowed)
    track = "" if opening else reader.word(where, table, "track", set(names.tracks)) or next(iter(names.tracks))
    states = names.tracks.get(track, set())
    sources = reader.words(where, table, "from", states)
    to = reader.word(where, table, "to", states)
    by = reader.words(where, table, "by", names.parties | {CLOCK})
    due = reader.word(where, table, "due", names.deadlines)
    if not opening and not (code and sources):
        reader.wrong(where, code, "每一步要有 code、from", "every move has code and from")
    if not by or (CLOCK in by and len(by) > 1) or (due and by != (CLOCK,)):
        reader.wrong(
            f"{where}.by",
            by,
            "由当事方,或仅由 clock;有 due 的只能由 clock",
            "parties, or the clock alone; due: the clock",
        )
    sets = tuple((str(key), str(value)) for key, value in table.get("sets", {}).items())
    for key, value in sets:
        if value not in names.read.get(key, set()) or key in names.tracks:
            reader.wrong(f"{where}.sets", f"{key} = {value}", "应为选项及其值之一", "a choice and one of its values")
    cite, readings = reader.source(where, table)
    return Move(
        code=code, name=reader.text(where, table), track=track, sources=sources, to=to, by=by, due=due,
        when=reader.words(where, table, "when", names.conditions),
        takes=reader.words(where, table, "takes", set(names.fields)),
        may=reader.words(where, table, "may", set(names.fields)),
        sets=sets, marks=reader.words(where, table, "marks"),
        dated_by=reader.word(where, table, "dated_by", names.days),
        starts=reader.words(where, table, "starts", names.deadlines),
        suspends=reader.words(where, table, "suspends", names.deadlines),
        resumes=reader.words(where, table, "resumes", names.deadlines),
        tells=reader.words(where, table, "tells", names.parties),
        paper=str(table.get("paper", "")),
        issuer=reader.words(where, table, "issuer", names.parties), cite=cite, readings=readings,
        aside=table.get("aside") is True,
    )  # fmt: skip


def _uses(reader: Reader, process: Process) -> None:
    """What only the whole shows: names used twice, deadlines that cannot run where they start, choices nobody gives."""
    seen: set[tuple[str, str]] = set()
    for move in process.moves:
        if (move.track, move.code) in seen:
            reader.wrong(f"move.{move.track}.{move.code}", move.code, "同一轨道内名称重复", "taken on this track")
        seen.add((move.track, move.code))
        _deadlines_used(reader, process, move)
    _deadlines_used(reader, process, process.opening)
    papers = {move.paper for move in (process.opening, *process.moves)}
    for paper, _ in process.remedies:
        if paper not in papers:
            reader.wrong(f"remedies.{paper}", paper, "没有这份文书", "there is no such paper")
    started = {code for move in (process.opening, *process.moves) for code in move.starts}
    for deadline in process.deadlines:
        if deadline.code not in started:
            reader.wrong(f"deadline.{deadline.code}", deadline.code, "没有任何一步启动它", "no move starts it")
    for choice in process.fields:
        if choice.given and choice.code not in process.opening.takes:
            reader.wrong(
                f"field.{choice.code}", choice.code, "given 的选项由 opening 的 takes 给出", "opening takes it"
            )


def _deadlines_used(reader: Reader, process: Process, move: Move) -> None:
    where = f"move.{move.track}.{move.code}" if move.track else "opening"
    for deadline in process.deadlines:
        used = deadline.code in (*move.starts, *move.suspends, *move.resumes, move.due)
        if used and move.track and deadline.track != move.track:
            reader.wrong(where, deadline.code, "期限属于另一条轨道", "this deadline belongs to another track")
        elif deadline.code in move.starts:
            reached = {move.to} if move.to else set(move.sources) or {process.track(deadline.track).states[0].code}
            if not reached <= set(deadline.during):
                reader.wrong(where, deadline.code, "期限在到达的状态下不计算", "it does not run in the state reached")
