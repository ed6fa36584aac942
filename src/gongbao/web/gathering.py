"""What the front page gathers from the domains: a search over everything, what is new, which dates come.

A domain registers its functions in the `ready` of its AppConfig; what no domain has is not shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Entry:
    """A line that leads somewhere. title, says: official Chinese as a plain string, or both languages; on: its day,
    where it has one."""

    title: Text | str
    url: str
    says: Text | str = ""
    on: date | None = None


@dataclass(frozen=True)
class Results:
    """What a domain found: the first entries, how many there are, and where all of them are."""

    name: Text
    count: int
    entries: tuple[Entry, ...]
    more_url: str = ""


Search = Callable[[str], Results | None]  # None: nothing found, or nothing that could be looked for
Dated = Callable[[date], Iterable[Entry]]  # entries with a day; the argument is today

_searches: list[Search] = []
_news: list[Dated] = []
_dates: list[Dated] = []


def search_in(find: Search) -> None:
    """Ask this function, too, when somebody searches everything."""
    if find not in _searches:
        _searches.append(find)


def search_everything(query: str) -> list[Results]:
    """What the domains found, in the order of registration; those that found nothing are left out."""
    return [found for find in _searches if (found := find(query)) and found.count]


def news_from(source: Dated) -> None:
    """Ask this function for what is new."""
    if source not in _news:
        _news.append(source)


def news(today: date, limit: int) -> list[Entry]:
    """What is new, the newest first."""
    return sorted(_all(_news, today), key=lambda one: one.on or today, reverse=True)[:limit]


def dates_from(source: Dated) -> None:
    """Ask this function for dates that come."""
    if source not in _dates:
        _dates.append(source)


def dates(today: date, limit: int) -> list[Entry]:
    """Dates that come, today among them, the next first."""
    coming = [one for one in _all(_dates, today) if one.on and one.on >= today]
    return sorted(coming, key=lambda one: one.on or today)[:limit]


def _all(sources: list[Dated], today: date) -> list[Entry]:
    return [one for source in sources for one in source(today)]
