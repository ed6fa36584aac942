"""What the domains hang into the common frame: doors on the front page, entries of the desk, the search.

A domain registers in the `ready` of its AppConfig; only what is registered is shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Door:
    """A way in on the front page and in the menu. place: its order, from 1; url_name: where it leads."""

    place: int
    name: Text
    says: Text
    url_name: str


@dataclass(frozen=True)
class Work:
    """Something on the desk of a person. waiting: how many things wait there, None where nothing is counted;
    overdue: how many of them are late."""

    name: Text
    says: Text
    url: str
    waiting: int | None = None
    overdue: int = 0


WorkOf = Callable[[Any, datetime], Iterable[Work]]  # the actor, now

_doors: dict[int, Door] = {}
_desk: list[WorkOf] = []
_search: list[str] = []
_sitemap: list[Callable[[], Iterable[str]]] = []


def open_door(door: Door) -> None:
    """Show a door. A second door for the same place is a mistake in the code."""
    if _doors.get(door.place, door) != door:
        raise ValueError(f"place {door.place} has a door already: {_doors[door.place].name}")
    _doors[door.place] = door


def doors() -> list[Door]:
    return [_doors[place] for place in sorted(_doors)]


def on_the_desk(work_of: WorkOf) -> WorkOf:
    """Ask this function for the work of a person whenever her desk is shown. Usable as a decorator."""
    if work_of not in _desk:
        _desk.append(work_of)
    return work_of


def desk_of(actor: Any, now: datetime) -> list[Work]:
    """All work of a person: what is late first, then what waits, then the rest in the order of registration."""
    found = [work for work_of in _desk for work in work_of(actor, now)]
    return sorted(found, key=lambda work: (-work.overdue, -(work.waiting or 0)))


def in_sitemap(addresses: Callable[[], Iterable[str]]) -> None:
    """List these public addresses (paths) for machines that look for pages."""
    if addresses not in _sitemap:
        _sitemap.append(addresses)


def sitemap_addresses() -> list[str]:
    return [address for addresses in _sitemap for address in addresses()]


def search_at(url_name: str) -> None:
    """Let the search box in the head of every page lead to this address, with the words in `q`."""
    _search[:] = [url_name]


def search_url_name() -> str:
    return _search[0] if _search else ""
