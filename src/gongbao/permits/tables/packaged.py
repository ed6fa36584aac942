"""The editions that come with the package, and editions in folders of the same form."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gongbao.gazette.rules.entries import Entry, read_file
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.permits.rules.editions import Head, Row, build
from gongbao.permits.rules.items import CONFIDENCES, FIELDS, Confidence, Correction, Edition, Mode, Service

_ROOT = files("gongbao.permits")
CORRECTION = ("no", "field", "printed", "corrected", "confidence", "reason", "reason_en")


@cache
def modes() -> tuple[Mode, ...]:
    """How bodies take part, in the order in which they are tried; the last is meant where nothing is said."""
    rows = tomllib.loads(_ROOT.joinpath("modes.toml").read_text(encoding="utf-8"))["mode"]
    return tuple(
        Mode(r["code"], Text(**r["name"]), Text(**r["says"]), tuple(r["words"]), r.get("share", "whole")) for r in rows
    )


@cache
def packaged_editions() -> dict[str, Edition]:
    """Every edition of the package by its name ("2025"), the oldest first."""
    folders = sorted(_ROOT.joinpath("editions").iterdir(), key=lambda folder: folder.name)
    return {folder.name: read_folder(folder) for folder in folders}


def read_folder(folder: Traversable) -> Edition:
    """The edition in a folder: edition.toml, items.csv and, where there are any, corrections.csv.

    Raises BadInput with every problem of a file; what the rows hold is checked once the files can be read.
    """
    problems: list[Problem] = []
    head = _head(folder, problems)
    rows = list(_rows(folder, problems))
    corrections = list(_corrections(folder, problems))
    if problems or head is None:
        raise BadInput(problems)
    return build(head, rows, corrections, modes(), "items.csv")


def _text(folder: Traversable, name: str, problems: list[Problem]) -> str:
    try:
        return folder.joinpath(name).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        problems.append(
            Problem(name, None, "", str(folder), "文件夹中应有此文件", "this file is required in the folder")
        )
    except UnicodeDecodeError as error:
        problems.append(Problem(name, None, "", str(error), "UTF-8 编码的文件", "a file in UTF-8"))
    return ""


def _head(folder: Traversable, problems: list[Problem]) -> Head | None:
    text = _text(folder, "edition.toml", problems)
    if not text:
        return None
    before = len(problems)
    told = read_file(text, "edition.toml", problems)
    told.only("edition", "cite", "list", "rule", "title", "in_force", "replaces", "count", "apply", "service")
    for column in ("cite", "list", "rule"):
        told.official(column, told.word(column))
    in_force, count = told.fields.get("in_force"), told.fields.get("count")
    if in_force is not None and type(in_force) is not date:
        told.wrong("in_force", in_force, "日期，如 2025-12-02", "a date such as 2025-12-02")
    if type(count) is not int or count < 1:
        told.wrong("count", count, "清单的行数", "the number of rows of the list")
    for word in told.words("apply"):
        if word not in CONFIDENCES:
            told.wrong("apply", word, *_one_of(CONFIDENCES))
    replaces = told.word("replaces") if "replaces" in told.fields else ""
    services = tuple(_services(told))
    title, edition = told.text("title"), told.word("edition")
    if len(problems) > before or not isinstance(count, int) or not (in_force is None or isinstance(in_force, date)):
        return None
    cites = (told.word("cite"), told.word("list"), told.word("rule"))
    return Head(edition, *cites, title, in_force, replaces, count, frozenset(told.words("apply")), services)


def _services(told: Entry) -> Iterator[Service]:
    found = told.fields.get("service", [])
    for row, fields in enumerate(found if isinstance(found, list) else [], start=1):
        entry = Entry(told.file, row, fields, told.problems)
        entry.only("item", "cite", "name")
        item = fields.get("item")
        if type(item) is not int:
            entry.wrong("item", item, "清单中的序号", "a number of the list")
            item = 0
        cite = entry.word("cite")
        entry.official("cite", cite)
        yield Service(item, cite, entry.text("name"))


def _one_of(words: Iterable[str]) -> tuple[str, str]:
    return f"应为 {'、'.join(words)} 之一", f"one of {', '.join(words)}"


def _table(
    text: str, name: str, columns: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV with exactly these columns, and the line each of them begins in; empty lines left out."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = next(reader, [])
        if set(head) != set(columns) or len(head) != len(columns):
            expected = (f"首行为 {','.join(columns)}", f"the first row {','.join(columns)}")
            problems.append(Problem(name, 1, "", ",".join(head), *expected))
            return
        for row in reader:
            if len(row) == len(head):
                yield reader.line_num, dict(zip(head, row, strict=True))
            elif row:
                expected = (f"{len(head)} 列，同首行", f"{len(head)} columns, as the first row")
                problems.append(Problem(name, reader.line_num, "", ",".join(row), *expected))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", str(error), "CSV 文件", "a CSV file"))


def _number(cells: dict[str, str], name: str, line: int, problems: list[Problem]) -> int:
    text = cells["no"].strip()
    if text.isascii() and text.isdecimal():
        return int(text)
    problems.append(Problem(name, line, "no", cells["no"], "序号，如 59", "a number such as 59"))
    return 0


def _rows(folder: Traversable, problems: list[Problem]) -> Iterator[Row]:
    text = _text(folder, "items.csv", problems)
    for line, cells in _table(text, "items.csv", ("no", *FIELDS), problems) if text else ():
        yield Row(_number(cells, "items.csv", line, problems), tuple(cells[field] for field in FIELDS), line)


def _corrections(folder: Traversable, problems: list[Problem]) -> Iterator[Correction]:
    if folder.joinpath("corrections.csv").is_file():
        yield from corrections_in(_text(folder, "corrections.csv", problems), problems)


def corrections_in(text: str, problems: list[Problem]) -> Iterator[Correction]:
    """The corrections in the text of a CSV. What cannot be read is added to the problems."""
    for line, cells in _table(text, "corrections.csv", CORRECTION, problems):
        number = _number(cells, "corrections.csv", line, problems)
        for column, words in (("field", FIELDS), ("confidence", tuple(CONFIDENCES))):
            if cells[column] not in words:
                problems.append(Problem("corrections.csv", line, column, cells[column], *_one_of(words)))
        confidence: Confidence = next((word for word in CONFIDENCES if word == cells["confidence"]), "low")
        reason = Text(cells["reason"], cells["reason_en"])
        yield Correction(number, cells["field"], cells["printed"], cells["corrected"], confidence, reason)
