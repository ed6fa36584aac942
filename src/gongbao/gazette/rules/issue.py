"""Read a whole issue of the gazette from its text."""

import re

from gongbao.gazette.rules.contents import Entry, read_front
from gongbao.gazette.rules.documents import read_document
from gongbao.gazette.rules.heads import Found, find_back_matter, find_documents
from gongbao.gazette.rules.lines import Line, drop_furniture, find_masthead, read_lines
from gongbao.gazette.rules.structure import Document, Issue, Matter, Noise
from gongbao.kernel.problem import BadInput, Problem

_ISSN = re.compile(r"ISSN\s*(\d{4}\s*[-–—]\s*\d{3}[\dXx])")
_CN = re.compile(r"CN\s*(\d{2}\s*[-–—]\s*\d{4}(?:\s*/\s*[A-Z]{1,2})?)")


def read_issue(text: str) -> Issue:
    """The issue that a text holds, every line of it in one place.

    Raises BadInput with all that is missing: a text without documents, or without the issue's number and date.
    """
    raw, noise = read_lines(text)
    masthead = find_masthead(raw)
    lines, furniture = drop_furniture(raw, masthead)
    front = read_front(lines)
    body = lines[front.length :]
    found = find_documents(body, front.entries)
    _check(found, front.number, front.published_on is not None)

    last = found[-1].at
    back = last + 1 + find_back_matter(body[last + 1 :], masthead)
    matter = list(front.matter)
    noise += furniture
    noise += [Noise(line.no, line.text, "unreadable") for line in body[: found[0].first]]
    documents: list[Document] = []
    for at, one in enumerate(found):
        end = found[at + 1].first if at + 1 < len(found) else back
        moved = Found(0, one.at - one.first, one.number, one.entry)
        document, around, unread = read_document(body[one.first : end], moved)
        documents.append(document)
        matter += around
        noise += unread
    matter += [Matter(line.no, line.text, "colophon") for line in body[back:]]
    matter, lost = _unfulfilled(matter, front.entries, {document.number for document in documents})
    assert front.number is not None and front.published_on is not None, "checked above"  # noqa: S101 - narrows types
    return Issue(
        year=front.published_on.year,
        number=front.number,
        total=front.total,
        published_on=front.published_on,
        documents=tuple(documents),
        noise=tuple(sorted(noise + lost, key=lambda one: one.line)),
        colophon=_colophon(body[back:]),
        matter=tuple(sorted(matter, key=lambda one: one.line)),
    )


def _check(found: list[Found], number: int | None, dated: bool) -> None:
    problems = []
    if number is None:
        problems.append(
            Problem("gazette", None, "number", "", "封面上没有期号,应有“第13期”字样", "no issue number (第…期) found")
        )
    if not dated:
        problems.append(
            Problem(
                "gazette",
                None,
                "published_on",
                "",
                "封面上没有出版日期,应有“2026年4月9日”字样",
                "no date of publication found",
            )
        )
    if not found:
        expected = "没有找到文件:每个文件的标题下应有单独一行文号,如“京建法〔2025〕2号”"
        english = "no document found: each has its number on a line of its own under the title"
        problems.append(Problem("gazette", None, "documents", "", expected, english))
    if problems:
        raise BadInput(problems)


def _unfulfilled(
    matter: list[Matter], entries: tuple[Entry, ...], numbers: set[str]
) -> tuple[list[Matter], list[Noise]]:
    """Lines of the contents that announce a document which was not found are reported as unreadable."""
    missing = {line for entry in entries if entry.number not in numbers for line in entry.lines}
    kept = [one for one in matter if one.what != "contents" or one.line not in missing]
    return kept, [Noise(one.line, one.text, "unreadable") for one in matter if one not in kept]


def _colophon(lines: list[Line]) -> dict[str, str]:
    text = "\n".join(line.text for line in lines)
    named = {"issn": _ISSN.search(text), "cn": _CN.search(text)}
    return {key: re.sub(r"\s", "", match[1]) for key, match in named.items() if match}
