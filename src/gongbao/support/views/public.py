"""Public pages: find a measure, and everything about one."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongbao.kernel.text import Text
from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.finding import KIND, Filters, find, own_facts, sectors, takes
from gongbao.support.rules.programme import Catalogue, Measure
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.views import phrases


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list. choices: value, words, how many measures it would leave."""

    name: str
    label: Text
    chosen: str
    choices: list[tuple[str, Text, int]]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """All programmes; measures by words, and by who one is and what one has."""
    today = timezone.localdate()
    known, words = catalogue_on(today), request.GET.get("q", "").strip()
    asked = Filters(**{field.name: request.GET.get(field.name, "").strip() for field in fields(Filters)})
    context = {
        "programmes": known.programmes,
        "today": today,
        "asked": asked,
        "facets": _facets(known, words, asked, today),
        "rows": [_row(measure, known, today) for measure in find(known, words, asked, today)],
    }
    return render(request, "support/public/front.html", context)


def _row(measure: Measure, known: Catalogue, today: date) -> dict[str, object]:
    return {
        "measure": measure,
        "programme": known.programme_of[measure.code],
        "amount": phrases.promised(measure),
        "offices": phrases.offices(measure, known),
        "open": measure.window.first <= today <= measure.window.last,
    }


def _facets(known: Catalogue, words: str, asked: Filters, today: date) -> list[Facet]:
    """Every facet, with how many measures each choice would leave beside the other choices."""
    kinds = known.vocabulary[KIND].options
    facts = known.vocabulary.facts
    names: dict[str, tuple[Text, dict[str, Text]]] = {
        "kind": (Text("您是", "You are"), dict(kinds)),
        "sector": (Text("产业", "Sector"), phrases.SECTORS),
        "has": (Text("您有或要做的", "You have, or plan"), {name: fact.label for name, fact in facts.items()}),
        "promise": (Text("金额", "Amount"), phrases.PROMISES),
        "office": (
            Text("责任单位", "Office"),
            {o: Text(o, en) for p in known.programmes for o, en in p.offices.items()},
        ),
        "programme": (Text("政策", "Programme"), {p.id: p.name for p in known.programmes}),
        "open": (Text("受理", "Applications"), {"1": Text("现在可以申报", "open today")}),
    }
    made = []
    for name, (label, options) in names.items():
        left = find(known, words, replace(asked, **{name: ""}), today)
        counts = Counter(value for measure in left for value in _values(name, measure, known, options, today))
        chosen = getattr(asked, name)
        choices = [(value, said, counts[value]) for value, said in options.items() if counts[value] or value == chosen]
        made.append(Facet(name, label, chosen, choices))
    return made


def _values(name: str, measure: Measure, known: Catalogue, options: dict[str, Text], today: date) -> list[str]:
    """The choices of a facet that a measure stands under."""
    match name:
        case "kind":
            return [kind for kind in options if takes(measure, kind)]
        case "sector":
            return list(sectors(measure))
        case "has":
            return [fact.name for fact in own_facts(measure, known)]
        case "promise":
            return [measure.promise]
        case "office":
            return list(measure.offices)
        case "programme":
            return [known.programme_of[measure.code].id]
        case _:
            return ["1"] if measure.window.first <= today <= measure.window.last else []


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure with everything that stands behind it, each beside its clause."""
    today = timezone.localdate()
    known = catalogue_on(today)
    found = known.by_code.get(code)
    if found is None:
        raise Http404
    programme = known.programme_of[code]
    context = {
        **_row(found, known, today),
        "wide": [c for c in found.conditions if c in _shared(programme.measures)],
        "own": [c for c in found.conditions if c not in _shared(programme.measures)],
        "papers": [phrases.paper(material) for material in found.materials],
        "promise": phrases.PROMISES[found.promise],
        "scope": phrases.SCOPES[found.scope],
        "readings": dict.fromkeys((*programme.readings, *found.readings)),
        "leaning": phrases.leaning(programme),
        "today": today,
    }
    return render(request, "support/public/measure.html", context)


def _shared(measures: tuple[Measure, ...]) -> set[Condition]:
    """Conditions that every measure of a programme has."""
    return set.intersection(*({*measure.conditions} for measure in measures))
