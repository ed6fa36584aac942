"""Programmes and measures as plain data."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from gongbao.kernel.text import Text
from gongbao.support.rules.conditions import Condition
from gongbao.support.rules.programme import Catalogue, Material, Measure, Programme, Window

Json = dict[str, Any]
Absolute = Callable[[str], str]


def both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def programme_json(programme: Programme) -> Json:
    return {
        "id": programme.id,
        "document": programme.document,
        "name": both(programme.name),
        "digest": both(programme.digest),
        "window": _window(programme.window),
        "choice": programme.choice,
        "choice_cite": programme.choice_cite,
        "explained_by": programme.explained_by,
        "refers_to": list(programme.refers_to),
        "measures": [measure.code for measure in programme.measures],
    }


def measure_json(measure: Measure, known: Catalogue, absolute: Absolute) -> Json:
    """absolute: makes an address of the house one for elsewhere."""
    programme = known.programme_of[measure.code]
    return {
        "code": measure.code,
        "programme": programme.id,
        "name": both(measure.name),
        "digest": both(measure.digest),
        "scope": measure.scope,
        "cite": measure.cite,
        "promise": measure.promise,
        "amount": measure.amount.table() if measure.amount else None,
        "amount_text": both(measure.amount.words()) if measure.amount else None,
        "offices": [{"zh": office, "en": programme.offices[office]} for office in measure.offices],
        "window": _window(measure.window),
        "conditions": [_condition(condition) for condition in measure.conditions],
        "papers": [_paper(material) for material in measure.materials],
        "readings": list(measure.readings),
        "url": absolute(reverse("support_measure", args=[measure.code])),
    }


def _window(window: Window) -> Json:
    return {"first": window.first.isoformat(), "last": window.last.isoformat(), "cite": window.cite}


def _condition(condition: Condition) -> Json:
    return {
        "fact": condition.fact.name,
        "test": condition.test,
        "value": _plain(condition.value),
        "text": both(condition.words()),
        "cite": condition.cite,
    }


def _paper(material: Material) -> Json:
    return {
        "slot": material.slot,
        "name": both(material.name),
        "each": material.each,
        "only_if": both(material.only_if),
        "cite": material.cite,
    }


def _plain(value: object) -> object:
    """Days as text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value
