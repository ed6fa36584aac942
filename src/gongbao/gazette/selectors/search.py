"""Search: the passages in which all words stand, newest issue first, in printed order."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.gazette import search_index
from gongbao.gazette.models import Passage
from gongbao.gazette.rules import search_text
from gongbao.gazette.selectors.resolve import Announced, Resolved, lookup
from gongbao.kernel.problem import BadInput, Problem


@dataclass(frozen=True)
class Hit:
    """A passage that was found, with an excerpt in which the words are marked."""

    passage: Passage
    excerpt: tuple[search_text.Piece, ...]


@dataclass(frozen=True)
class Found:
    """count: all passages found; hits: those of the page asked for; words: what was looked for, folded.

    named: the place that the query names, where it is a citation and not words alone.
    """

    words: tuple[str, ...]
    count: int
    hits: tuple[Hit, ...]
    named: Resolved | Announced | None = None


def passages_matching(words: list[str]) -> QuerySet[Passage]:
    """Passages of current texts in which the characters of each folded word stand side by side."""
    found = Passage.objects.select_related("revision__document__issue")
    for word in words:
        found = found.filter(pk__in=search_index.matching(word))
    return found.order_by(
        "-revision__document__issue__year", "-revision__document__issue__number", "revision__position", "position"
    )


def search(query: str, *, start: int = 0, limit: int = 20) -> Found:
    """Look for what a person typed; `start`, `limit`: the page. Raises BadInput for a query that has no words."""
    words = search_text.words(query)
    if not words:
        raise BadInput([Problem("检索 search", None, "", query, "至少一个字或数字", "at least one letter or digit")])
    longest = search_index.LONGEST
    if any(len(word) > longest for word in words):
        expected = f"每个检索词最多{longest}字,可用空格分开"
        raise BadInput(
            [Problem("检索 search", None, "", query, expected, f"words of at most {longest} characters, cut by spaces")]
        )
    found = passages_matching(words)
    hits = (Hit(passage, search_text.excerpt(passage.text, words)) for passage in found[start : start + limit])
    return Found(tuple(words), found.count(), tuple(hits), _named(query))


def _named(query: str) -> Resolved | Announced | None:
    try:
        return lookup(query)
    except BadInput:  # words, or a citation of something unknown: search goes on with its words
        return None
