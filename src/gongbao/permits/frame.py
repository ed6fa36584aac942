"""What the permit list hangs into the common frame."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, ask
from gongbao.permits import permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.permits.addresses import item_url, public_addresses
from gongbao.permits.rules.items import ITEM
from gongbao.permits.rules.search import search
from gongbao.permits.selectors import edition_shown, editions_published, revisions_open
from gongbao.web.gathering import Entry, Results, dates_from, news_from, search_in
from gongbao.web.provisions import Run, runs_from
from gongbao.web.registry import Door, Work, in_sitemap, on_the_desk, open_door

NAME = Text("许可清单", "Permits")
SHOWN = 5


def enter() -> None:
    """Called once, when the application is ready."""
    says = Text("哪些是行政许可,由谁办理,依据什么", "which permits there are, who handles them, on which law")
    open_door(Door(4, NAME, says, "permits"))
    search_in(found)
    news_from(newest)
    dates_from(coming)
    runs_from(items)
    on_the_desk(work)
    in_sitemap(lambda: public_addresses(editions_published()))


def found(query: str) -> Results | None:
    """Items of the edition in force that hold the words."""
    edition = edition_shown(timezone.localdate())
    if edition is None or not query.strip():
        return None
    items = search(edition, query).items
    entries = tuple(Entry(f"{one.no} {one.name}", item_url(edition, one.no), one.cite) for one in items[:SHOWN])
    return Results(NAME, len(items), entries, f"{reverse('permits')}?{urlencode({'q': query})}")


def newest(today: date) -> Iterator[Entry]:
    """Editions that have come into force."""
    for name, one in editions_published().items():
        if one.in_force and one.in_force <= today:
            yield Entry(one.title, reverse("permits_edition", args=[name]), one.cite, one.in_force)


def coming(today: date) -> Iterator[Entry]:
    """Editions that will come into force."""
    for name, one in editions_published().items():
        if one.in_force and one.in_force > today:
            yield Entry(
                one.title, reverse("permits_edition", args=[name]), Text("起施行", "enters into force"), one.in_force
            )


def items() -> Iterator[Run]:
    """Every item on its row; the check on the sentence that nothing else is a permit; items on what they run by."""
    for edition in editions_published().values():
        checking = Text("核对一个名称是否在清单内", "Is a name on the list?")
        if edition.rule:
            yield Run(edition.rule, NAME, checking, None, reverse("permits_check"))
        for item in edition.items:
            yield Run(item.cite, ITEM, _name(item.no, item.name), None, item_url(edition, item.no))
        for service in edition.services:
            name = next((item.name for item in edition.items if item.no == service.item), "")
            yield Run(service.cite, ITEM, _name(service.item, name), None, item_url(edition, service.item))


def _name(number: int, name: str) -> Text:
    """Names of items are official titles: English pages give the number."""
    return Text(f"第{number}项 {name}".strip(), f"item {number} of the list")


def work(actor: Any, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - nothing here is late
    """Drafts that an editor may decide."""
    if isinstance(actor, Actor) and isinstance(ask("permits.edition.draft", actor), Allowed):
        waiting = [one for one in revisions_open() if isinstance(ask("permits.edition.decide", actor, one), Allowed)]
        says = Text("起草、审核、发布许可清单的版本", "draft, decide and publish editions of the list")
        yield Work(
            Text("办事指南", "Service guides"),
            Text("编写、更新各事项的办事指南", "write and update the guides of the items"),
            reverse("permits_guides"),
        )
        yield Work(Text("许可清单版本", "Editions of the permit list"), says, reverse("permits_drafts"), len(waiting))
