"""Files of entries in two languages (TOML), read field by field, with every problem noted before any is raised."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

READING = re.compile(r"I-[1-9][0-9]*")


@dataclass(frozen=True)
class Entry:
    """One table of a TOML file. row: its number in the file, from 1 (None: the head); problems: where to complain."""

    file: str
    row: int | None
    fields: dict[str, object]
    problems: list[Problem]

    def wrong(self, column: str, value: object, expected: str, expected_en: str) -> None:
        self.problems.append(Problem(self.file, self.row, column, str(value), expected, expected_en))

    def only(self, *known: str) -> None:
        """Note every field of another name."""
        for name in self.fields.keys() - set(known):
            self.wrong(
                name, self.fields[name], f"只能有这些字段：{'、'.join(known)}", f"only these: {', '.join(known)}"
            )

    def word(self, column: str) -> str:
        """A text that is there and not blank; "" where it is not, noted."""
        value = self.fields.get(column)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(column, "" if value is None else value, "应填写文字", "a text is required")
        return ""

    def text(self, column: str) -> Text:
        """`column` = {zh, en}."""
        value = self.fields.get(column)
        if not isinstance(value, dict):
            self.wrong(column, value or "", "应写 zh 和 en", "zh and en are required")
            return Text("", "")
        inner = Entry(self.file, self.row, {f"{column}.{key}": words for key, words in value.items()}, self.problems)
        inner.only(f"{column}.zh", f"{column}.en")
        return Text(inner.word(f"{column}.zh"), inner.word(f"{column}.en"))

    def words(self, column: str) -> tuple[str, ...]:
        """A list of texts, without repetition; empty where the field is left out."""
        value = self.fields.get(column, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(column, value, "应为文字列表", "a list of texts is required")
            return ()
        if len(set(value)) < len(value):
            self.wrong(column, value, "不能重复", "each once")
        return tuple(value)

    def official(self, column: str, cite: str) -> None:
        """Note a citation that cannot be read, or that is not written in the official form."""
        if not cite:
            return
        try:
            form = str(parse(cite))
        except ValueError as error:
            chinese, _, english = str(error).rpartition(" / ")
            self.wrong(column, cite, chinese, english)
            return
        if form != cite:
            self.wrong(column, cite, f"应写成“{form}”", f"write {form}")

    def reading(self, column: str, number: str) -> None:
        if number and not READING.fullmatch(number):
            self.wrong(column, number, "读法编号应如 I-2", "a reading is numbered like I-2")


def read_file(text: str, file: str, problems: list[Problem]) -> Entry:
    """The head of a TOML file. Raises BadInput where the text is no TOML at all."""
    try:
        return Entry(file, None, tomllib.loads(text), problems)
    except tomllib.TOMLDecodeError as error:
        raise BadInput([Problem(file, None, "", str(error), "应为 TOML 文件", "the file must be TOML")]) from error


def entries(head: Entry, name: str) -> Iterator[Entry]:
    """The [[name]] of a file, counted from 1. At least one is required."""
    found = head.fields.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(fields, dict) for fields in found):
        head.wrong(name, "", f"至少要有一个 [[{name}]]", f"at least one [[{name}]] is required")
        return
    for row, fields in enumerate(found, start=1):
        yield Entry(head.file, row, fields, head.problems)
