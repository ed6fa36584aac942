"""Public pages that lead to texts: search, what is in force when, who names whom, readings."""

from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongbao.gazette.addresses import place_url
from gongbao.gazette.rules.drawing import HEAD, ROW, WIDTH, graph, timeline
from gongbao.gazette.selectors.documents import Link, documents_graph, documents_known, documents_list
from gongbao.gazette.selectors.resolve import Announced
from gongbao.gazette.selectors.search import Found, search
from gongbao.gazette.tables.packaged import packaged_readings
from gongbao.gazette.views.reading import day_of
from gongbao.kernel.problem import BadInput

PAGE = 20


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Passages that hold the words, with the words marked. A citation alone opens its place."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "document", "issue")}
    typed = request.GET.get("page", "1")
    page = max(int(typed), 1) if typed.isdecimal() and len(typed) < 7 else 1
    context: dict[str, object] = {**asked, "page": page}
    if asked["q"]:
        try:
            found = search(
                asked["q"], start=(page - 1) * PAGE, limit=PAGE, document=asked["document"], issue=asked["issue"]
            )
        except BadInput as bad:
            return render(request, "gazette/search.html", {**context, "bad": bad})
        if found.named:
            return HttpResponseRedirect(_address(found))
        context |= {"found": found, "pages": -(-found.count // PAGE), "first": (page - 1) * PAGE + 1}
    return render(request, "gazette/search.html", context)


def _address(found: Found) -> str:
    named = found.named
    if named is None:
        return ""
    return place_url(named.place.cite if isinstance(named, Announced) or named.place.cite else str(named.citation))


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """Which documents hold on a day, drawn over the years."""
    on = day_of(request)
    listed = documents_list()
    spans = [(one.revision.document.key, one.validity.begins, one.validity.ends) for one in listed]
    rows = [(one, one.validity.holds(on)) for one in listed]
    context = {
        "on": on,
        "rows": rows,
        "counts": Counter(holds for _, holds in rows),
        "holding": sum(holds is True for _, holds in rows),
        "timeline": timeline(spans, on),
        "width": WIDTH,
        "row_height": ROW,
        "head": HEAD,
    }
    return render(request, "gazette/in_force.html", context)


@require_safe
def graph_page(request: HttpRequest) -> HttpResponse:
    """Which document names which. Drawn: what is replaced or relied on, and what ties documents to each other."""
    document = request.GET.get("document", "")
    links = documents_graph()
    shared = {to for to, count in Counter(link.to for link in links).items() if count > 1}
    chosen = [link for link in links if link.origin == document] if document else links
    drawn = chosen if document else [link for link in chosen if _ties(link, shared)]
    context = {
        "document": document,
        "origins": list(dict.fromkeys(link.origin for link in links)),
        "links": chosen,
        "drawn": drawn,
        "targets": len({link.to for link in chosen}),
        "shared": shared,
        "graph": graph([(link.origin, link.kind, link.to) for link in drawn]),
        "known": documents_known(),
        "width": WIDTH,
    }
    return render(request, "gazette/graph.html", context)


def _ties(link: Link, shared: set[str]) -> bool:
    return link.kind != "cites" or link.known or link.to in shared


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Where the printed text leaves room: the question, the reading that is followed, why, and which provisions."""
    return render(request, "gazette/readings.html", {"readings": packaged_readings().values()})
