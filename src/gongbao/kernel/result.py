"""Answers of a rule. Unknown is not no: an answer is given, refused with its clause, or needs facts."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from gongbao.kernel.text import Text

T = TypeVar("T")


@dataclass(frozen=True)
class Given(Generic[T]):
    """The answer, and the citation (official form) that it rests on."""

    value: T
    cite: str


@dataclass(frozen=True)
class Refused:
    """No, because of a clause: a sentence for the person concerned and the citation of the clause."""

    because: Text
    cite: str


@dataclass(frozen=True)
class Needs:
    """Undecided: the names of the facts that would decide it."""

    facts: tuple[str, ...]


Answer = Given[T] | Refused | Needs
