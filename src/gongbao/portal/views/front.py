"""The front page: a search over everything, a door for each thing that people come for, what is new and what comes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.web.gathering import dates, news, search_everything

SHOWN = 6


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "portal/front.html", {"news": news(today, SHOWN), "dates": dates(today, SHOWN)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What each domain finds for the words, the first few of each."""
    query = request.GET.get("q", "").strip()
    return render(request, "portal/search.html", {"results": search_everything(query) if query else []})
