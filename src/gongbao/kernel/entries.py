"""Reading tables of a TOML file strictly: every fault is collected, nothing is guessed, no key is passed over.

Numbers of the law stand in the files as whole numbers or as decimals in quotes. A TOML float is refused, because
0.1 is not 0.1 there.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text


class Entry:
    """One table of a file. Each reader returns a usable value also where it has reported a problem.

    where: the place as a person would name it ("indicator staff"). problems: shared by all entries of a file.
    """

    def __init__(self, table: Mapping[str, object], where: str, problems: list[Problem]) -> None:
        self.raw = dict(table)
        self.where = where
        self.problems = problems
        self._left = set(self.raw)

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def wrong(self, key: str, expected: str, expected_en: str) -> None:
        """Report what stands under `key`."""
        self._left.discard(key)
        value = self.raw.get(key, "")
        self.problems.append(Problem(self.where, None, key, str(value), expected, expected_en))

    def _take(self, key: str) -> object:
        self._left.discard(key)
        return self.raw.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "应为文字", "a text is due")
            return ""
        return value.strip()

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        value, options = self.text(key, default), tuple(options)
        if value and value not in options:
            self.wrong(key, f"应为其中之一:{'、'.join(options)}", f"one of {', '.join(options)} is due")
        return value

    def both(self, key: str) -> Text:
        """A text in both languages, { zh = …, en = … }."""
        value = self._take(key)
        if (
            isinstance(value, dict)
            and set(value) == {"zh", "en"}
            and all(isinstance(v, str) and v for v in value.values())
        ):
            return Text(value["zh"], value["en"])
        self.wrong(key, '应为 { zh = "…", en = "…" },两种文字都要有', "both languages are due: { zh = …, en = … }")
        return Text("", "")

    def flag(self, key: str) -> bool:
        """true or false; false where it is not there."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "应为 true 或 false", "true or false is due")
        return value is True

    def whole(self, key: str, default: int | None = None) -> int:
        value = self._take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, "应为整数", "a whole number is due")
            return 0
        return value

    def fixed(self, key: str, places: int, default: int | None = None) -> int:
        """A whole number, or a decimal in quotes, in 10**-places units."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, int | str) and not isinstance(value, bool):
            try:
                return to_fixed(str(value), places)
            except ValueError:
                pass
        self.wrong(
            key,
            f"应为整数,或加引号的小数(至多{places}位),不能用浮点数",
            f"a whole number is due, or a decimal in quotes (at most {places} decimals), never a float",
        )
        return 0

    def maybe_fixed(self, key: str, places: int) -> int | None:
        return self.fixed(key, places) if key in self else None

    def day(self, key: str) -> date:
        value = self._take(key)
        if type(value) is not date:
            self.wrong(key, "应为日期,如 2000-12-31", "a date is due, such as 2000-12-31")
            return date.min
        return value

    def span(self, key: str, least: int, most: int) -> tuple[int, int]:
        """Two whole numbers [from, to] within limits."""
        value = self._take(key)
        if isinstance(value, list) and len(value) == 2 and all(type(item) is int for item in value):
            first, last = value
            if least <= first <= last <= most:
                return first, last
        self.wrong(key, f"应为 [起, 止],在{least}与{most}之间", f"[from, to] between {least} and {most} is due")
        return least, most

    def words(self, key: str, required: bool = True) -> tuple[str, ...]:
        """A list of texts. required: the key must be there (the list may be empty)."""
        value = self._take(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            self.wrong(key, '应为文字的列表,如 ["…"];没有则写 []', 'a list of texts is due, such as ["…"]; [] for none')
            return ()
        return tuple(value)

    def entries(self, key: str, required: bool = True) -> list["Entry"]:
        """A list of tables, each an entry of its own."""
        value = self._take(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.wrong(key, "应为表格的列表,至少一项", "a list of tables is due, with at least one")
            return []
        return [Entry(item, f"{self.where} · {key} {place}", self.problems) for place, item in enumerate(value, 1)]

    def entry(self, key: str, required: bool = True) -> "Entry":
        value = self._take(key)
        if value is None and not required:
            return Entry({}, f"{self.where} · {key}", self.problems)
        if not isinstance(value, dict):
            self.wrong(key, "应为一张表", "a table is due")
            value = {}
        return Entry(value, f"{self.where} · {key}", self.problems)

    def finish(self) -> None:
        """Report every key that nobody has read: a misspelt key must not pass for a missing one."""
        for key in sorted(self._left):
            self.wrong(key, "不认识这个键,请核对拼写", "an unknown key; check its spelling")
