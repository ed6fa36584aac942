"""A programme as a readable table beside its clauses, and its file."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.programme import Catalogue, Measure, Programme
from gongbao.support.selectors.programmes import catalogue_on, programme_text
from gongbao.support.views import phrases


@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """Every rule of a programme file in words, each beside the clause that it stands for."""
    known = catalogue_on(timezone.localdate())
    return render(request, "support/public/programme.html", readable(_programme(known, key), known))


def readable(found: Programme, known: Catalogue) -> dict[str, object]:
    """What the table of a programme shows."""
    beside = known.with_programme(found)
    shared = [c for c in found.measures[0].conditions if all(c in m.conditions for m in found.measures)]
    return {
        "programme": found,
        "shared": shared,
        "rows": [_row(measure, beside, shared) for measure in found.measures],
        "leaning": phrases.leaning(found),
        "today": timezone.localdate(),
    }


def _row(measure: Measure, known: Catalogue, shared: Sequence[Condition]) -> dict[str, object]:
    return {
        "measure": measure,
        "amount": phrases.promised(measure),
        "scope": phrases.SCOPES[measure.scope],
        "offices": phrases.offices(measure, known),
        "own": [condition for condition in measure.conditions if condition not in shared],
        "papers": [phrases.paper(material) for material in measure.materials],
    }


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The file in force, byte for byte."""
    found = _programme(catalogue_on(timezone.localdate()), key)
    named = {"Content-Disposition": f'attachment; filename="{found.id}.toml"'}
    text = programme_text(found.id, timezone.localdate())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=named)


def _programme(known: Catalogue, key: str) -> Programme:
    found = next((one for one in known.programmes if one.id == key), None)
    if found is None:
        raise Http404
    return found
