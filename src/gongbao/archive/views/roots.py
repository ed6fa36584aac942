"""The daily roots, for anybody: as a page, and as a feed that others can keep."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongbao.archive.models import DailyRoot
from gongbao.archive.selectors import roots as roots_of

PER_PAGE, IN_FEED = 50, 40


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """Every root, the newest first."""
    page = Paginator(roots_of(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/roots.html", {"page": page})


class RootsFeed(Feed[DailyRoot, None]):
    """The newest roots as Atom."""

    feed_type = Atom1Feed
    title = "档案每日根值 · Daily roots of the dossiers"
    subtitle = "gongbao archive verify FILE --root ROOT"

    def link(self) -> str:
        return reverse("roots")

    def items(self) -> list[DailyRoot]:
        return list(roots_of()[:IN_FEED])

    def item_title(self, item: DailyRoot) -> str:
        return f"{item.day}"

    def item_description(self, item: DailyRoot) -> str:
        return f"{item.algorithm} {item.root} ({item.dossiers})"

    def item_link(self, item: DailyRoot) -> str:
        return f"{reverse('roots')}#{item.day}"

    def item_guid(self, item: DailyRoot) -> str:
        return f"root-{item.day}"

    def item_updateddate(self, item: DailyRoot) -> datetime:
        return item.made_at
