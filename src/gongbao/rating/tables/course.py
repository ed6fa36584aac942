"""The course of a cycle, read from cycle.toml: steps, settings, sources, which authority an organisation is."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Step:
    """needs: names of conditions; reason: it must say why."""

    before: str
    after: str
    name: Text
    needs: tuple[str, ...]
    reason: bool
    cite: str


@dataclass(frozen=True)
class Setting:
    """A whole number from minimum to maximum, or one of the words."""

    code: str
    name: Text
    default: int | str
    words: dict[str, Text]
    minimum: int
    maximum: int
    cite: str

    def taken(self, value: object) -> int | str:
        """The value as it is kept. Raises BadInput."""
        if self.words:
            if value in self.words:
                return str(value)
            names = "、".join(name.zh for name in self.words.values())
            raise _wrong(self.code, value, f"从中选一:{names}", f"one of {', '.join(self.words)}")
        try:
            number = int(str(value))
        except ValueError:
            number = self.minimum - 1
        if not self.minimum <= number <= self.maximum:
            zh = f"{self.minimum} 至 {self.maximum} 的整数"
            raise _wrong(self.code, value, zh, f"a whole number from {self.minimum} to {self.maximum}")
        return number


@dataclass(frozen=True)
class Source:
    """due: days after the cycle's last day until its rows should be there."""

    code: str
    due: int
    unit: Text
    cite: str


def _wrong(code: str, value: object, zh: str, en: str) -> BadInput:
    return BadInput([Problem("settings", None, code, str(value), zh, en)])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "cycle.toml").read_text("utf-8"))


@cache
def steps() -> tuple[Step, ...]:
    return tuple(
        Step(s["from"], s["to"], Text(**s["name"]), tuple(s["needs"]), s.get("reason", False), s["cite"])
        for s in _data()["step"]
    )


@cache
def sources() -> dict[str, Source]:
    return {code: Source(code, s["due"], Text(**s["unit"]), s["cite"]) for code, s in _data()["source"].items()}


@cache
def settings() -> dict[str, Setting]:
    """Every setting by code, the days on which sources are due ("due_street") included."""
    found = {code: _setting(code, s) for code, s in _data()["setting"].items()}
    for source in sources().values():
        name = Text(f"来源期限:周期结束后天数({source.code})", f"days after the cycle until it is due ({source.code})")
        found[f"due_{source.code}"] = Setting(f"due_{source.code}", name, source.due, {}, 0, 90, source.cite)
    return found


def authorities(kind: str) -> tuple[str, ...]:
    """The authorities of the standard that an organisation of a kind is by itself."""
    return tuple(_data()["authority"].get(kind, ()))


def _setting(code: str, s: dict[str, Any]) -> Setting:
    words = {word: Text(**name) for word, name in s.get("words", {}).items()}
    return Setting(code, Text(**s["name"]), s["default"], words, s.get("minimum", 0), s.get("maximum", 0), s["cite"])
