"""Public pages: issues, documents, provisions, their revisions and downloads."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from gongbao.documents.selectors import file_content
from gongbao.gazette.addresses import cited, place_url
from gongbao.gazette.rules import structure as s
from gongbao.gazette.selectors.documents import documents_known, documents_list, issue_get, issues_list
from gongbao.gazette.selectors.drafts import original_of
from gongbao.gazette.selectors.export import FORMS, export
from gongbao.gazette.selectors.issues import issue_contents
from gongbao.gazette.selectors.pages import (
    anchor_of,
    beside,
    document_works,
    neighbours,
    place_works,
    revisions_of,
    row_cells,
    short_cite,
    skeleton_works,
)
from gongbao.gazette.selectors.resolve import Announced, Resolved, lookup, resolve
from gongbao.gazette.selectors.revisions import revisions_compare
from gongbao.gazette.tables.skeletons import packaged_skeletons
from gongbao.gazette.views.linked_data import document_data, issue_data
from gongbao.kernel.problem import BadInput
from gongbao.organisations.permissions import actor

LONGEST_NUMBER = 9
MEDIA = {
    "json": ("application/json", "json"),
    "html": ("text/html; charset=utf-8", "html"),
    "akn": ("application/akn+xml; charset=utf-8", "xml"),
    "text": ("text/plain; charset=utf-8", "txt"),
}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The gazette: its issues, what is in it, and the ways to find something."""
    imported = documents_list()
    numbers = {listed.revision.number for listed in imported}
    announced = [known for number, known in packaged_skeletons().items() if number not in numbers]
    context = {"issues": issues_list(), "announced": announced, "count": len(imported)}
    return render(request, "gazette/front.html", context)


@require_safe
def issue(request: HttpRequest, name: str) -> HttpResponse:
    """One issue: its contents as printed, its colophon, and what of it is no text."""
    try:
        shown = issue_get(name)
    except BadInput as bad:
        return nowhere(request, name, bad)
    contents = issue_contents(shown)
    context = {"contents": contents, "issue": shown, "name": name, "original": original_of(contents.reading)}
    context["linked_data"] = issue_data(shown, request.build_absolute_uri)
    return render(request, "gazette/issue.html", context)


@vary_on_headers("HX-Request")
@require_safe
def place(request: HttpRequest, address: str) -> HttpResponse:
    """A document or a provision. Any spelling of its citation leads to its one address.

    A link that is only hovered over asks for the same address and gets a few words of it.
    """
    if request.htmx:  # type: ignore[attr-defined]
        return _preview(request, cited(address))
    revision = _whole(request.GET.get("revision", ""))
    try:
        found = lookup(cited(address)) if revision is None else resolve(cited(address), sequence=revision)
    except BadInput as bad:
        return nowhere(request, cited(address), bad)
    cite = found.place.cite or str(found.citation)
    if cite != cited(address):
        query = request.GET.urlencode()
        return HttpResponseRedirect(place_url(cite) + (f"?{query}" if query else ""))
    if isinstance(found, Announced):
        return _announced(request, found)
    if isinstance(found.place.target, s.Document):
        return _document(request, found)
    return _provision(request, found, cite)


def _document(request: HttpRequest, found: Resolved) -> HttpResponse:
    works = document_works(found.document)
    issued = [shown for shown in works if shown.work.role != "notice"]
    context = {
        "found": found,
        "cite": found.place.cite or str(found.citation),
        "notices": [shown for shown in works if shown.work.role == "notice"] if issued else [],
        "works": issued or works,
        "known": documents_known(),
        "revisions": revisions_of(found.revision),
        "original": original_of(found.revision.reading),
        "today": timezone.localdate(),
        "holds": found.validity.holds(timezone.localdate()),
        "forms": MEDIA,
        "linked_data": document_data(found, timezone.localdate(), request.build_absolute_uri),
    }
    return render(request, "gazette/document.html", context)


def _provision(request: HttpRequest, found: Resolved, cite: str) -> HttpResponse:
    before, after = neighbours(found.document, cite)
    above = dict.fromkeys(one.cite for one in found.place.inside if not isinstance(one, s.Document))
    number = found.document.number
    context = {
        "found": found,
        "cite": cite,
        "short": short_cite(cite, number),
        "above": [(one, short_cite(one, number)) for one in above if one not in ("", number, cite)],
        "works": place_works(found.document, found.place),
        "row": row_cells(found.document, found.place),
        "beside": beside(cite),
        "anchor": anchor_of(found.document, cite),
        "before": before,
        "before_short": short_cite(before, number),
        "after": after,
        "after_short": short_cite(after, number),
        "holds": found.validity.holds(timezone.localdate()),
        "newer": not found.revision.is_current,
    }
    return render(request, "gazette/provision.html", context)


def _announced(request: HttpRequest, found: Announced) -> HttpResponse:
    """What the package itself knows of a document whose text is not imported."""
    known = packaged_skeletons()[found.citation.document]
    context: dict[str, Any] = {"found": found, "cite": found.place.cite, "announced": True}
    context["beside"] = beside(found.place.cite)
    if found.place.level == "document":
        return render(request, "gazette/announced.html", {**context, "works": skeleton_works(known)})
    context["short"] = short_cite(found.place.cite, known.number)
    return render(request, "gazette/announced_place.html", context)


def _preview(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        found = lookup(typed)
    except BadInput as bad:
        return render(request, "gazette/parts/preview.html", {"cite": typed, "bad": bad})
    context = {"found": found, "cite": found.place.cite or str(found.citation)}
    return render(request, "gazette/parts/preview.html", context)


@require_safe
def revisions(request: HttpRequest, address: str) -> HttpResponse:
    """The texts of a document, and the differences between two of them."""
    old, new = _whole(request.GET.get("old", "")), _whole(request.GET.get("new", ""))
    try:
        texts = revisions_of(resolve(cited(address)).revision)
        compared = revisions_compare(cited(address), old=old, new=new) if len(texts) > 1 else None
    except BadInput as bad:
        return nowhere(request, cited(address), bad)
    context = {"texts": texts, "compared": compared, "revision": texts[0], "address": address}
    return render(request, "gazette/revisions.html", context)


@require_safe
def original(request: HttpRequest, name: str, sequence: int) -> HttpResponse:
    """The file that a text of an issue was read from, as an editor handed it in."""
    try:
        reading = issue_get(name).readings.filter(sequence=sequence).first()
    except BadInput as bad:
        return nowhere(request, name, bad)
    file = original_of(reading) if reading else None
    if file is None:
        return nowhere(request, name, None)
    named = content_disposition_header(True, file.name) or "attachment"
    content = file_content(file, actor(request).person)
    return HttpResponse(content, content_type=file.media_type, headers={"Content-Disposition": named})


@require_safe
def download(request: HttpRequest, form: str, address: str) -> HttpResponse:
    """A document or an issue as a file."""
    if form not in FORMS:
        return nowhere(request, form, None)
    try:
        body = export(cited(address), form)
    except BadInput as bad:
        return nowhere(request, cited(address), bad)
    media, ending = MEDIA[form]
    name = content_disposition_header(True, f"{cited(address)}.{ending}") or "attachment"
    return HttpResponse(body, content_type=media, headers={"Content-Disposition": name})


def nowhere(request: HttpRequest, typed: str, bad: BadInput | None) -> HttpResponse:
    """Nothing stands there: what was typed, what is there instead, and how to look for it."""
    return render(request, "gazette/nowhere.html", {"typed": typed, "bad": bad, "q": ""}, status=404)


def _whole(text: str) -> int | None:
    """A number in an address, None for what is none."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else None


def day_of(request: HttpRequest) -> date:
    """The day asked for in the address, today by default and for what is no day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
