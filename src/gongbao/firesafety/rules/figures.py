"""Figures of joint handling: cases by course, working days used per step, the share within time, by district."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.text import Text

Course = Literal["acceptance", "drawn", "not_drawn", "split", "waiting", "ended_early"]
COURSES: dict[Course, Text] = {
    "acceptance": Text("验收协同", "acceptance, joint"),
    "drawn": Text("备案抽中,协同", "filing drawn, joint"),
    "not_drawn": Text("备案未抽中,消防单独检查", "filing not drawn, fire authority alone"),
    "split": Text("转普通方式", "split, the ordinary way"),
    "waiting": Text("尚未受理", "not admitted yet"),
    "ended_early": Text("未受理即办结", "ended before admission"),
}
Step = Literal["admission", "visit", "decision"]
STEPS: dict[Step, Text] = {
    "admission": Text("收件到受理", "receipt to admission"),
    "visit": Text("受理到检查", "admission to visit"),
    "decision": Text("受理到决定", "admission to decision"),
}


@dataclass(frozen=True)
class CaseFacts:
    """One case. course; district: code, "" where there is none; used: (step, working days) for each authority's step
    that is done; kept, late: how many periods for decisions were kept and missed."""

    course: Course
    district: str
    used: tuple[tuple[Step, int], ...] = ()
    kept: int = 0
    late: int = 0


@dataclass(frozen=True)
class Used:
    """Working days of a step. count: how often it was done; median: the lower one of two middle values."""

    step: Step
    count: int
    median: int
    longest: int


@dataclass(frozen=True)
class Row:
    """The figures of a district (or of all, code ""). share: ‰ of the decisions that were made within time, rounded
    down; None where none was due yet."""

    district: str
    cases: int
    courses: tuple[tuple[Course, int], ...]
    used: tuple[Used, ...]
    kept: int
    late: int

    @property
    def decided(self) -> int:
        return self.kept + self.late

    @property
    def share(self) -> int | None:
        return self.kept * 1000 // self.decided if self.decided else None


def figures(cases: Collection[CaseFacts]) -> tuple[Row, ...]:
    """All cases first, then each district in the order of the codes."""
    districts = sorted({case.district for case in cases})
    return (_row("", cases), *(_row(code, [c for c in cases if c.district == code]) for code in districts if code))


def _row(district: str, cases: Collection[CaseFacts]) -> Row:
    counted = Counter(case.course for case in cases)
    used = [_used(step, [days for case in cases for name, days in case.used if name == step]) for step in STEPS]
    return Row(
        district,
        len(cases),
        tuple((course, counted[course]) for course in COURSES),
        tuple(one for one in used if one.count),
        sum(case.kept for case in cases),
        sum(case.late for case in cases),
    )


def _used(step: Step, days: Sequence[int]) -> Used:
    ordered = sorted(days)
    if not ordered:
        return Used(step, 0, 0, 0)
    return Used(step, len(ordered), ordered[(len(ordered) - 1) // 2], ordered[-1])
