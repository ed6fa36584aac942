"""What the gazette brings to the front page."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongbao.gazette.addresses import key_url, place_url
from gongbao.gazette.rules.search_text import Piece
from gongbao.gazette.selectors.documents import documents_list, documents_newest
from gongbao.gazette.selectors.search import search
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.web.gathering import Entry, Results

SHOWN = 5


def found(query: str) -> Results | None:
    """The place that the query cites, then passages, then digests of documents without a text."""
    try:
        said = search(query, limit=SHOWN)
    except BadInput:
        return None
    entries = [Entry(hit.passage.cite, place_url(hit.passage.cite), _words(hit.excerpt)) for hit in said.hits]
    entries += [Entry(hit.cite, place_url(hit.cite), _words(hit.excerpt)) for hit in said.digests]
    count = said.count + len(said.digests)
    if said.named:
        cite = said.named.place.cite or str(said.named.citation)
        entries, count = [Entry(cite, place_url(cite), said.named.summary), *entries], count + 1
    more = f"{reverse('gazette_search')}?{urlencode({'q': query})}"
    return Results(Text("公报", "The gazette"), count, tuple(entries[:SHOWN]), more)


def _words(excerpt: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in excerpt)


def newest(today: date) -> Iterator[Entry]:  # noqa: ARG001 - nothing here looks ahead
    """Documents that were read in last."""
    for revision in documents_newest()[:SHOWN]:
        read = timezone.localdate(revision.reading.read_at)
        yield Entry(revision.title, key_url(revision.document.key), revision.number, read)


def coming(today: date) -> Iterator[Entry]:
    """First days of documents not yet in force, last days of those that are."""
    for listed in documents_list():
        key, holds = listed.revision.document.key, listed.validity
        if holds.begins and holds.begins > today:
            yield Entry(listed.revision.title, key_url(key), Text("起施行", "enters into force"), holds.begins)
        if holds.ends and holds.ends >= today:
            yield Entry(listed.revision.title, key_url(key), Text("有效期届满", "last day in force"), holds.ends)
