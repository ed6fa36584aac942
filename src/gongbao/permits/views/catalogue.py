"""Public pages of the permit list: search, items, laws, editions and what changed between them."""

from dataclasses import fields, replace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.organisations.permissions import Allowed, actor, ask
from gongbao.permits.rules.diff import KINDS, diff
from gongbao.permits.rules.guides import STATES
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.laws import find_laws, laws
from gongbao.permits.rules.search import Filters, search
from gongbao.permits.rules.writing import runs
from gongbao.permits.selectors import edition_shown, editions_published, guide_shown, revisions_of
from gongbao.permits.tables import files
from gongbao.permits.tables.packaged import modes
from gongbao.permits.views.showing import facets, item_page, service_data

PAGE = 50
FORMS = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.as_xlsx),
    "json": ("application/json", files.as_json),
    "pdf": ("application/pdf", files.as_pdf),
}


def edition_asked(request: HttpRequest, name: str = "") -> Edition:
    """The edition that the address names, the one in force today where it names none."""
    found = edition_shown(timezone.localdate(), name or request.GET.get("edition", ""))
    if found is None:
        raise Http404
    return found


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by words and by who, where, how and on which law."""
    edition = edition_asked(request)
    asked = Filters(**{field.name: request.GET.get(field.name, "").strip() for field in fields(Filters)})
    query = request.GET.get("q", "").strip()
    found = search(edition, query, asked)
    if request.GET.get("format") == "csv":
        return _file(replace(edition, items=found.items), "csv")
    whole = not query and asked == Filters()
    address = request.GET.copy()
    address.pop("page", None)
    context = {
        "edition": edition,
        "asked": asked,
        "whole": whole,
        "found": found,
        "facets": facets(found, asked, modes()),
        "page": Paginator(edition.rows if whole else found.items, PAGE).get_page(request.GET.get("page")),
        "address": address.urlencode(),
    }
    return render(request, "permits/search.html", context)


@require_safe
def item(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One item with everything that belongs to it; where its row is unread, that it is."""
    edition = edition_asked(request, name)
    if not 1 <= number <= edition.count:
        raise Http404
    around = {one.no: one for one in edition.items if abs(one.no - number) <= 1}
    context = {
        "edition": edition,
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < edition.count else 0,
        "item_before": around.get(number - 1),
        "item_after": around.get(number + 1),
    }
    if number not in around:
        return render(request, "permits/gap.html", context)
    shown = around[number]
    context |= item_page(edition, shown, modes())
    guided = guide_shown(edition, number)
    context |= guided | {"guide_words": STATES[guided["guide_state"]]}
    context["may_write"] = isinstance(ask("permits.guide.write", actor(request)), Allowed)
    context["linked_data"] = service_data(edition, shown, request.build_absolute_uri(request.path))
    return render(request, "permits/item.html", context)


@require_safe
def laws_page(request: HttpRequest) -> HttpResponse:
    """Every law of the list; for one, what must be reviewed when it changes."""
    edition = edition_asked(request)
    law = request.GET.get("law", "").strip()
    found = find_laws(edition, law) if law else laws(edition)
    return render(request, "permits/laws.html", {"edition": edition, "law": law, "laws": found})


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, the newest first."""
    today = timezone.localdate()
    context = {"editions": list(editions_published().values())[::-1], "current": edition_shown(today), "today": today}
    return render(request, "permits/editions.html", context)


@require_safe
def edition(request: HttpRequest, name: str) -> HttpResponse:
    """One edition: from when it holds, what of it is unread, what was corrected, and the list as a file."""
    shown = edition_asked(request, name)
    context = {
        "edition": shown,
        "current": edition_shown(timezone.localdate()) == shown,
        "missing": runs(shown.missing),
        "corrected": [one for one in shown.items if len(one.hints) < len(one.corrections)],
        "hinted": [one for one in shown.items if one.hints],
        "texts": revisions_of(name).exclude(decided_at=None).exclude(state="returned"),
        "others": [one for one in editions_published() if one != name],
        "forms": [form for form in FORMS if form != "pdf" or shown.in_force],
    }
    return render(request, "permits/edition.html", context)


@require_safe
def download(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """An edition as a file. The notice needs the day from which the edition holds."""
    shown = edition_asked(request, name)
    if form not in FORMS or (form == "pdf" and shown.in_force is None):
        raise Http404
    return _file(shown, form)


def _file(edition: Edition, form: str) -> HttpResponse:
    media, made = FORMS[form]
    named = {"Content-Disposition": f'attachment; filename="permits-{edition.edition}.{form}"'}
    return HttpResponse(made(edition), content_type=media, headers=named)


@require_safe
def diff_page(request: HttpRequest) -> HttpResponse:
    """What changed from one edition to another; by default to the newest from the one before it."""
    known = editions_published()
    names = list(known)
    old = request.GET.get("old", names[-2] if len(names) > 1 else names[-1])
    new = request.GET.get("new", names[-1])
    if old not in known or new not in known:
        raise Http404
    changes = diff(known[old], known[new], modes())
    groups = [(kind, [one for one in changes if one.kind == code]) for code, kind in KINDS.items()]
    context = {
        "names": names,
        "old": known[old],
        "new": known[new],
        "changes": changes,
        "groups": [group for group in groups if group[1]],
    }
    return render(request, "permits/diff.html", context)
