"""The Atom feed of new documents."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongbao.gazette.addresses import key_url, place_url
from gongbao.gazette.selectors.documents import cites_known, documents_newest, issues_list

NEWEST = 50


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The documents that were read in or revised last, the newest first."""
    made = Atom1Feed(
        title="公报:新文件 Gongbao: new documents",
        link=request.build_absolute_uri(reverse("gazette")),
        feed_url=request.build_absolute_uri(reverse("gazette_feed")),
        description="",
        language="zh-Hans",
    )
    for revision in documents_newest()[:NEWEST]:
        link = request.build_absolute_uri(key_url(revision.document.key))
        dated = revision.issued_on
        made.add_item(
            title=f"{revision.number} {revision.title}".strip(),
            link=link,
            unique_id=f"{link}#{revision.sequence}",
            description=revision.title_en or revision.title,
            author_name="、".join(revision.issuers) or "—",
            pubdate=datetime.combine(dated, time(), UTC) if dated else revision.reading.read_at,
            updateddate=revision.reading.read_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def sitemap_addresses() -> list[str]:
    """Every public address of the gazette, for machines that list pages."""
    found = [reverse(name) for name in ("gazette", "gazette_in_force", "gazette_graph", "gazette_readings")]
    found += [reverse("gazette_issue", args=[issue.code]) for issue in issues_list()]
    return found + [place_url(cite) for cite in cites_known()]
