"""What the gazette hangs into the common frame."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from gongbao.documents.access import allow
from gongbao.gazette import gathered
from gongbao.gazette.addresses import citation_url
from gongbao.gazette.selectors.drafts import draft_is_published, drafts_waiting_for
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, Allowed, actor_of, ask
from gongbao.web.gathering import dates_from, news_from, search_in
from gongbao.web.provisions import citations_lead
from gongbao.web.registry import Door, Work, in_sitemap, on_the_desk, open_door


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.gazette.views.feeds import sitemap_addresses

    citations_lead(citation_url)
    open_door(
        Door(
            5,
            Text("公报", "The gazette"),
            Text("文件、条款、检索,何时有效", "documents, provisions, search, what is in force"),
            "gazette",
        )
    )
    search_in(gathered.found)
    news_from(gathered.newest)
    dates_from(gathered.coming)
    on_the_desk(_work)
    in_sitemap(sitemap_addresses)
    allow("gazette-draft", _may_read)


def _work(actor: Any, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - nothing here is late
    if isinstance(actor, Actor) and isinstance(ask("gazette.drafts.see", actor), Allowed) and actor.person:
        yield Work(
            Text("公报导入", "Importing issues"),
            Text("上传、核对、核准公报的文字", "hand in, check and approve texts"),
            reverse("gazette_drafts"),
            drafts_waiting_for(actor.person),
        )


def _may_read(person: Person | None, key: str) -> Text | None:
    """The file of a draft: editors always, everybody once its text is published."""
    from django.utils import timezone

    if draft_is_published(key):
        return None
    ruling = ask("gazette.drafts.see", actor_of(person, timezone.localdate()))
    return None if isinstance(ruling, Allowed) else getattr(ruling, "because", None)
