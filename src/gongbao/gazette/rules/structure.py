"""What an issue of the gazette is made of, once it has been read: documents, works, provisions, tables.

An issue holds documents; a document has one number and its works: a notice (通知), what it issues (印发), annexes (附件).
A work is a tree of provisions, and tables. Everything carries the lines of the source it was read from, and the
official citation by which it is found again.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal["notice", "issued", "annex"]  # a notice that issues nothing is a notice alone
Level = Literal["preamble", "heading", "chapter", "section", "article", "paragraph", "part", "item", "subitem", "point"]


@dataclass(frozen=True)
class Provision:
    """One numbered piece of a work (第七条, 二, （二）, 1., (1)), or a paragraph (款) that bears no number.

    level: chapter 章, section 节, article 条, paragraph 款, part 一、, item （一）, subitem 1., point (1); heading: a
    bare word such as 说明. number: as printed, without brackets or points ("七", "二", "2", "三之一"); "" for preamble,
    heading and paragraph. heading: the words behind the number, where they stand alone or before the first full stop
    as a title. text: the other own words, one paragraph a line, without those of the children. lines: first and last
    line of the source, 1-based, children included; a line belongs to the innermost provision that spans it.
    responsible: 责任单位 that the provision names for itself.
    """

    cite: str
    level: Level
    number: str
    heading: str
    text: str
    lines: tuple[int, int]
    children: tuple["Provision", ...] = ()
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableRow:
    """One row: its citation, the group it stands in ("加分项"; "" without), its cells, its lines in the source."""

    cite: str
    group: str
    cells: tuple[str, ...]
    lines: tuple[int, int]


@dataclass(frozen=True)
class Table:
    """A table with its parts on several pages joined and repeated heads dropped.

    missing: running numbers that the head column skips (rows that were not read), never filled in.
    """

    cite: str
    title: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Work:
    """One text with a title of its own.

    aliases: other names that the text gives the same thing. cite: of the work as a whole ("… 通知", "… 附件").
    """

    role: Role
    title: str
    provisions: tuple[Provision, ...]
    tables: tuple[Table, ...] = ()
    aliases: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True)
class Reference:
    """A document that a text names: its number ("" where none is given), its title ("" where none), its line."""

    number: str
    title: str
    line: int


@dataclass(frozen=True)
class Force:
    """What a document says of its own force. None or empty: it does not say.

    from_publication: it begins with its publication (I-19: the day printed under the notice).
    """

    begins: date | None = None
    ends: date | None = None
    trial: bool = False
    from_publication: bool = False
    replaces: tuple[Reference, ...] = ()
    based_on: tuple[Reference, ...] = ()
    explained_by: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything published under one number. works: the notice first, then what it issues, then annexes.

    page: of the contents. section: head of the contents it stands under (部门文件).
    """

    number: str
    title: str
    title_en: str
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    issued_on: date | None
    section: str
    page: int | None
    works: tuple[Work, ...]
    force: Force = Force()
    cites: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Matter:
    """A line that is neither provision nor table row but was read: the frame around the texts."""

    line: int
    text: str
    what: Literal[
        "cover", "contents", "title", "number", "addressees", "annexes", "signature", "date", "table", "colophon"
    ]


@dataclass(frozen=True)
class Noise:
    """A line that is no text of a document: why it was left out, or why it could not be read."""

    line: int
    text: str
    why: Literal["furniture", "repeated", "markup", "unreadable", "picture"]


@dataclass(frozen=True)
class Issue:
    """One issue of the gazette. number: within the year (13); total: running number since the first issue (937).

    Every line of the source that is not empty is in one place: a provision, a table row, matter or noise.
    """

    year: int
    number: int
    total: int | None
    published_on: date | None
    documents: tuple[Document, ...]
    noise: tuple[Noise, ...] = ()
    matter: tuple[Matter, ...] = ()
    colophon: dict[str, str] = field(default_factory=dict)  # issn, cn
