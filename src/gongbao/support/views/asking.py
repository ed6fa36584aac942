"""How a fact is asked on a page: a field for each type, with the answer as it stands."""

from collections.abc import Sequence

from django import forms
from django.utils.datastructures import MultiValueDict

from gongbao.kernel.text import Text
from gongbao.support.rules.facts import Fact
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said

Data = MultiValueDict[str, str] | None
LIST_HINT = Text("可以多选;都没有就不选,直接继续", "Tick all that apply; if none does, tick nothing and go on")
HINTS = {
    "date": Text("如 2026-02-12", "Such as 2026-02-12"),
    "money": Text("单位:元,如 1000000.00", "In yuan, such as 1000000.00"),
    "share": Text("如 75% 或 0.75", "Such as 75% or 0.75"),
    "choices": LIST_HINT,
    "codes": LIST_HINT,
}
EMPTY = Text("请选择或填写;不清楚的,按“不知道”", "Choose or fill in; or press “I don’t know”")
YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))


class AnswerForm(Form):
    """One question; its field is called answer."""

    def __init__(self, fact: Fact, codes: Sequence[str], data: Data = None, value: object = None) -> None:
        """codes: options that lead somewhere; the others are not offered. value: the answer as it stands."""
        super().__init__(data, initial={"answer": _initial(fact, value)})
        self.fields["answer"] = _field(fact, codes)


def _initial(fact: Fact, value: object) -> object:
    if fact.type == "bool":
        return {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    return value


def _field(fact: Fact, codes: Sequence[str]) -> forms.Field:
    label, hint = said(fact.question), _hint(fact)
    match fact.type:
        case "bool":
            choices = [(value, said(words)) for value, words in YES_NO]
            return _Raw(label=label, help_text=hint, widget=forms.RadioSelect(choices=choices))
        case "choice":
            return _Raw(label=label, help_text=hint, widget=forms.RadioSelect(choices=_options(fact, codes)))
        case "choices" | "codes":
            return _Raw(label=label, help_text=hint, widget=forms.CheckboxSelectMultiple(choices=_options(fact, codes)))
        case "date":
            return _Raw(label=label, help_text=hint, widget=DayInput())
        case "text":
            return _Raw(label=label, help_text=hint, widget=forms.TextInput({"maxlength": 200}))
        case _:
            attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 30}
            return _Raw(label=label, help_text=hint, widget=forms.TextInput(attrs))


def _options(fact: Fact, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, said(name)) for code, name in fact.options.items() if fact.type != "codes" or code in codes]


def _hint(fact: Fact) -> str:
    """What to enter; the unit, where the type does not tell it."""
    if hint := HINTS.get(fact.type):
        return said(hint)
    return said(Text(f"单位:{fact.unit.zh}", f"In {fact.unit.en}")) if fact.unit else ""


class _Raw(forms.Field):
    """Takes what was sent as it is: the fact itself says what is wrong with it. Nothing ticked is an answer, too."""

    def validate(self, value: object) -> None:
        if value in (None, ""):
            raise forms.ValidationError(said(EMPTY), code="required")
