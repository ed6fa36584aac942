"""Search: the passages in which all words stand, newest issue first, in printed order."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.gazette import search_index
from gongbao.gazette.models import Passage
from gongbao.gazette.rules import search_text
from gongbao.gazette.selectors.documents import documents_current, issue_get
from gongbao.gazette.selectors.resolve import Announced, Resolved, lookup
from gongbao.gazette.tables.packaged import packaged_documents
from gongbao.kernel.problem import BadInput, Problem


@dataclass(frozen=True)
class Hit:
    """A passage that was found, with an excerpt in which the words are marked."""

    passage: Passage
    excerpt: tuple[search_text.Piece, ...]


@dataclass(frozen=True)
class DigestHit:
    """A digest that holds the words, of a document whose text is not imported."""

    cite: str
    excerpt: tuple[search_text.Piece, ...]


@dataclass(frozen=True)
class Share:
    """How many of the passages are in a document or an issue. title: of the document, "" of an issue."""

    key: str
    title: str
    count: int


@dataclass(frozen=True)
class Found:
    """count: all passages found; hits: those of the page asked for; words: what was looked for, folded.

    named: the place that the query names, where it is a citation and not words alone. by_document, by_issue: where
    the passages are, whatever document or issue was asked for; digests: of documents whose text is not imported.
    """

    words: tuple[str, ...]
    count: int
    hits: tuple[Hit, ...]
    named: Resolved | Announced | None = None
    by_document: tuple[Share, ...] = ()
    by_issue: tuple[Share, ...] = ()
    digests: tuple[DigestHit, ...] = ()


def passages_matching(words: list[str]) -> QuerySet[Passage]:
    """Passages of current texts in which the characters of each folded word stand side by side."""
    found = Passage.objects.select_related("revision__document__issue")
    for word in words:
        found = found.filter(pk__in=search_index.matching(word))
    return found.order_by(
        "-revision__document__issue__year", "-revision__document__issue__number", "revision__position", "position"
    )


def search(query: str, *, start: int = 0, limit: int = 20, document: str = "", issue: str = "") -> Found:
    """Look for what a person typed; `start`, `limit`: the page; `document`, `issue`: only in the one of that key or
    name (2026-13). Raises BadInput for a query that has no words, and for an issue that is not imported."""
    words = search_text.words(query)
    if not words:
        raise BadInput([Problem("检索 search", None, "", query, "至少一个字或数字", "at least one letter or digit")])
    longest = search_index.LONGEST
    if any(len(word) > longest for word in words):
        expected = f"每个检索词最多{longest}字,可用空格分开"
        raise BadInput(
            [Problem("检索 search", None, "", query, expected, f"words of at most {longest} characters, cut by spaces")]
        )
    everywhere = passages_matching(words)
    by_document, by_issue = _counts(everywhere)
    found = _within(everywhere, document, issue)
    hits = (Hit(passage, search_text.excerpt(passage.text, words)) for passage in found[start : start + limit])
    digests = () if document or issue or start else _digests(words)
    return Found(tuple(words), found.count(), tuple(hits), _named(query), by_document, by_issue, digests)


def _within(found: QuerySet[Passage], document: str, issue: str) -> QuerySet[Passage]:
    if document:
        found = found.filter(revision__document__key=document.replace("\0", ""))  # PostgreSQL refuses the character
    if issue:
        found = found.filter(revision__document__issue=issue_get(issue))
    return found


def _counts(found: QuerySet[Passage]) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Passages by document and by issue, in the order of the results."""
    by_document: Counter[tuple[str, str]] = Counter()
    by_issue: Counter[str] = Counter()
    held = found.values_list(
        "revision__document__key",
        "revision__title",
        "revision__document__issue__year",
        "revision__document__issue__number",
    )
    for key, title, year, number in held:
        by_document[key, title] += 1
        by_issue[f"{year}-{number}"] += 1
    documents = tuple(Share(key, title, count) for (key, title), count in by_document.items())
    return documents, tuple(Share(name, "", count) for name, count in by_issue.items())


def _digests(words: list[str]) -> tuple[DigestHit, ...]:
    """Digests, in either language, that hold all words."""
    imported = set(documents_current().values_list("number", flat=True))
    found = []
    for known in packaged_documents():
        for cite, digest in known.digests.items() if known.number not in imported else ():
            text = f"{digest.zh}\n{digest.en}"
            if all(search_text.hits(text, [word]) for word in words):
                found.append(DigestHit(cite, search_text.excerpt(text, words)))
    return tuple(found)


def _named(query: str) -> Resolved | Announced | None:
    try:
        return lookup(query)
    except BadInput:  # words, or a citation of something unknown: search goes on with its words
        return None
