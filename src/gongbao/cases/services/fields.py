"""What a person filled in for a move, checked and brought into one form. Everything wrong is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongbao.cases.rules.process import Field, Move, Process
from gongbao.kernel.fixed import from_fixed, to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Organisation
from gongbao.organisations.selectors import organisation_by_code

LONGEST = 20_000  # characters of a text
MOST = 10**14  # fen; what is less stays exact everywhere


@dataclass
class Filled:
    """choices: facts; texts: texts, dates (ISO) and codes of organisations; personal: the same, to be kept apart."""

    choices: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def day(self, code: str) -> date | None:
        """The date that a date field bears, if it was filled in."""
        return date.fromisoformat(self.texts[code]) if code in self.texts else None


def fill(process: Process, move: Move, given: Mapping[str, object], today: date) -> Filled:
    """Take the fields that the move lists, and no others. Raises BadInput with every problem."""
    filled, problems = Filled(), list[Problem]()
    for code in given.keys() - {*move.takes, *move.may}:
        problems.append(_problem(code, given[code], "这一步不收这一项", "this move does not take it"))
    for code in (*move.takes, *move.may):
        wanted, value = process.field(code), given.get(code)
        text = value.isoformat() if isinstance(value, date) else str(value or "").strip()
        if not text:
            if code in move.takes:
                problems.append(_problem(code, "", f"请填写{wanted.name.zh}", f"enter the {wanted.name.en}"))
        elif problem := _take(filled, wanted, text):
            problems.append(problem)
    if move.dated_by and (day := filled.day(move.dated_by)) and day > today:
        problems.append(_problem(move.dated_by, day, f"不晚于今天 {today}", f"not after today, {today}"))
    if problems:
        raise BadInput(problems)
    return filled


def _take(filled: Filled, wanted: Field, text: str) -> Problem | None:
    """Put one value where it belongs, or say what is wrong with it."""
    kept = filled.personal if wanted.personal else filled.texts
    match wanted.kind:
        case "choice":
            offered = dict(wanted.offered)
            if text not in offered:
                zh, en = "、".join(name.zh for name in offered.values()), ", ".join(offered)
                return _problem(wanted.code, text, f"从中选一:{zh}", f"one of {en}")
            filled.choices[wanted.code] = text
        case "date":
            try:
                kept[wanted.code] = date.fromisoformat(text).isoformat()
            except ValueError:
                return _problem(wanted.code, text, "日期,如 2026-07-01", "a date such as 2026-07-01")
        case "organisation":
            found = organisation_by_code(text)
            if found is None:
                return _problem(wanted.code, text, "已登记的单位", "an organisation on file")
            filled.organisations[wanted.code] = found
            kept[wanted.code] = found.code
        case "amount":
            try:
                fen = to_fixed(text, 2)
            except ValueError:
                fen = -1
            if not 0 <= fen < MOST:
                return _problem(wanted.code, text, "金额(元),至多两位小数", "yuan, with two decimals at most")
            kept[wanted.code] = from_fixed(fen, 2)
        case "text":
            if len(text) > LONGEST:
                return _problem(wanted.code, f"{text[:20]}…", f"最多 {LONGEST} 字", f"{LONGEST} characters at most")
            kept[wanted.code] = text
    return None


def _problem(code: str, value: object, zh: str, en: str) -> Problem:
    return Problem("fields", None, code, str(value), zh, en)
