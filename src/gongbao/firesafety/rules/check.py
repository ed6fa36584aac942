"""May this be handled jointly? The conditions one by one; where one fails, its clause and the ordinary way instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.result import Answer, Given, Needs, Refused
from gongbao.kernel.text import Text

Matter = Literal["acceptance", "filing"]
MATTERS: dict[str, Text] = {
    "acceptance": Text("消防验收", "fire acceptance"),
    "filing": Text("消防验收备案", "acceptance filing"),
}
State = Literal["met", "failed", "open"]


@dataclass(frozen=True)
class Option:
    """An answer. fits: meets the condition; instead: the ordinary way where it does not; matter: what it makes of the
    acceptance, "" for options that say nothing about it."""

    code: str
    name: Text
    fits: bool = True
    instead: Text | None = None
    matter: Matter | Literal[""] = ""


@dataclass(frozen=True)
class Question:
    """A condition and the question that decides it. when: asked only if another question has one of these answers."""

    code: str
    asks: Text
    condition: Text
    cite: str
    options: tuple[Option, ...]
    hint: Text | None = None
    when: tuple[str, tuple[str, ...]] | None = None

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Finding:
    """How one condition stands. chosen: the answer; None while the question is open."""

    question: Question
    state: State
    chosen: Option | None


@dataclass(frozen=True)
class Verdict:
    """The conditions in the order of the document; those that do not concern the place are left out."""

    findings: tuple[Finding, ...]

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.state == "failed")

    @property
    def next(self) -> Question | None:
        """The first question that is open; none once a condition has failed, for then more answers change nothing."""
        waiting = (one.question for one in self.findings if one.state == "open")
        return None if self.failed else next(waiting, None)

    @property
    def matter(self) -> Matter | Literal[""]:
        """Whether the project has an acceptance or a filing; "" while that is unknown."""
        chosen = (one.chosen for one in self.findings if one.chosen)
        return next((option.matter for option in chosen if option.matter), "")

    @property
    def answer(self) -> Answer[str]:
        """Given: the matter that goes with the inspection; Refused: the first condition that failed; Needs: what is
        open."""
        for one in self.failed:
            return Refused(one.chosen.instead if one.chosen and one.chosen.instead else NO_WAY, one.question.cite)
        waiting = tuple(one.question.code for one in self.findings if one.state == "open")
        return Needs(waiting) if waiting else Given(self.matter, self.findings[0].question.cite)


NO_WAY = Text("请分别办理。", "Handle each by itself.")


def check(questions: tuple[Question, ...], answers: Mapping[str, str]) -> Verdict:
    """The verdict on these answers (question → option). An answer that is none of the options counts as missing, and
    missing is open, never failed."""
    return Verdict(tuple(_findings(questions, answers)))


def _findings(questions: tuple[Question, ...], answers: Mapping[str, str]) -> Iterator[Finding]:
    for question in questions:
        if question.when:
            other, values = question.when
            if answers.get(other) not in values:
                continue
        chosen = question.option(answers.get(question.code, ""))
        yield Finding(question, "open" if chosen is None else "met" if chosen.fits else "failed", chosen)
