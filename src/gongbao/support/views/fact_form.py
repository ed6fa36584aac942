"""Questions of a measure as a form: a field for each fact, its answer taken as the fact's own type reads it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import LISTS, Fact
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said

YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))
HINTS = {
    "share": Text("0到1之间的小数,如 0.75", "A decimal from 0 to 1, such as 0.75"),
    "choices": Text("可以多选;都没有就选“都没有”", "Tick all that apply; “none of them” if none does"),
}
NONE, NONE_OF_THEM = "none", Text("都没有", "None of them")


class FactForm(Form):
    """A field for each fact, named like it; left empty, a fact stays unknown. known: answers as JSON by full name."""

    def __init__(self, *args: Any, facts: Iterable[Fact], known: Mapping[str, object], **kwargs: Any) -> None:
        self.facts = list(facts)
        initial = {fact.name: _shown(fact, known[fact.name]) for fact in self.facts if fact.name in known}
        super().__init__(*args, initial=initial, **kwargs)
        for fact in self.facts:
            self.fields[fact.name] = _field(fact)

    def answers(self) -> dict[str, object]:
        """Full name -> answer as JSON, None where nothing was answered."""
        return {fact.name: _given(fact, self.cleaned_data[fact.name]) for fact in self.facts}

    def take(self, bad: BadInput) -> None:
        """What a service found wrong stands at the question, which is named by its last part."""
        places = {fact.name.partition(".")[2]: fact.name for fact in self.facts}
        for problem in bad.problems:
            self.add_error(places.get(problem.column), said(Text(problem.expected, problem.expected_en)))


def _field(fact: Fact) -> forms.Field:
    label, options = said(fact.question), [(code, said(name)) for code, name in fact.options.items()]
    unit = fact.unit or HINTS.get(fact.type)
    given: dict[str, Any] = {"label": label, "help_text": said(unit) if unit else "", "required": False}
    if fact.type == "bool":
        choices = [(value, said(words)) for value, words in YES_NO]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    if fact.type == "choice":
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **given)
    if fact.type in LISTS:
        options.append((NONE, said(NONE_OF_THEM)))
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **given)
    if fact.type == "date":
        return forms.DateField(widget=DayInput(), **given)
    attrs = {} if fact.type == "text" else {"inputmode": "decimal"}
    return forms.CharField(max_length=200, widget=forms.TextInput(attrs), **given)


def _given(fact: Fact, value: Any) -> object:
    """What was filled in, as JSON."""
    if fact.type in LISTS:
        return [one for one in value if one != NONE] if value else None
    if not value:
        return None
    if fact.type == "bool":
        return bool(value == "true")
    if fact.type == "date":
        return value.isoformat()
    if fact.type == "whole":
        return int(value) if value.isdecimal() else value
    return value.strip().replace(",", "") if fact.type not in ("text", "choice") else value


def _shown(fact: Fact, value: object) -> object:
    if fact.type == "bool":
        return "true" if value else "false"
    return (value or [NONE]) if fact.type in LISTS else value
