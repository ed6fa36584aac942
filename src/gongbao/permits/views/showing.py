"""What pages of the permit list show of an item and of a search, put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from gongbao.cases.frame import DEADLINE, STEP
from gongbao.gazette.views.linked_data import data_block
from gongbao.kernel.text import Text
from gongbao.permits.addresses import law_url
from gongbao.permits.rules.forms import correction_text, shown
from gongbao.permits.rules.items import FIELDS, ITEM, NAMES, Body, Correction, Edition, Item, Mode
from gongbao.permits.rules.laws import others_of_law
from gongbao.permits.rules.search import Filters, Found
from gongbao.web.provisions import Run, runs_by_cite

FACETS = {
    "city": NAMES["city_departments"],
    "zone": NAMES["zone_departments"],
    "body": NAMES["implementing_bodies"],
    "mode": NAMES["mode"],
    "law": NAMES["legal_bases"],
}


@dataclass(frozen=True)
class Facet:
    """One way to narrow a search. choices: value, words, how many items it would leave."""

    name: str
    label: Text
    chosen: str
    choices: list[tuple[str, Text | str, int]]


def facets(found: Found, asked: Filters, known: Sequence[Mode]) -> list[Facet]:
    """Every facet. A choice in other words than the list's (消防法), or one that leaves nothing, is shown while it is
    made, so that it can be undone."""
    modes = {mode.code: _of_other(mode.name, "…") for mode in known}
    made = []
    for name, label in FACETS.items():
        chosen, counts = getattr(asked, name), found.facets[name]
        values = counts if not chosen or chosen in counts else {chosen: len(found.items)} | counts
        words: dict[str, Text] = modes if name == "mode" else {}
        made.append(
            Facet(name, label, chosen, [(value, words.get(value, value), count) for value, count in values.items()])
        )
    return made


def _of_other(name: Text, other: str) -> Text:
    return Text(name.zh.replace("{other}", other), name.en.replace("{other}", other))


@dataclass(frozen=True)
class Cell:
    """A field as printed and as shown, with what was corrected or proposed."""

    name: Text
    printed: str
    shown: str
    corrections: list[tuple[Correction, Text]]


def item_page(edition: Edition, item: Item, known: Sequence[Mode]) -> dict[str, Any]:
    """Everything that the page of an item shows beside its place in the list."""
    return {
        "item": item,
        "cells": _cells(item, known),
        "bodies": [_acts(body, known) for body in item.implementing_bodies],
        "laws": [(law, law_url(str(law.basis), edition)) for law in others_of_law(edition, item)],
        "services": _services(edition, item),
    }


def _cells(item: Item, known: Sequence[Mode]) -> list[Cell]:
    cells = shown(item, known)
    return [
        Cell(
            NAMES[field],
            printed,
            cells[field],
            [(one, correction_text(one)) for one in item.corrections if one.field == field],
        )
        for field, printed in zip(FIELDS, item.printed, strict=True)
    ]


def corrected_cells(edition: Edition, known: Sequence[Mode]) -> list[tuple[Item, Cell]]:
    """Every cell of an edition that a correction is about, with its item."""
    return [
        (item, cell) for item in edition.items if item.corrections for cell in _cells(item, known) if cell.corrections
    ]


def _acts(body: Body, known: Sequence[Mode]) -> tuple[Body, list[tuple[Text, Text]]]:
    """A body, and of each thing that it does the name and what it means."""
    modes = {mode.code: mode for mode in known}
    return body, [(_of_other(modes[act.mode].name, act.other), modes[act.mode].says) for act in body.acts]


def _services(edition: Edition, item: Item) -> list[tuple[Any, list[Run]]]:
    """What belongs to an item, and the pages of this platform where it runs: those that rest on the same document,
    not single steps of its processes."""
    own = [service for service in edition.services if service.item == item.no]
    if not own:
        return []
    pages = [
        run for runs in runs_by_cite().values() for run in runs if run.url and run.kind not in (ITEM, STEP, DEADLINE)
    ]
    return [(one, [run for run in pages if run.cite.split(" ")[0] == one.cite.split(" ")[0]]) for one in own]


def service_data(edition: Edition, item: Item, url: str) -> SafeString:
    """An item as GovernmentService of schema.org."""
    return data_block(
        {
            "@type": "GovernmentService",
            "name": item.name,
            "identifier": item.cite,
            "serviceType": "行政许可",
            "provider": [{"@type": "GovernmentOrganization", "name": one.name} for one in item.implementing_bodies],
            "isPartOf": {"@type": "Legislation", "legislationIdentifier": edition.cite, "name": edition.title.zh},
            "inLanguage": "zh-Hans",
            "url": url,
        }
    )
