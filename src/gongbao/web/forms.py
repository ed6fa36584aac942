"""Forms after the pattern of GOV.UK: label, hint, error at the field, and a summary at the top linked to the fields."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from gongbao.kernel.problem import BadInput
from gongbao.web.words import in_chinese

CLASSES = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.Select: "form-select",
}


class Field(BoundField):
    """A field on a page: knows its classes; its label stands above it and is not repeated as a placeholder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs.pop("placeholder", None)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        look = next((name for kind, name in CLASSES.items() if isinstance(widget, kind)), "form-control")
        if self.errors:
            look += " is-invalid"
        built.setdefault("class", look)
        return built


class Renderer(TemplatesSetting):
    """Our own look of a field and of a form, for every form of the house, the login pages too."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"
    bound_field_class = Field


class DayInput(forms.DateInput):
    """A day, picked or typed; browsers take it in one form alone, whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Form(forms.Form):
    """A form in both languages: labels and hints are written with `both`, problems of a service land at fields."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def take(self, bad: BadInput) -> None:
        """Show what a service found wrong: at the field of that name, or above the form."""
        for problem in bad.problems:
            words = problem.expected if in_chinese() or not problem.expected_en else problem.expected_en
            self.add_error(problem.column if problem.column in self.fields else None, words)
