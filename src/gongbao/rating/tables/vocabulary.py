"""What a standard lets the files say: words of columns, shapes of facts, and the Chinese names of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongbao.kernel.text import Text
from gongbao.rating.rules.facts import FactShape
from gongbao.rating.tables.columns import Column, filing_names

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Standard


@dataclass(frozen=True)
class Vocabulary:
    """words: column -> words it may hold; facts: indicator -> shape; names: word or indicator -> Chinese name."""

    words: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, FactShape]
    names: Mapping[str, str]

    @classmethod
    def of_standard(cls, standard: Standard) -> Vocabulary:
        words = dict(standard.columns)
        words |= {"credit_grade": tuple(standard.credit_grades), "indicator": tuple(standard.facts)}
        names = {word: name.zh for word, name in standard.levels.items()}
        names |= {i.code: i.name.zh for i in standard.indicators if i.code in standard.facts} | filing_names()
        return cls(words, standard.facts, names)

    def of(self, column: Column) -> tuple[str, ...]:
        return column.words or self.words.get(column.name, ())

    def shown(self, word: str) -> str:
        """A word as the template offers it: in Chinese, or as it is where the Chinese means two things."""
        name = self.names.get(word, word)
        return name if sum(other == name for other in self.names.values()) == 1 else word

    def spellings(self, words: tuple[str, ...]) -> dict[str, str]:
        """Everything that may be written -> the word that is meant: each word, and its Chinese."""
        return {self.shown(word): word for word in words} | {word: word for word in words}

    def one_of(self, words: tuple[str, ...], *, or_nothing: bool = False) -> Text:
        """What was expected, where one of these words is due."""
        if not words:
            zh = "应留空:评分标准里这一列的换算表还没有填写"
            return Text(zh, "nothing: the standard's table for this column has not been filled in yet")
        listed = " · ".join(f"{word}({self.names[word]})" if word in self.names else word for word in words)
        zh, en = (",或留空", ", or nothing") if or_nothing else ("", "")
        return Text(f"应为下列之一:{listed}{zh}", f"one of: {' · '.join(words)}{en}")
