"""How the rating works, from the standard itself: every indicator beside its clause; editions and what differs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongbao.cases.rules.process import Deadline
from gongbao.cases.tables import processes
from gongbao.rating.rules.editions import compare
from gongbao.rating.selectors.standards import Edition, edition_by_key, edition_current, editions_all
from gongbao.rating.tables.course import settings


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """The course of a half-year, the score, the grades, and every indicator of the standard that holds now."""
    objection, answer = settings()["objection_workdays"], answer_rule()
    context = {**_shown(edition_current()), "objection": objection, "answer": answer}
    return render(request, "rating/public/how.html", context)


def answer_rule() -> Deadline:
    """Within which time an objection is verified and answered."""
    newest = [process for (code, _), process in processes().items() if code == "objection"][-1]
    return newest.deadline("verify")


@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "rating/public/edition.html", _shown(_edition(key)))


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The edition as its file, byte for byte."""
    found = _edition(key)
    named = {"Content-Disposition": f'attachment; filename="{found.standard.id}.toml"'}
    return HttpResponse(found.text, content_type="text/plain; charset=utf-8", headers=named)


@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """Two editions side by side: what differs, place by place."""
    editions = editions_all()
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    chosen = (_edition(old), _edition(new)) if old and new else None
    context = {
        "editions": editions,
        "old": chosen[0] if chosen else None,
        "new": chosen[1] if chosen else None,
        "changes": compare(chosen[0].standard, chosen[1].standard) if chosen else [],
    }
    return render(request, "rating/public/difference.html", context)


def _edition(key: str) -> Edition:
    found = edition_by_key(key)
    if found is None:
        raise Http404
    return found


def _shown(found: Edition) -> dict[str, object]:
    return {"edition": found, "standard": found.standard, "editions": editions_all()}
