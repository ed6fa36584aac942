"""What an issue of the gazette is made of, once it has been read: documents, works, provisions, tables.

An issue holds documents; a document has one number and one or two works: a notice (通知), and what it issues (印发).
A work is a tree of provisions, and tables. Everything carries the lines of the source it was read from, and the
official citation by which it is found again.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal["notice", "issued"]  # a notice that issues nothing is a notice alone
Level = Literal["preamble", "part", "chapter", "article", "paragraph", "item", "subitem", "point", "closing"]


@dataclass(frozen=True)
class Provision:
    """One numbered piece of a work (第七条, 二, （二）, 1., (1)), or a paragraph (款) that bears no number.

    number: as printed, without brackets or points ("七", "二", "2"); "" for preamble, paragraph and closing. heading:
    the words behind the number, where they stand alone or before the first full stop as a title. text: own words, one
    paragraph a line, without those of the children. lines: first and last line of the source, 1-based.
    """

    cite: str
    level: Level
    number: str
    heading: str
    text: str
    lines: tuple[int, int]
    children: tuple["Provision", ...] = ()


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
    """One text with a title of its own. aliases: other names that the text gives the same thing."""

    role: Role
    title: str
    provisions: tuple[Provision, ...]
    tables: tuple[Table, ...] = ()
    aliases: tuple[str, ...] = ()


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
    """Everything published under one number. works: the notice first, then what it issues.

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
class Noise:
    """A line that is no text of a document: why it was left out, or why it could not be read."""

    line: int
    text: str
    why: Literal["furniture", "repeated", "markup", "unreadable", "picture"]


@dataclass(frozen=True)
class Issue:
    """One issue of the gazette. number: within the year (13); total: running number since the first issue (937)."""

    year: int
    number: int
    total: int | None
    published_on: date | None
    documents: tuple[Document, ...]
    noise: tuple[Noise, ...] = ()
    colophon: dict[str, str] = field(default_factory=dict)  # issn, cn
