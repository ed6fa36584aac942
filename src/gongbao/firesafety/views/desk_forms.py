"""Forms of the desks."""

from typing import Any

from django import forms
from django.utils import timezone

from gongbao.firesafety.selectors.visits import FORM
from gongbao.kernel.problem import BadInput
from gongbao.web.forms import Form
from gongbao.web.words import both

CHOICES = 3  # dates that a form proposes at a time


class DatesForm(Form):
    """Up to three beginnings; the version of the track as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CHOICES + 1):
            self.fields[f"at{number}"] = forms.DateTimeField(
                label=both(f"可选时间{number}", f"Date {number}"), required=number == 1,
                widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            )  # fmt: skip

    @property
    def dates(self) -> str:
        chosen = (self.cleaned_data.get(f"at{number}") for number in range(1, CHOICES + 1))
        return "\n".join(timezone.localtime(at).strftime(FORM) for at in chosen if at)

    def take(self, bad: BadInput) -> None:
        """What is wrong with a date stands at its field."""
        for problem in bad.problems:
            for number in range(1, CHOICES + 1):
                at = self.cleaned_data.get(f"at{number}")
                if at and timezone.localtime(at).strftime(FORM) == problem.value:
                    self.add_error(f"at{number}", str(both(problem.expected, problem.expected_en)))
                    break
            else:
                self.add_error(None, str(both(problem.expected, problem.expected_en)))


class InspectorForm(Form):
    name = forms.CharField(label=both("姓名", "Name"), max_length=60, required=True)
    card = forms.CharField(label=both("执法证件号", "Card number"), max_length=40, required=True)


class ReasonForm(Form):
    because = forms.CharField(label=both("理由", "Reason"), max_length=300)
