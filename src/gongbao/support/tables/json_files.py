"""Reading JSON strictly: nothing is guessed, floats are told apart from exact numbers, a key may stand only once."""

import json
from dataclasses import dataclass
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem


@dataclass(frozen=True)
class Float:
    """A number that JSON would make a float of; kept as it was written, so that it can be reported."""

    text: str

    def __str__(self) -> str:
        return self.text


def read_json(path: Path) -> object:
    """The document in a file. Raises BadInput where it is no JSON or a key stands twice."""
    return json_of(path.read_bytes(), path.name)


def json_of(content: bytes, name: str) -> object:
    """A document from bytes. Raises BadInput where they are no JSON or a key stands twice."""
    twice: list[str] = []

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in found]
        twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(found)

    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(text, object_pairs_hook=pairs, parse_float=Float, parse_constant=Float)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput(
            [Problem(name, None, "", str(error), "应为 UTF-8 的 JSON 文件", "a JSON file in UTF-8")]
        ) from error
    if twice:
        raise BadInput(Problem(name, None, key, key, "每个键只能写一次", "a key may stand only once") for key in twice)
    return document


class Node:
    """One object of a document. Readers report what is wrong and still return something usable.

    table, row: the place as a person would name it; row is 1-based, None where no row is meant.
    """

    def __init__(self, value: object, table: str, row: int | None, problems: list[Problem]) -> None:
        self.table, self.row, self.problems = table, row, problems
        if not isinstance(value, dict):
            self.wrong("", value, "应为对象 {…}", "an object {…} is due")
            value = {}
        self.raw: dict[str, object] = value

    def wrong(self, column: str, value: object, zh: str, en: str) -> None:
        shown = "" if value is None else str(value)
        self.problems.append(Problem(self.table, self.row, column, shown, zh, en))

    def only(self, *keys: str) -> None:
        """Report every other key."""
        for key in self.raw:
            if key not in keys:
                self.wrong(
                    key, self.raw[key], f"没有这一项;应为:{'、'.join(keys)}", f"no such field; due: {', '.join(keys)}"
                )

    def text(self, key: str) -> str:
        value = self.raw.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, value, "应为文字,不能省略", "a text is due and cannot be left out")
            return ""
        return value

    def node(self, key: str) -> "Node":
        return Node(self.raw.get(key), key, None, self.problems)

    def nodes(self, key: str) -> list["Node"]:
        """A list of objects; left out: none."""
        value = self.raw.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, value, "应为列表 […]", "a list […] is due")
            return []
        return [Node(item, key, row, self.problems) for row, item in enumerate(value, 1)]
