"""The marks that number a provision at the start of a line: 第七章, 第三条之一, 二、, （二）, 1., (1)."""

import re
from dataclasses import dataclass

from gongbao.gazette.rules.structure import Level
from gongbao.kernel.numerals import NUMERAL, to_chinese, to_int

_ANY = f"[0-9{NUMERAL}]+"
_CN = f"[{NUMERAL}]+"
# 第六十五条第(一)项, 第七条规定 and the like at the start of a line go on with a sentence: they number nothing
_MENTIONED = r"(?!第|规定|至|到|、|,|，|和|或|及|的|所|之)"
_MARKS: tuple[tuple[Level, str], ...] = (
    ("chapter", rf"第\s*({_ANY})\s*章{_MENTIONED}"),
    ("section", rf"第\s*({_ANY})\s*节{_MENTIONED}"),
    ("article", rf"第\s*({_ANY})\s*条(?:\s*之\s*({_CN}))?{_MENTIONED}"),
    ("part", rf"({_CN})\s*[、．.]"),
    ("item", rf"[（(]\s*({_CN})\s*[)）]\s*、?"),
    ("subitem", r"([0-9]{1,2})\s*[.．、](?![0-9])"),
    ("point", r"[（(]\s*([0-9]{1,2})\s*[)）]"),
)
_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _MARKS)
_HEADINGS = re.compile("说明")

RANK: dict[Level, int] = {
    "heading": 0, "chapter": 0, "section": 1, "article": 2, "paragraph": 3,
    "part": 4, "item": 5, "subitem": 6, "point": 7,
}  # fmt: skip


@dataclass(frozen=True)
class Label:
    """level and number of a mark; value: for comparing (article 3 之 1 is (3, 1)); rest: the words behind it."""

    level: Level
    number: str
    value: tuple[int, int]
    rest: str

    @property
    def step(self) -> str:
        """The step of a citation that names it: 第三条之一, （二）, 2."""
        count, inserted = self.value
        match self.level:
            case "chapter":
                return f"第{to_chinese(count)}章"
            case "section":
                return f"第{to_chinese(count)}节"
            case "article":
                return f"第{to_chinese(count)}条" + (f"之{to_chinese(inserted)}" if inserted else "")
            case "part":
                return to_chinese(count)
            case "paragraph":
                return f"第{to_chinese(count)}款"
            case "item":
                return f"（{to_chinese(count)}）"
            case "point":
                return f"（{count}）"
            case "heading":
                return self.rest
            case _:
                return str(count)


def read_label(text: str) -> Label | None:
    """The mark that a line begins with; None where it begins with none."""
    for level, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            count = to_int(match[1])
            if not 0 < count < 10_000:
                return None
            inserted = match[2] if level == "article" else None
            number = match[1] + (f"之{inserted}" if inserted else "")
            return Label(level, number, (count, to_int(inserted) if inserted else 0), text[match.end() :].strip())
    return None


def read_bare_heading(text: str) -> Label | None:
    """说明 alone on a line: a part without a number."""
    word = re.sub(r"\s+", "", text)
    return Label("heading", "", (0, 0), word) if _HEADINGS.fullmatch(word) else None


def follows(label: Label, before: tuple[int, int]) -> bool:
    """Is the number the next one after `before` (or the first of an inserted article)?"""
    return label.value in ((before[0] + 1, 0), (before[0], before[1] + 1))
