"""The contract of the files, read from columns.toml: tables, columns, Chinese heads, what a cell may hold."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongbao.kernel.fixed import from_fixed, to_fixed
from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Column:
    """One column of a table. minimum, maximum: in 10**-decimals units, for decimals."""

    name: str
    zh: str
    kind: str
    about: Text
    example: str
    required: bool = False
    absent: bool = False
    refers: str = ""
    words: tuple[str, ...] = ()
    decimals: int = 0
    minimum: int = 0
    maximum: int = 0

    def expected(self) -> Text:
        """What a cell should hold, as a sentence that helps to mend it."""
        if self.kind == "decimal":
            low, high = (from_fixed(x, self.decimals) for x in (self.minimum, self.maximum))
            if self.decimals == 0:
                return Text(f"应为 {low} 至 {high} 的整数", f"a whole number from {low} to {high}")
            return Text(
                f"应为 {low} 至 {high} 的数,最多 {self.decimals} 位小数,不带单位和千位分隔符",
                f"a number from {low} to {high} with at most {self.decimals} decimals, no unit, no thousands separator",
            )
        return _EXPECTED[self.kind]


_EXPECTED = {
    "uscc": Text(
        "应为 18 位统一社会信用代码(大写,末位校验码正确),请对照营业执照",
        "a unified social credit code of 18 characters (upper case, right check character): see the business licence",
    ),
    "id": Text("编号里不能有空格、换行或控制字符", "a number without blanks, line breaks or control characters"),
    "text": Text("不能有换行或控制字符", "text without line breaks or control characters"),
    "date": Text("应为真实日期,写作 2026-03-15", "a date that exists, written 2026-03-15"),
    "month": Text("应为年-月,写作 2026-03", "year-month, written 2026-03"),
    "any": Text("不能有换行或控制字符", "text without line breaks or control characters"),
}


@dataclass(frozen=True)
class Table:
    """One table: its English name is the file's stem, its Chinese name the sheet's title in the template."""

    name: str
    zh: str
    about: Text
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@cache
def contract() -> tuple[Table, ...]:
    """All tables, in the order in which they are filled in."""
    return tuple(
        Table(t["name"], t["zh"], Text(**t["about"]), tuple(_column(c) for c in t["column"])) for t in _data()["table"]
    )


def filing_names() -> dict[str, str]:
    """Chinese names of the words that the contract itself brings."""
    names: dict[str, str] = _data()["words"]
    return names


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "columns.toml").read_text("utf-8"))


def _column(data: dict[str, Any]) -> Column:
    places = data.get("decimals", 0)
    return Column(
        **data
        | {
            "about": Text(**data["about"]),
            "words": tuple(data.get("words", ())),
            "minimum": to_fixed(str(data.get("minimum", 0)), places),
            "maximum": to_fixed(str(data.get("maximum", 0)), places),
        }
    )
