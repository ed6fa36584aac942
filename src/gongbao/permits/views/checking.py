"""Is it on the list? One name in the address, or many in a file; the answers on a page or as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongbao.kernel.problem import BadInput
from gongbao.permits.forms import NamesForm
from gongbao.permits.rules.check import KINDS, Verdict, check
from gongbao.permits.rules.items import Edition, Item
from gongbao.permits.selectors import changes_into
from gongbao.permits.tables import answers
from gongbao.permits.views.catalogue import FORMS, edition_asked

Asked = list[tuple[int | None, str]]
LONGEST = 200  # characters of a name


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """One name is a link that can be sent; a list is posted and nothing of it is kept."""
    edition = edition_asked(request)
    name = request.GET.get("name", "").strip()[:LONGEST]
    asked: Asked = [(None, name)] if name else []
    form = NamesForm(request.POST, request.FILES) if request.method == "POST" else NamesForm()
    if request.method == "POST":
        asked = []
        if form.is_valid():
            try:
                asked = form.asked()
            except BadInput as bad:
                form.take(bad)
    changes = changes_into(edition) if asked else ()
    verdicts = [(row, check(one, edition, changes)) for row, one in asked]
    ending = request.POST.get("answer", "")
    if verdicts and ending in ("csv", "xlsx"):
        named = {"Content-Disposition": f'attachment; filename="permits-check.{ending}"'}
        return HttpResponse(answers.content(f".{ending}", verdicts), content_type=FORMS[ending][0], headers=named)
    context = {
        "edition": edition,
        "name": name,
        "form": form,
        "verdicts": [(row, *_words(verdict, edition)) for row, verdict in verdicts],
        "counts": [(KINDS[kind], sum(v.kind == kind for _, v in verdicts)) for kind in KINDS],
        "lines": _lines(asked) if request.method == "POST" else "",
    }
    return render(request, "permits/check.html", context, status=422 if form.errors else 200)


def _words(verdict: Verdict, edition: Edition) -> tuple[Verdict, object, list[Item], list[Item]]:
    """The verdict, its kind in words, the items it means, those with a similar name."""
    by_number = {item.no: item for item in edition.items}
    return (
        verdict,
        KINDS[verdict.kind],
        [by_number[n] for n in verdict.items],
        [by_number[n] for n in verdict.similar],
    )


def _lines(asked: Asked) -> str:
    """The names as text, each on the line of its row, so that they can be asked for again as a file."""
    lines: dict[int, str] = {row or 1: name for row, name in asked}
    return "\n".join(lines.get(at, "") for at in range(1, max(lines, default=0) + 1))
