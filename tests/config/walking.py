"""Walking the pages of the house by their links, as a stranger and as each made-up person."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.core.cache import cache
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'\shref="(/[^"]*)"')
AWAY = ("/prefer/", "/static/")  # leads back here; no page


@dataclass(frozen=True)
class Walked:
    """A page that was shown. who: the login, "anybody" for a stranger; html: its bytes."""

    who: str
    language: str
    url: str
    html: bytes


def walk(
    client: Client, who: str, language: str, starts: Iterable[str], within: str = "/", most: int = 3
) -> Iterator[Walked]:
    """The pages at these addresses, and those that their links lead to below `within`: of each kind of address (as
    urls.py writes it) the first few."""
    client.cookies["django_language"] = language
    waiting, seen, kinds = deque(starts), set[str](), Counter[str]()
    first = set(waiting)
    while waiting:
        url = waiting.popleft()
        if url in seen or url.startswith(AWAY) or not url.startswith(within):
            continue
        seen.add(url)
        kind = _kind(url)
        if kinds[kind] >= most and url not in first:
            continue
        kinds[kind] += 1
        cache.clear()  # throttles are tested elsewhere
        answer = client.get(url)
        if not is_page(answer):
            continue
        yield Walked(who, language, url, answer.content)
        waiting += (unescape(link).split("#")[0] for link in LINK.findall(answer.content.decode()))


def is_page(answer: HttpResponseBase) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html") and bool(getattr(answer, "content", b""))


def _kind(url: str) -> str:
    try:
        return resolve(url.split("?")[0]).route
    except Resolver404:
        return url
