"""A sentence in both languages of the house."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Text:
    """zh: Chinese (first language); en: English. Both are always there."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def get(self, language: str) -> str:
        """The text in "zh", "zh-hans", … or otherwise English."""
        return self.zh if language.startswith("zh") else self.en
