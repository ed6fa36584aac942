"""How facts are asked on pages: a field for each type, one or several in a form, with the answers as they stand.

A field takes what was sent as it is: the fact itself says what is wrong with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import LISTS, Fact
from gongbao.support.tables.answers import typed
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said

Data = MultiValueDict[str, str] | None
HINTS = {
    "date": Text("如 2026-02-12", "Such as 2026-02-12"),
    "money": Text("单位:元,如 1000000.00", "In yuan, such as 1000000.00"),
    "share": Text("如 75% 或 0.75", "Such as 75% or 0.75"),
}
ONE_HINT = Text("可以多选;都没有就不选,直接继续", "Tick all that apply; if none does, tick nothing and go on")
MANY_HINT = Text("可以多选;都没有就选“都没有”", "Tick all that apply; “none of them” if none does")
EMPTY = Text("请选择或填写;不清楚的,按“不知道”", "Choose or fill in; or press “I don’t know”")
YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))
NONE, NONE_OF_THEM = "none", Text("都没有", "None of them")
LONGEST = 200  # characters of an answer


class AnswerForm(Form):
    """One question; its field is called answer."""

    def __init__(self, fact: Fact, codes: Sequence[str], data: Data = None, value: object = None) -> None:
        """codes: options that lead somewhere; the others are not offered. value: the answer as it stands."""
        super().__init__(data, initial={"answer": _shown(fact, value)})
        options = {code: name for code, name in fact.options.items() if fact.type != "codes" or code in codes}
        self.fields["answer"] = Asked(fact, options, ONE_HINT)


class FactForm(Form):
    """A field for each fact, named like it; left empty, a fact stays unknown. known: answers as JSON by full name."""

    def __init__(self, data: Data = None, *, facts: Iterable[Fact], known: Mapping[str, object]) -> None:
        self.facts = list(facts)
        shown = {fact.name: _shown(fact, known[fact.name]) for fact in self.facts if fact.name in known}
        super().__init__(data, initial={name: [NONE] if value == [] else value for name, value in shown.items()})
        for fact in self.facts:
            options = {**fact.options, NONE: NONE_OF_THEM} if fact.type in LISTS else fact.options
            self.fields[fact.name] = Asked(fact, options, MANY_HINT, required=False)

    def answers(self) -> dict[str, object]:
        """Full name -> answer as JSON, None where nothing was answered."""
        return {fact.name: _given(fact, self.cleaned_data[fact.name]) for fact in self.facts}

    def take(self, bad: BadInput) -> None:
        """What a service found wrong stands at the question that it is about."""
        for problem in bad.problems:
            name = f"{problem.table}.{problem.column}"
            words = said(Text(problem.expected, problem.expected_en))
            self.add_error(name if name in self.fields else None, words)


class Asked(forms.Field):
    """The field of a fact. several: what to know about ticking. Nothing ticked is an answer, too."""

    def __init__(self, fact: Fact, options: Mapping[str, Text], several: Text, **more: Any) -> None:
        hint = several if fact.type in LISTS else HINTS.get(fact.type)
        if not hint and fact.unit:
            hint = Text(f"单位:{fact.unit.zh}", f"In {fact.unit.en}")
        choices = [(code, said(name)) for code, name in options.items()]
        super().__init__(label=said(fact.question), help_text=said(hint or ""), widget=_widget(fact, choices), **more)

    def validate(self, value: object) -> None:
        if self.required and value in (None, ""):
            raise forms.ValidationError(said(EMPTY), code="required")
        if isinstance(value, str) and len(value) > LONGEST:
            words = Text(f"最多 {LONGEST} 个字", f"{LONGEST} characters at most")
            raise forms.ValidationError(said(words), code="max_length")


def _widget(fact: Fact, choices: list[tuple[str, str]]) -> forms.Widget:
    match fact.type:
        case "bool":
            return forms.RadioSelect(choices=[(value, said(words)) for value, words in YES_NO])
        case "choice":
            return forms.RadioSelect(choices=choices)
        case "choices" | "codes":
            return forms.CheckboxSelectMultiple(choices=choices)
        case "date":
            return DayInput()
        case "text":
            return forms.TextInput({"maxlength": LONGEST})
        case _:
            return forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "maxlength": 30})


def _shown(fact: Fact, value: object) -> object:
    if fact.type == "bool":
        return {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    return value


def _given(fact: Fact, value: Any) -> object:
    """What was filled in, as JSON."""
    if fact.type in LISTS:
        return [one for one in value if one != NONE] if value else None
    found = typed(fact, [value or ""])
    return None if found == "" else found
